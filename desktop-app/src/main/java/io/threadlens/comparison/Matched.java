package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Figures of both sides, run by run, by what makes them the same on both. What a run does not have is 0 in it.
 *
 * @param <K> what is the same
 * @param <T> what it is the figures of
 */
final class Matched<K, T> {
    private final int runsA;
    private final int runsB;
    private final int figures;
    private final Map<K, Row<T>> rows = new LinkedHashMap<>();

    /** @param figures how many each row has */
    Matched(Side a, Side b, int figures) {
        runsA = a.runs().size();
        runsB = b.runs().size();
        this.figures = figures;
    }

    /** One thing: how it looks on each side, null where that does not have it, and its figures by run. */
    static final class Row<T> {
        private @Nullable T a;
        private @Nullable T b;
        private final double[][] ofA;
        private final double[][] ofB;

        private Row(int figures, int runsA, int runsB) {
            ofA = new double[figures][runsA];
            ofB = new double[figures][runsB];
        }

        @Nullable T a() {
            return a;
        }

        @Nullable T b() {
            return b;
        }

        /** As it is in b, or, where b has none, in a. */
        T any() {
            return Objects.requireNonNull(b != null ? b : a);
        }

        Estimate a(int figure) {
            return Estimate.of(ofA[figure]);
        }

        Estimate b(int figure) {
            return Estimate.of(ofB[figure]);
        }
    }

    void addA(int run, K key, T what, double... values) {
        Row<T> row = row(key);
        row.a = row.a == null ? what : row.a;
        add(row.ofA, run, values);
    }

    void addB(int run, K key, T what, double... values) {
        Row<T> row = row(key);
        row.b = row.b == null ? what : row.b;
        add(row.ofB, run, values);
    }

    private Row<T> row(K key) {
        return rows.computeIfAbsent(key, k -> new Row<>(figures, runsA, runsB));
    }

    private static void add(double[][] sums, int run, double[] values) {
        for (int figure = 0; figure < values.length; figure++) {
            sums[figure][run] += values[figure];
        }
    }

    List<Row<T>> rows() {
        return new ArrayList<>(rows.values());
    }

    /** One of the figures on both sides, in the order of the rows. */
    List<Differences.Sides> sides(int figure) {
        return rows.values().stream().map(row -> new Differences.Sides(row.a(figure), row.b(figure))).toList();
    }
}

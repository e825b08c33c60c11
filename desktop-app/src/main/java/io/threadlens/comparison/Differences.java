package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The differences of all figures of a comparison, judged together: the more of them there are, the likelier one looks different by chance. Where both sides have
 * several runs {@link Welch} says how likely, and {@link Holm} how likely is too likely; what its own interval does not keep from 0 is not real in any case. Where a side
 * has one run {@link Noise} decides. Nothing of a comparison may be judged
 * apart from the rest, or two sides of the same configuration differ in more than 5 of 100 cases.
 */
public final class Differences {
    private Differences() {}

    /**
     * One figure on both sides.
     *
     * @param a null where it is not known on that side
     */
    public record Sides(@Nullable Estimate a, @Nullable Estimate b) {}

    /**
     * Figures of one kind.
     *
     * @param ofParts whether they are parts of the program's time, in seconds: by function, state, thread or lock; else figures of the program as a whole: wall time,
     *     work, mean of the busy cores
     */
    public record Table(boolean ofParts, List<Sides> rows) {
        public static Table ofWholes(List<Sides> rows) {
            return new Table(false, rows);
        }

        public static Table ofParts(List<Sides> rows) {
            return new Table(true, rows);
        }
    }

    /** Of each table its differences, row by row. */
    public static List<List<Difference>> of(List<Table> tables, Noise noise) {
        List<List<Judged>> judged = tables.stream()
                .map(table -> {
                    Noise.Rule rule = table.ofParts ? noise.ofParts() : noise.ofWholes();
                    return table.rows.stream().map(sides -> Judged.of(sides, rule)).toList();
                })
                .toList();
        double[] chances = judged.stream().flatMap(List::stream).filter(Judged::isTested).mapToDouble(Judged::chance).toArray();
        boolean[] real = Holm.real(chances);
        List<List<Difference>> differences = new ArrayList<>();
        int tested = 0;
        for (List<Judged> table : judged) {
            List<Difference> rows = new ArrayList<>();
            for (Judged row : table) {
                rows.add(row.isTested() && real[tested++] ? row.difference.real() : row.difference);
            }
            differences.add(rows);
        }
        return differences;
    }

    /**
     * What is known of a difference by itself.
     *
     * @param chance how likely it is where nothing differs; NaN where that is not what it is judged by
     */
    private record Judged(Difference difference, double chance) {
        static Judged of(Sides sides, Noise.Rule rule) {
            Estimate a = sides.a;
            Estimate b = sides.b;
            if (a == null || b == null) {
                return new Judged(Difference.unknown(a, b), Double.NaN);
            }
            double by = b.value() - a.value();
            if (!a.hasInterval() || !b.hasInterval()) {
                double allowance = rule.allowance(a.value(), b.value());
                return new Judged(Difference.of(a, b, allowance, Math.abs(by) > allowance), Double.NaN);
            }
            Welch welch = Welch.of(a.variance(), a.runs(), b.variance(), b.runs(), rule.variance(a, b));
            // What is too small to matter on either side does not make it harder for the others to be called real.
            boolean isSmall = Math.max(a.value(), b.value()) < rule.least();
            double chance = Math.abs(by) <= welch.halfWidth() ? 1 : a.value() > 0 && b.value() > 0 ? ofRatio(a, b, rule) : welch.chance(by);
            return new Judged(Difference.of(a, b, welch.halfWidth(), false), isSmall ? Double.NaN : chance);
        }

        /** Times err by a share of themselves, so that of two that are far apart the greater would hide it by its error alone; their logarithms err alike. */
        private static double ofRatio(Estimate a, Estimate b, Noise.Rule rule) {
            double least = rule.grain() / a.value() / a.runs() + rule.grain() / b.value() / b.runs();
            return Welch.of(a.relativeVariance(), a.runs(), b.relativeVariance(), b.runs(), least).chance(Math.log(b.value() / a.value()));
        }

        boolean isTested() {
            return !Double.isNaN(chance);
        }
    }
}

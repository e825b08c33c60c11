package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the figures of a comparison, which are judged together when all of them are there. */
final class Judge {
    private final List<Differences.Table> tables = new ArrayList<>();
    private List<List<Difference>> judged = List.of();

    /** Figures of the program as a whole. What is returned has the differences, row by row, once they are judged. */
    Supplier<List<Difference>> ofWholes(List<Differences.Sides> rows) {
        return add(Differences.Table.ofWholes(rows));
    }

    /** The same of parts of its time. */
    Supplier<List<Difference>> ofParts(List<Differences.Sides> rows) {
        return add(Differences.Table.ofParts(rows));
    }

    private Supplier<List<Difference>> add(Differences.Table table) {
        int number = tables.size();
        tables.add(table);
        return () -> judged.get(number);
    }

    void judge(Noise noise) {
        judged = Differences.of(tables, noise);
    }
}

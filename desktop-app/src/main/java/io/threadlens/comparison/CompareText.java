package io.threadlens.comparison;

import java.util.Locale;

/** A comparison for a person with a terminal. */
public final class CompareText {
    private CompareText() {}

    public static String write(Comparison comparison) {
        Decomposition parts = comparison.decomposition();
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT, "%.3f s against %.3f s: %.2f times as fast, %.2f at best%n", parts.wallA(), parts.wallB(), parts.speedup(), parts.idealSpeedup()));
        for (Decomposition.Part part : parts.parts()) {
            out.append(String.format(Locale.ROOT, "  %-40s %8.3f %8.3f core-seconds%n", part.kind().words(), part.a(), part.b()));
        }
        return out.toString();
    }
}

package io.threadlens.view.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured lengths of time, ns. */
record Durations(long[] ns) {
    Durations {
        ns = ns.clone();
        Arrays.sort(ns);
    }

    /** The shortest length that {@code percent} of all do not exceed, ms. */
    double millis(double percent) {
        int at = (int) Math.ceil(ns.length * percent / 100) - 1;
        return ns[Math.clamp(at, 0, ns.length - 1)] / 1e6;
    }

    /** As the table has it: the 95th percentile, and beside it the median and the longest. */
    String inMillis() {
        return String.format(Locale.ROOT, "%.1f ms (median %.1f, longest %.1f; %d)", millis(95), millis(50), millis(100), ns.length);
    }

    String inSeconds() {
        return String.format(Locale.ROOT, "%.2f s (median %.2f, longest %.2f; %d)", millis(95) / 1e3, millis(50) / 1e3, millis(100) / 1e3, ns.length);
    }
}

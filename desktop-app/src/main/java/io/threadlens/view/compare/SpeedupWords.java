package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Decomposition;
import io.threadlens.comparison.Estimate;

/** What was to be had and what was reached. */
final class SpeedupWords {
    private SpeedupWords() {}

    /** {@code "ideal 2.00× on 2 cores   ·   reached 1.43×   ·   predicted at most 1.90×, from the recording with the GIL"}. */
    static String line(Comparison comparison) {
        Decomposition d = comparison.decomposition();
        Estimate predicted = comparison.predicted();
        return ideal(d) + "   ·   reached " + Numbers.times(d.speedup()) + (predicted == null ? "" : "   ·   " + predicted(predicted) + ", from the recording with the GIL");
    }

    static String ideal(Decomposition d) {
        return "ideal " + Numbers.times(d.idealSpeedup()) + " on " + (d.cores() == 1 ? "1 core" : d.cores() + " cores");
    }

    static String predicted(Estimate atMost) {
        return "predicted at most " + Numbers.times(atMost.value());
    }

    /** In which range it is; where it was measured once, that. */
    static String certainty(Estimate speedup) {
        return speedup.hasInterval()
                ? Numbers.times(speedup.low()) + " to " + Numbers.times(speedup.high()) + " in 95 of 100 cases"
                : "measured once";
    }
}

package io.threadlens.view.compare;

import io.threadlens.comparison.ScalingFit;
import io.threadlens.comparison.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the laws say that were fitted to a configuration. */
final class ScalingWords {
    private ScalingWords() {}

    /** A sentence or two each. */
    static List<String> of(Sweep sweep) {
        List<String> words = new ArrayList<>();
        ScalingFit.Amdahl amdahl = sweep.fit().amdahl();
        if (amdahl != null) {
            words.add("Amdahl's law: " + percent(amdahl.serial()) + " of the work is for one thread at a time"
                    + (Double.isFinite(amdahl.limit())
                            ? ", so that no number of threads brings more than " + Numbers.times(amdahl.limit()) + "; from " + threads(amdahl.flattensAt())
                                    + " on, twice as many bring less than a tenth more."
                            : ": it grows with the threads.")
                    + " " + error(amdahl.error()));
        }
        ScalingFit.Universal universal = sweep.fit().universal();
        if (universal != null) {
            words.add("Universal scalability law (USL): " + percent(universal.contention()) + " of the work queues, and each pair of threads costs "
                    + percent(universal.coherence())
                    + (Double.isFinite(universal.peak()) ? "; beyond " + threads(universal.peak()) + " more of them do less." : "; more threads never do less.")
                    + " " + error(universal.error()));
        }
        words.addAll(sweep.fit().notes());
        words.add(sweep.work());
        return words;
    }

    private static String threads(double count) {
        long whole = Math.max(1, Math.round(count));
        return whole == 1 ? "1 thread" : whole + " threads";
    }

    private static String error(double error) {
        return "It is off by " + percent(error) + " on average.";
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent < 0.005 || percent >= 9.95 ? "%.0f %%" : percent >= 0.095 ? "%.1f %%" : "%.2f %%", percent);
    }
}

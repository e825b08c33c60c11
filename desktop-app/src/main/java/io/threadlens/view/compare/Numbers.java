package io.threadlens.view.compare;

import io.threadlens.timeline.TimeFormat;
import java.util.Locale;

/** How figures are written on the page. */
final class Numbers {
    private Numbers() {}

    /** How many times as fast or as much: {@code "1.43×"}; a dash where there is nothing to divide by. */
    static String times(double ratio) {
        if (!Double.isFinite(ratio)) {
            return "–";
        }
        return String.format(Locale.ROOT, ratio >= 99.95 ? "%.0f×" : ratio >= 9.995 ? "%.1f×" : "%.2f×", ratio);
    }

    static String seconds(double seconds) {
        return seconds < 0 ? "−" + seconds(-seconds) : seconds == 0 ? "0 s" : TimeFormat.length(Math.round(seconds * 1e9));
    }

    /** A difference with its sign. */
    static String change(double seconds) {
        return seconds > 0 ? "+" + seconds(seconds) : seconds(seconds);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** A share of a whole, from 0 to 1. */
    static String percent(double share) {
        return TimeFormat.percent(share, 1);
    }
}

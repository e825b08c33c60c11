package io.threadlens.timeline;

import java.util.Locale;

/** How times are written, everywhere in the app. */
public final class TimeFormat {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;

    private TimeFormat() {}

    /** A length of time with three digits that count: {@code 850 ns}, {@code 12.4 ms}, {@code 3.20 s}, {@code 2 min 05 s}. */
    public static String length(long ns) {
        long size = Math.abs(ns);
        if (size < US) {
            return ns + " ns";
        }
        // What would be rounded to a thousand is one of the next unit.
        if (size < MS - US / 2) {
            return three(ns / 1e3) + " µs";
        }
        if (size < SECOND - MS / 2) {
            return three(ns / 1e6) + " ms";
        }
        if (size < MINUTE) {
            return three(ns / 1e9) + " s";
        }
        long seconds = Math.round(ns / 1e9);
        if (size < 60 * MINUTE) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        return "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    /** A moment since the beginning of the recording, to the microsecond: {@code 12.304 250 s}, {@code 2:05.304 250}. */
    public static String moment(long ns) {
        return at(ns, US);
    }

    /** A moment since the beginning of the recording, exact enough to tell ticks of a ruler apart that are {@code stepNs} away from each other. */
    public static String at(long ns, long stepNs) {
        int digits = 0;
        for (long unit = SECOND; unit > stepNs && digits < 9; unit /= 10) {
            digits++;
        }
        String sign = ns < 0 ? "−" : "";
        long size = Math.abs(ns);
        long whole = size / SECOND;
        String fraction = digits == 0 ? "" : "." + grouped("%09d".formatted(size % SECOND).substring(0, digits));
        if (whole < 60) {
            return sign + whole + fraction + " s";
        }
        if (whole < 3600) {
            return sign + "%d:%02d%s".formatted(whole / 60, whole % 60, fraction);
        }
        return sign + "%d:%02d:%02d%s".formatted(whole / 3600, whole / 60 % 60, whole % 60, fraction);
    }

    /** A clock that counts seconds: {@code 00:12}, {@code 1:02:03}. */
    public static String clock(long ns) {
        long seconds = Math.max(0, ns) / SECOND;
        return seconds < 3600
                ? "%02d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A share of something: {@code 0 %}, {@code <1 %}, {@code 41 %}. */
    public static String percent(double part, double whole) {
        if (!(whole > 0) || part <= 0) {
            return "0 %";
        }
        double percent = 100 * part / whole;
        return percent < 1 ? "<1 %" : Math.round(percent) + " %";
    }

    /** A number with its thousands set apart: {@code 12 345}. */
    public static String count(long number) {
        String digits = Long.toString(number);
        StringBuilder out = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            out.insert(i, ' ');
        }
        return out.toString();
    }

    private static String three(double value) {
        double size = Math.abs(value);
        String pattern = size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, pattern, value);
    }

    private static String grouped(String digits) {
        StringBuilder out = new StringBuilder(digits);
        for (int i = 3; i < digits.length(); i += 3) {
            out.insert(i + i / 3 - 1, ' ');
        }
        return out.toString();
    }
}

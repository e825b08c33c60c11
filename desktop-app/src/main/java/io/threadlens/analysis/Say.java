package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How findings and reports put figures and places into words. */
public final class Say {
    private Say() {}

    /** {@code 12.3 s}, {@code 4.50 s}, {@code 400 ms}, {@code 12.3 ms}. */
    public static String seconds(double seconds) {
        if (seconds >= 0.9995) {
            return String.format(Locale.ROOT, seconds >= 9.995 ? "%.1f s" : "%.2f s", seconds);
        }
        return String.format(Locale.ROOT, seconds >= 0.09995 ? "%.0f ms" : "%.1f ms", seconds * 1e3);
    }

    /** {@code 1.87 of 2 cores were busy on average}. */
    static String busyCores(Facts facts) {
        return String.format(Locale.ROOT, "%.2f of %d cores were busy on average", facts.busy().mean(), facts.cores());
    }

    /** {@code 41 %}, {@code 2.5 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 && share > 0 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /** {@code 1 wait}, {@code 1,234 waits}. */
    public static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** {@code update (app.py:20)}, with the file's name alone. */
    public static String place(@Nullable Frame frame) {
        if (frame == null) {
            return "an unknown place";
        }
        String file = frame.file() == null ? "?" : frame.file().substring(Math.max(frame.file().lastIndexOf('/'), frame.file().lastIndexOf('\\')) + 1);
        return (frame.function() == null ? "?" : frame.function()) + " (" + file + (frame.line() > 0 ? ":" + frame.line() : "") + ")";
    }

    /** The first of some places. */
    static String first(List<Frame> places) {
        return place(places.isEmpty() ? null : places.getFirst());
    }

    /** {@code A}, {@code A and B}, {@code A, B and 3 more}. */
    public static String list(List<String> items) {
        if (items.size() > 4) {
            return items.get(0) + ", " + items.get(1) + ", " + items.get(2) + " and " + (items.size() - 3) + " more";
        }
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }
}

package io.threadlens.view.compare;

import io.threadlens.comparison.Difference;
import io.threadlens.model.ThreadState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of differences.
 *
 * @param where   a place in the code, or whatever else tells rows of one name apart
 * @param state   what it looks like in the lanes; null where that says nothing
 * @param seconds of both sides
 * @param parts   rows that it can be opened into
 */
record Change(String name, String where, @Nullable ThreadState state, Difference seconds, List<Change> parts) {
    Change(String name, String where, Difference seconds) {
        this(name, where, null, seconds, List.of());
    }

    /** How large the change is, whichever way; where only one side knows the figure, as large as that. */
    double size() {
        Difference d = seconds;
        return Double.isNaN(d.by()) ? Double.isNaN(d.a()) ? Double.isNaN(d.b()) ? 0 : d.b() : d.a() : Math.abs(d.by());
    }

    boolean isReal() {
        return Boolean.TRUE.equals(seconds.significant());
    }

    /** Whether it may be nothing but chance. */
    boolean isNoise() {
        return Boolean.FALSE.equals(seconds.significant());
    }

    /** How many times as much as a; NaN where a has none. */
    double ratio() {
        return seconds.a() == 0 ? Double.NaN : seconds.b() / seconds.a();
    }

    /** With its sign, and an arrow where it is called real. */
    String changeText() {
        double by = seconds.by();
        if (Double.isNaN(by)) {
            return "";
        }
        return (isReal() ? by > 0 ? "▲ " : "▼ " : "") + Numbers.change(by);
    }

    String ratioText() {
        if (!(seconds.a() > 0)) {
            return seconds.b() > 0 ? "only b" : "";
        }
        return seconds.b() > 0 ? Numbers.times(ratio()) : "only a";
    }

    /** How sure the difference is. */
    String certainty() {
        if (seconds.significant() == null) {
            return Double.isNaN(seconds.by()) ? "Only one side has it." : "It is not judged by itself.";
        }
        String range = "from " + Numbers.change(seconds.low()) + " to " + Numbers.change(seconds.high());
        return isReal() ? "Real: B − A is " + range + "." : "Within the noise: two runs of one program may differ as much. B − A is " + range + ".";
    }

    boolean matches(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return name.toLowerCase(Locale.ROOT).contains(wanted) || where.toLowerCase(Locale.ROOT).contains(wanted) || parts.stream().anyMatch(part -> part.matches(text));
    }

    /** Its cells, for a spreadsheet. */
    String asText() {
        return String.join("\t", name, where, figure(seconds.a()), figure(seconds.b()), figure(seconds.by()), figure(ratio()), isReal() ? "real" : "");
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }
}

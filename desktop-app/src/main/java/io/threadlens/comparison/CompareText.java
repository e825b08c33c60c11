package io.threadlens.comparison;

import io.threadlens.analysis.FindingsText;
import io.threadlens.analysis.Say;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison for a person with a terminal: what was reached, what that is worth, where the rest went, and what differs. At most 100 columns wide, paths aside. */
public final class CompareText {
    private static final int MAX_GROUPS = 12;
    private static final int MAX_FUNCTIONS = 15;
    private static final int MAX_LOCKS = 8;
    private static final int BAR = 30;
    private static final int WORDS = 34;
    /** Share of b's wall time; what is less is told together. */
    private static final double SMALL = 0.005;

    private final StringBuilder out = new StringBuilder();
    private final Comparison comparison;

    private CompareText(Comparison comparison) {
        this.comparison = comparison;
    }

    public static String write(Comparison comparison) {
        CompareText text = new CompareText(comparison);
        text.heading();
        text.warnings();
        text.waterfall();
        comparison.findings().forEach(finding -> FindingsText.write(text.out, finding));
        text.states();
        text.groups();
        text.functions();
        text.locks();
        return text.out.toString();
    }

    private void heading() {
        side("A", comparison.a());
        side("B", comparison.b());
        if (comparison.gilOn() != null) {
            side("B with the GIL on", comparison.gilOn());
        }
        out.append('\n');
        Decomposition parts = comparison.decomposition();
        Estimate speedup = comparison.speedup();
        if (speedup == null) {
            line("Nothing was recorded of one of them.");
            return;
        }
        String cores = Say.count(parts.cores(), "core");
        String best = Double.isFinite(parts.idealSpeedup()) ? String.format(Locale.ROOT, "; at best %.2f on %s", parts.idealSpeedup(), cores) : "";
        String predicted = comparison.predicted() == null ? "" : String.format(Locale.ROOT, "; from A alone, at most %.2f was to be expected", comparison.predicted().value());
        FindingsText.wrapped(out, 0, String.format(Locale.ROOT, "B is %.2f times as fast as A%s%s%s.", speedup.value(), interval(speedup, ""), best, predicted));
        if (!speedup.hasInterval()) {
            FindingsText.wrapped(out, 0, "A side with a single run does not tell how much the next would differ: what counts as different is decided by an allowance.");
        }
    }

    private void side(String name, Side side) {
        Estimate wall = Estimate.of(side.each(Run::wall));
        line("%s  %s", name, String.join(" ", side.process().command()));
        line(
                "%s  %s, Python %s · %s · %.2f s%s · %.2f busy cores",
                " ".repeat(name.length()),
                side.configuration(),
                side.process().python(),
                Say.count(side.runs().size(), "run"),
                wall.value(),
                interval(wall, " s"),
                side.mean(Run::meanBusyCores));
    }

    private static String interval(Estimate estimate, String unit) {
        return estimate.hasInterval() ? String.format(Locale.ROOT, " (%.2f to %.2f%s)", Math.max(0, estimate.low()), estimate.high(), unit) : "";
    }

    private void warnings() {
        if (!comparison.warnings().isEmpty()) {
            out.append('\n');
        }
        comparison.warnings().forEach(warning -> FindingsText.wrapped(out, 2, "! " + warning));
    }

    /** From the work of a, evenly on the cores, down to b; in seconds of b's wall time. */
    private void waterfall() {
        Decomposition parts = comparison.decomposition();
        if (comparison.speedup() == null) {
            return;
        }
        out.append('\n');
        line("%-" + WORDS + "s %9s %11s %11s", "Where B's time went", "s of wall", "core-s in B", "core-s in A");
        double scale = BAR / Math.max(parts.wallB(), parts.idealWall());
        row("A's work, on " + Say.count(parts.cores(), "core"), parts.idealWall(), parts.work(), parts.work(), bar(0, parts.idealWall(), scale));
        double at = parts.idealWall();
        double smallA = 0;
        double smallB = 0;
        List<Decomposition.Part> sorted =
                parts.parts().stream().sorted(Comparator.comparingDouble((Decomposition.Part part) -> part.b()).reversed()).toList();
        for (Decomposition.Part part : sorted) {
            double wall = part.b() / parts.cores();
            if (Math.abs(wall) < SMALL * parts.wallB() && part.a() < SMALL * parts.coresA() * parts.wallA()) {
                smallA += part.a();
                smallB += part.b();
                continue;
            }
            row("  " + part.kind().words(), wall, part.b(), part.a(), bar(at, at + wall, scale));
            at += wall;
        }
        double small = smallB / parts.cores();
        if (smallA != 0 || smallB != 0) {
            row("  smaller losses together", small, smallB, smallA, bar(at, at + small, scale));
        }
        row("B", parts.wallB(), parts.cores() * parts.wallB(), parts.coresA() * parts.wallA(), bar(0, parts.wallB(), scale));
    }

    private void row(String name, double wall, double b, double a, String bar) {
        line("%-" + WORDS + "s %9.3f %11.3f %11.3f  %s", name, wall, b, a, bar);
    }

    /** A gain goes back from where the one before ended, and looks otherwise. */
    private static String bar(double from, double to, double scale) {
        int start = (int) Math.round(Math.min(from, to) * scale);
        int end = (int) Math.round(Math.max(from, to) * scale);
        return " ".repeat(Math.max(0, start)) + (to < from ? "░" : "▇").repeat(Math.max(0, end - start));
    }

    private void states() {
        out.append('\n');
        line("%-24s %10s %10s %10s", "All threads, seconds", "A", "B", "B − A");
        for (Map.Entry<ThreadState, Difference> state : comparison.figures().states().entrySet()) {
            if (state.getValue().a() > 0 || state.getValue().b() > 0) {
                difference(state.getKey().label(), state.getValue());
            }
        }
        difference("CPU by the kernel", comparison.figures().cpu());
        difference("pauses", comparison.figures().pauses());
        line("≠ differs by more than chance, or than the allowance for it; the rest may not differ at all");
    }

    private void difference(String name, Difference difference) {
        line("%-24s %10s %10s %10s %s", "  " + name, seconds(difference.a()), seconds(difference.b()), signed(difference.by()), mark(difference));
    }

    private static String seconds(double seconds) {
        return Double.isFinite(seconds) ? String.format(Locale.ROOT, "%.3f", seconds) : "?";
    }

    private static String signed(double seconds) {
        return Double.isFinite(seconds) ? String.format(Locale.ROOT, "%+.3f", seconds) : "?";
    }

    private static String mark(Difference difference) {
        return Boolean.TRUE.equals(difference.significant()) ? "≠" : "";
    }

    private void groups() {
        List<ThreadMatches.Group> groups = comparison.threads().groups();
        if (groups.isEmpty()) {
            return;
        }
        out.append('\n');
        line("%-28s %7s %17s %17s  %s", "Threads by role", "number", "on a core, s", "waiting, s", "matched by");
        line("%-28s %7s %8s %8s %8s %8s", "", "A   B", "A", "B", "A", "B");
        for (ThreadMatches.Group group : groups.subList(0, Math.min(MAX_GROUPS, groups.size()))) {
            line(
                    "%-28s %3s %3s %8.2f %8.2f%s%8.2f %8.2f%s %s",
                    clipped("  " + group.any().name(), 28),
                    count(group.a()),
                    count(group.b()),
                    group.onCore().a(),
                    group.onCore().b(),
                    mark(group.onCore()).isEmpty() ? " " : "≠",
                    group.waiting().a(),
                    group.waiting().b(),
                    mark(group.waiting()).isEmpty() ? " " : "≠",
                    group.by().words());
        }
        more(groups.size() - MAX_GROUPS);
    }

    private static String count(@Nullable RoleGroup group) {
        return group == null ? "–" : String.format(Locale.ROOT, "%.0f", group.threads());
    }

    private void functions() {
        List<FunctionChange> changed = comparison.functions().stream().filter(function -> Boolean.TRUE.equals(function.own().significant())).toList();
        out.append('\n');
        if (changed.isEmpty()) {
            line("No function's own time is called different.");
            return;
        }
        line("%8s %8s %8s  %-20s %s", "A, s", "B, s", "B − A", "at least, at most", "Functions whose own time differs");
        for (FunctionChange function : changed.subList(0, Math.min(MAX_FUNCTIONS, changed.size()))) {
            Difference own = function.own();
            line(
                    "%8.2f %8.2f %+8.2f  %-20s %s",
                    own.a(),
                    own.b(),
                    own.by(),
                    String.format(Locale.ROOT, "%+.2f, %+.2f", own.low(), own.high()),
                    Say.place(new Frame(function.function(), function.file(), 0, function.line() == null ? 0 : function.line())));
        }
        more(changed.size() - MAX_FUNCTIONS);
    }

    private void locks() {
        List<LockChange> locks = comparison.locks();
        if (locks.isEmpty()) {
            return;
        }
        out.append('\n');
        line("%8s %8s %8s   %-16s %s", "A, s", "B, s", "B − A", "kind", "Locks, by the time waited for them");
        for (LockChange lock : locks.subList(0, Math.min(MAX_LOCKS, locks.size()))) {
            Difference waited = lock.waited();
            line(
                    "%8.2f %8.2f %+8.2f %s %-16s %s, waited for in %s",
                    waited.a(),
                    waited.b(),
                    waited.by(),
                    mark(waited).isEmpty() ? " " : "≠",
                    lock.kind().label(),
                    lock.name(),
                    Say.place(lock.place()));
        }
        more(locks.size() - MAX_LOCKS);
    }

    private void more(int left) {
        if (left > 0) {
            line("… and %d more; --json has all of them", left);
        }
    }

    private static String clipped(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private void line(String format, @Nullable Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
    }
}

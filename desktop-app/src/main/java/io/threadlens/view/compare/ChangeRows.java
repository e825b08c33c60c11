package io.threadlens.view.compare;

import io.threadlens.analysis.StateSeconds;
import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Difference;
import io.threadlens.comparison.FunctionChange;
import io.threadlens.comparison.LineChange;
import io.threadlens.comparison.LockChange;
import io.threadlens.comparison.LossClass;
import io.threadlens.comparison.Run.ThreadFigures;
import io.threadlens.comparison.RoleGroup;
import io.threadlens.comparison.ThreadMatches;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.view.detail.Calls;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The rows of the tables of a comparison. */
final class ChangeRows {
    private static final String NOT_KNOWN = "?";

    private ChangeRows() {}

    static List<ChangesView.Rows> functions(Comparison comparison) {
        return List.of(
                new ChangesView.Rows("Own time", "time as the innermost call, of threads that had something to do", functions(comparison, FunctionChange::own)),
                new ChangesView.Rows("On a core", "the part of the own time on a core", functions(comparison, change -> notJudged(change.onCoreA(), change.onCoreB()))),
                new ChangesView.Rows("Total", "time anywhere on the stack", functions(comparison, change -> notJudged(change.totalA(), change.totalB()))),
                new ChangesView.Rows("Lines", "own time of single lines", comparison.lines().stream().map(ChangeRows::line).toList()));
    }

    private static List<Change> functions(Comparison comparison, Function<FunctionChange, Difference> seconds) {
        return comparison.functions().stream().map(change -> function(change, seconds.apply(change))).toList();
    }

    private static Change function(FunctionChange change, Difference seconds) {
        String name = Objects.requireNonNullElse(change.function(), NOT_KNOWN);
        return new Change(name, Calls.place(change.file(), change.line() == null ? 0 : change.line()), seconds);
    }

    /** Figures that follow from others, which are judged. */
    private static Difference notJudged(double a, double b) {
        return new Difference(a, b, Double.NaN, Double.NaN, null);
    }

    private static Change line(LineChange change) {
        return new Change(Calls.function(change.line()), Calls.place(change.line().file(), change.line().line()), change.own());
    }

    static List<ChangesView.Rows> threads(Comparison comparison) {
        return List.of(
                new ChangesView.Rows("On a core", "time on a core, of threads that do the same on both sides", threads(comparison, ThreadMatches.Group::onCore, StateSeconds::onCore)),
                new ChangesView.Rows("Waiting", "time waiting for locks, for the GIL and for pauses to end", threads(comparison, ThreadMatches.Group::waiting, ChangeRows::waiting)));
    }

    private static double waiting(StateSeconds states) {
        return states.of(ThreadState.LOCK) + states.of(ThreadState.GIL) + states.of(ThreadState.PAUSED);
    }

    private static List<Change> threads(
            Comparison comparison, Function<ThreadMatches.Group, Difference> seconds, ToDoubleFunction<StateSeconds> figure) {
        return comparison.threads().groups().stream().map(group -> threads(group, seconds.apply(group), figure)).toList();
    }

    /** A group, which opens into its threads where it has several. */
    private static Change threads(ThreadMatches.Group group, Difference seconds, ToDoubleFunction<StateSeconds> figure) {
        RoleGroup a = group.a();
        RoleGroup b = group.b();
        String names = a != null && b != null && !a.name().equals(b.name()) ? a.name() + " → " + b.name() : group.any().name();
        List<Change> parts = group.threads().size() < 2 ? List.of() : group.threads().stream().map(pair -> thread(pair, figure)).toList();
        return new Change(names + count(group), group.any().role() + "   ·   " + group.by().words(), null, seconds, parts);
    }

    /** {@code " (4)"}, {@code " (4 → 8)"}; nothing where there is one on either side. */
    private static String count(ThreadMatches.Group group) {
        long a = group.threads().stream().filter(pair -> pair.a() != null).count();
        long b = group.threads().stream().filter(pair -> pair.b() != null).count();
        return a <= 1 && b <= 1 ? "" : a == b ? " (" + a + ")" : " (" + a + " → " + b + ")";
    }

    private static Change thread(ThreadMatches.Pair pair, ToDoubleFunction<StateSeconds> figure) {
        ThreadFigures a = pair.a();
        ThreadFigures b = pair.b();
        String name = a == null ? name(b) : b == null || name(a).equals(name(b)) ? name(a) : name(a) + " → " + name(b);
        double inA = a == null ? Double.NaN : figure.applyAsDouble(a.states());
        double inB = b == null ? Double.NaN : figure.applyAsDouble(b.states());
        String tids = "tid " + (a == null ? "–" : a.tid()) + " → " + (b == null ? "–" : b.tid());
        return new Change(name, tids, notJudged(inA, inB));
    }

    private static String name(@Nullable ThreadFigures thread) {
        return thread == null || thread.name() == null ? NOT_KNOWN : thread.name();
    }

    static List<ChangesView.Rows> locks(Comparison comparison) {
        return List.of(new ChangesView.Rows("Waits", "time waited for them, of all threads together", comparison.locks().stream().map(ChangeRows::lock).toList()));
    }

    private static Change lock(LockChange lock) {
        String waits = Math.round(lock.waitsA()) + " → " + Math.round(lock.waitsB()) + " waits";
        String where = (lock.place() == null ? "" : "waited for at " + place(lock.place()) + "   ·   ") + (lock.holder() == null ? "" : "held at " + place(lock.holder()) + "   ·   ");
        String kind = lock.kind() == LossClass.GIL || lock.name().equals(lock.kind().label()) ? "" : "   " + lock.kind().label();
        return new Change(lock.name() + kind, where + waits, LossPaint.stateOf(lock.kind()), lock.waited(), List.of());
    }

    private static String place(Frame frame) {
        return Calls.place(frame.file(), frame.line());
    }
}

package io.threadlens.timeline;

import io.threadlens.model.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that was seen at a moment, and from when to when every tick saw it, called the same way. It may have returned and been called again between two ticks.
 *
 * @param call     with the line at that moment
 * @param ticks    how many ticks saw it
 * @param complete whether that is all; else it may have begun earlier or ended later
 */
public record CallAt(Frame call, long startNs, long endNs, int ticks, boolean complete) {
    /** Further than so many runs nobody looks. */
    private static final int MOST_RUNS = 20_000;

    /** The call so many calls from the outermost at a moment; null where none was seen there. */
    public static @Nullable CallAt find(StateTimes times, int thread, long ns, int depth) {
        SampleAt sample = SampleAt.find(times, thread, ns);
        List<Frame> calls = sample == null ? List.of() : times.recording().stack(sample.stack());
        if (depth < 0 || depth >= calls.size()) {
            return null;
        }
        List<Frame> outer = calls.subList(0, depth + 1);
        int tick = times.tickAt(ns);
        ThreadRows rows = times.rows(thread);
        rows.seek(tick);
        int first = rows.tick();
        int end = rows.endTick();
        boolean more = true;
        int seen = 0;
        while (seen < MOST_RUNS && (more = rows.next()) && rows.tick() == end && has(times, rows.stack(), outer) && !isGap(times, end)) {
            end = rows.endTick();
            seen++;
        }
        boolean complete = !more || seen < MOST_RUNS;
        rows.seek(tick);
        seen = 0;
        while (seen < MOST_RUNS && (more = rows.previous()) && rows.endTick() == first && has(times, rows.stack(), outer) && !isGap(times, first)) {
            first = rows.tick();
            seen++;
        }
        complete &= !more || seen < MOST_RUNS;
        return new CallAt(
                calls.get(depth), times.recording().tickTime(first), times.recording().tickEnd(end - 1), end - first, complete);
    }

    private static boolean has(StateTimes times, int stack, List<Frame> outer) {
        return FlameChart.commonDepth(times.recording().stack(stack), outer) == outer.size();
    }

    /** Whether nobody looked for a while just before a tick. */
    private static boolean isGap(StateTimes times, int tick) {
        return times.recording().tickEnd(tick - 1) < times.recording().tickTime(tick);
    }
}

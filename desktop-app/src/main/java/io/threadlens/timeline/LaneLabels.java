package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SeenTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stretches of a lane that are wide enough to be written on: one state and, where it stays the same, one innermost function, or one lock that is waited for. */
public final class LaneLabels {
    /** More rows than this in a viewport are too narrow to be read one by one. */
    private static final int MOST_ROWS = 4_000;

    /**
     * A stretch of one state, in pixels.
     *
     * @param what the lock that is waited for, or the function; null where that changes
     */
    public record Label(double startPx, double endPx, ThreadState state, @Nullable String what) {
        public double width() {
            return endPx - startPx;
        }
    }

    private LaneLabels() {}

    public static List<Label> of(StateTimes times, WaitIndex waits, int thread, Viewport viewport, double narrowest) {
        Recording recording = times.recording();
        int to = times.tickAt(viewport.endNs());
        ThreadRows rows = times.rows(thread);
        boolean more = rows.seek(times.tickAt(viewport.startNs())) || rows.next();
        List<Label> labels = new ArrayList<>();
        Stretch open = null;
        for (int seen = 0; more && rows.tick() <= to; more = rows.next()) {
            if (++seen > MOST_ROWS) {
                return List.of();
            }
            long start = recording.tickTime(rows.tick());
            long end = recording.tickEnd(rows.endTick() - 1);
            String what = what(recording, waits, thread, start, rows);
            if (open != null && open.endNs == start && open.state == rows.state()) {
                // Where that changes, the stretch says only the state.
                open = new Stretch(open.startNs, end, open.state, Objects.equals(open.what, what) ? what : null);
            } else {
                add(labels, open, viewport, narrowest);
                open = new Stretch(start, end, rows.state(), what);
            }
            // Nothing is written over time that nobody saw.
            SeenTime gaps = times.seen();
            for (int gap = gaps.gapAfter(open.startNs); gap < gaps.gaps() && gaps.gapStart(gap) < end; gap++) {
                add(labels, new Stretch(open.startNs, gaps.gapStart(gap), open.state, open.what), viewport, narrowest);
                open = new Stretch(gaps.gapEnd(gap), end, open.state, open.what);
            }
        }
        add(labels, open, viewport, narrowest);
        return List.copyOf(labels);
    }

    private static @Nullable String what(Recording recording, WaitIndex waits, int thread, long ns, ThreadRows rows) {
        String lock = lock(waits, thread, ns, rows.state());
        if (lock != null) {
            return lock;
        }
        Frame leaf = recording.leaf(rows.stack());
        return leaf == null ? null : leaf.function();
    }

    /** The lock that is waited for; where it is waited for work, only by a name that says more than the function does. */
    private static @Nullable String lock(WaitIndex waits, int thread, long ns, ThreadState state) {
        Recording.Wait wait = state == ThreadState.LOCK || state == ThreadState.SIGNAL ? waits.at(thread, ns) : null;
        if (wait == null) {
            return null;
        }
        Recording.Lock lock = waits.locks().get(wait.lock());
        return state == ThreadState.LOCK ? lock.name() : lock.label();
    }

    private record Stretch(long startNs, long endNs, ThreadState state, @Nullable String what) {}

    private static void add(List<Label> labels, @Nullable Stretch stretch, Viewport viewport, double narrowest) {
        if (stretch == null) {
            return;
        }
        double start = Math.max(0, viewport.pxOf(stretch.startNs));
        double end = Math.min(viewport.width(), viewport.pxOf(stretch.endNs));
        if (end - start >= narrowest) {
            labels.add(new Label(start, end, stretch.state, stretch.what));
        }
    }
}

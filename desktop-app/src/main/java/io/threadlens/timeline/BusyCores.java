package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import java.util.Arrays;

/**
 * How many threads were on a core, over the whole recording, in at most {@value #MOST} steps of equal length. When a recording outgrows
 * its steps, neighbours are joined, which loses nothing: a step holds a sum of time, not a mean. So a live recording costs only what is new.
 *
 * <p>Immutable; {@link #grow} gives a newer one.
 */
public final class BusyCores {
    private static final int MOST = 2048;
    private static final long SHORTEST_NS = 1_000_000;

    private final long startNs;
    private final long endNs;
    private final long stepNs;
    /** Per step: time on a core, time that waited for a lock or the GIL or in a pause, time that was seen. */
    private final long[] busy;

    private final long[] contended;
    private final long[] seen;

    private BusyCores(long startNs, long endNs, long stepNs, long[] busy, long[] contended, long[] seen) {
        this.startNs = startNs;
        this.endNs = endNs;
        this.stepNs = stepNs;
        this.busy = busy;
        this.contended = contended;
        this.seen = seen;
    }

    public static BusyCores of(StateTimes times) {
        return new BusyCores(times.range().startNs(), times.range().startNs(), SHORTEST_NS, new long[0], new long[0], new long[0]).grow(times);
    }

    /** The same with what was recorded since. */
    public BusyCores grow(StateTimes times) {
        TimeRange range = times.range();
        if (range.startNs() != startNs) {
            // The first tick came after this was made.
            return of(times);
        }
        long step = stepNs;
        // The last step was not whole yet, and the end of the last tick has moved: both are counted again.
        int kept = (int) Math.max(0, (endNs - startNs) / stepNs - 1);
        kept = Math.min(kept, busy.length);
        long[] b = Arrays.copyOf(busy, kept);
        long[] c = Arrays.copyOf(contended, kept);
        long[] s = Arrays.copyOf(seen, kept);
        while (range.lengthNs() > step * MOST) {
            step *= 2;
            kept /= 2;
            b = joined(b, kept);
            c = joined(c, kept);
            s = joined(s, kept);
        }
        int count = (int) ((range.lengthNs() + step - 1) / step);
        b = Arrays.copyOf(b, count);
        c = Arrays.copyOf(c, count);
        s = Arrays.copyOf(s, count);
        Columns columns = Columns.of(startNs + kept * step, step, count - kept);
        long[] states = new long[columns.count() * ThreadState.COUNT];
        times.columnsTogether(columns, states);
        for (int i = 0; i < columns.count(); i++) {
            int at = i * ThreadState.COUNT;
            b[kept + i] = states[at + ThreadState.RUNNING.code()] + states[at + ThreadState.NATIVE.code()];
            c[kept + i] = states[at + ThreadState.LOCK.code()] + states[at + ThreadState.GIL.code()] + states[at + ThreadState.PAUSED.code()];
            s[kept + i] = times.seenBetween(columns.edge(i), columns.edge(i + 1));
        }
        return new BusyCores(startNs, range.endNs(), step, b, c, s);
    }

    private static long[] joined(long[] steps, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            out[i] = steps[2 * i] + steps[2 * i + 1];
        }
        return out;
    }

    public int steps() {
        return busy.length;
    }

    public long stepStart(int step) {
        return startNs + step * stepNs;
    }

    public long stepEnd(int step) {
        return Math.min(endNs, startNs + (step + 1) * stepNs);
    }

    /** Threads on a core in a step, on average over its seen time. */
    public double busy(int step) {
        return seen[step] == 0 ? 0 : (double) busy[step] / seen[step];
    }

    /** Threads that waited for a lock or the GIL, or were paused, in a step, on average over its seen time. */
    public double contended(int step) {
        return seen[step] == 0 ? 0 : (double) contended[step] / seen[step];
    }

    /** Busy cores on average over the whole recording. */
    public double mean() {
        long time = Arrays.stream(seen).sum();
        return time == 0 ? 0 : (double) Arrays.stream(busy).sum() / time;
    }
}

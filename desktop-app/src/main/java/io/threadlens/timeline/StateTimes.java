package io.threadlens.timeline;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Nodes;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.SeenTime;
import java.util.Arrays;
import java.util.List;

/**
 * How long each thread was in each state, for any stretch of time, exact to the nanosecond.
 *
 * <p>Time adds up, so a stretch is the difference of two running totals. The totals are kept for every {@value Nodes#STRIDE}th row of a thread; the few rows
 * in between are added when asked. A question costs O(log rows), a row of pixels at most O(pixels · log rows) and less where neighbouring pixels share
 * a run.
 *
 * <p>Immutable and safe from any thread. Of a live recording {@link #grow} gives a newer one.
 *
 * <pre>{@code
 * StateTimes times = StateTimes.of(recording);
 * long[] states = times.between(thread, range.startNs(), range.endNs());
 * long waited = states[ThreadState.LOCK.code()];
 * }</pre>
 */
public final class StateTimes {
    private static final int STATES = ThreadState.COUNT;

    private final Recording recording;
    private final SeenTime seen;
    private final List<ThreadInfo> threads;
    private final Forest forest;
    /** The edges that were asked for last: those of a picture are the same for each of its lanes. */
    private volatile Edges edges = new Edges(Columns.of(0, 0), new int[2], new long[2]);

    /** Edges of columns with the last tick that began at or before each, and what was seen up to it. */
    private record Edges(Columns columns, int[] ticks, long[] seen) {}

    private StateTimes(Recording recording, SeenTime seen, List<ThreadInfo> threads, Forest forest) {
        this.recording = recording;
        this.seen = seen;
        this.threads = threads;
        this.forest = forest;
    }

    public static StateTimes of(Recording recording) {
        return new StateTimes(recording, SeenTime.of(recording), List.of(), Forest.NONE).grow();
    }

    /** The same with what was recorded since. */
    public StateTimes grow() {
        boolean live = recording.info().live();
        List<SampleChunk> now = recording.chunks();
        List<ThreadInfo> known = recording.threads();
        // After the chunks: every tick they speak of is there.
        SeenTime seenNow = seen.grow();
        return new StateTimes(recording, seenNow, known, forest.grow(now, live, known.size(), seenNow));
    }

    public Recording recording() {
        return recording;
    }

    /** The threads that were known when this was counted, by number. */
    public List<ThreadInfo> threads() {
        return threads;
    }

    /** From the first tick to the end of the last. Empty, from 0 to 0, where there is no tick yet. */
    public TimeRange range() {
        return new TimeRange(seen.firstNs(), Math.max(seen.firstNs(), seen.endNs()));
    }

    /** When a thread was there, as far as the recording saw: from its start, or the first tick, to its end or the last. */
    public TimeRange lifetime(int thread) {
        ThreadInfo info = threads.get(thread);
        TimeRange all = range();
        long start = Math.clamp(info.startNs(), all.startNs(), all.endNs());
        long end = info.endNs() < 0 ? all.endNs() : Math.clamp(info.endNs(), start, all.endNs());
        return new TimeRange(start, end);
    }

    /** Time per state, by {@link ThreadState#code()}, that a thread spent between two moments. Time that nobody saw is in none. */
    public long[] between(int thread, long startNs, long endNs) {
        long[] out = new long[STATES];
        columns(thread, Columns.of(startNs, endNs), out);
        return out;
    }

    /** The same with the time of the thread's life that nobody saw, which is unknown: the states of a life add up to it. */
    public long[] livedBetween(int thread, long startNs, long endNs) {
        long[] out = between(thread, startNs, endNs);
        TimeRange life = lifetime(thread);
        long unseen = Math.min(life.endNs(), endNs) - Math.max(life.startNs(), startNs);
        for (long time : out) {
            unseen -= time;
        }
        out[ThreadState.UNKNOWN.code()] += Math.max(0, unseen);
        return out;
    }

    /**
     * Time per state of one thread for every column: {@code out[column * ThreadState.COUNT + state]}. Each column has its own time
     * and no other, so that columns side by side add up to the time of the whole.
     */
    public void columns(int thread, Columns columns, long[] out) {
        columns(forest.walk(thread, seen), columns, 1, out);
    }

    /**
     * The same for a picture: where columns are so wide that nobody sees it, an edge between two of them may lie beside where it should, by at most
     * an eighth of a column, so that no row need be read. The first edge and the last do not move. Returns the columns that were counted.
     */
    public Columns columnsNear(int thread, Columns columns, long[] out) {
        Edges at = edges(columns);
        Forest.Walk walk = forest.walk(thread, seen);
        long[] edge = new long[columns.count() + 1];
        long[] before = new long[STATES];
        long[] after = new long[STATES];
        edge[0] = columns.edge(0);
        walk.totals(at.ticks[0], at.seen[0], before);
        for (int i = 1; i < edge.length; i++) {
            int slack = i + 1 < edge.length ? Math.min(at.ticks[i] - at.ticks[i - 1], at.ticks[i + 1] - at.ticks[i]) / 8 : 0;
            int near = slack > 0 ? walk.totalsNear(at.ticks[i], slack, after) : -1;
            if (near < 0) {
                edge[i] = columns.edge(i);
                walk.totals(at.ticks[i], at.seen[i], after);
            } else {
                edge[i] = near < seen.ticks() ? recording.tickTime(near) : seen.endNs();
            }
            put(before, after, edge[i] - edge[i - 1], out, i - 1);
            long[] swap = before;
            before = after;
            after = swap;
        }
        return Columns.of(edge);
    }

    /** The time between two totals, into a column. It is no more than there is: totals that nobody has checked may be damaged. */
    private static void put(long[] before, long[] after, long most, long[] out, int column) {
        for (int s = 0; s < STATES; s++) {
            out[column * STATES + s] = Math.max(0, Math.min(after[s] - before[s], most));
        }
    }

    /** Time per state of all threads together for every column. */
    public void columnsTogether(Columns columns, long[] out) {
        if (forest.hasTogether()) {
            columns(forest.walkTogether(seen), columns, Math.max(1, threads.size()), out);
            return;
        }
        Arrays.fill(out, 0, columns.count() * STATES, 0);
        long[] of = new long[columns.count() * STATES];
        for (int thread = 0; thread < threads.size(); thread++) {
            columns(thread, columns, of);
            for (int i = 0; i < of.length; i++) {
                out[i] += of[i];
            }
        }
    }

    /** Time per state that all threads spent between two moments; of a saved recording it costs no more than that of one thread. */
    public long[] betweenTogether(long startNs, long endNs) {
        long[] out = new long[STATES];
        columnsTogether(Columns.of(startNs, endNs), out);
        return out;
    }

    /** The same with the time of the threads' lives that nobody saw, which is unknown. */
    public long[] livedBetweenTogether(long startNs, long endNs) {
        long[] out = betweenTogether(startNs, endNs);
        long unseen = 0;
        for (int thread = 0; thread < threads.size(); thread++) {
            TimeRange life = lifetime(thread);
            unseen += Math.max(0, Math.min(life.endNs(), endNs) - Math.max(life.startNs(), startNs));
        }
        for (long time : out) {
            unseen -= time;
        }
        out[ThreadState.UNKNOWN.code()] += Math.max(0, unseen);
        return out;
    }

    /**
     * @param most how many threads there are at most, at once
     */
    private void columns(Forest.Walk walk, Columns columns, int most, long[] out) {
        Edges at = edges(columns);
        long[] before = new long[STATES];
        long[] after = new long[STATES];
        walk.totals(at.ticks[0], at.seen[0], before);
        for (int i = 0; i < columns.count(); i++) {
            walk.totals(at.ticks[i + 1], at.seen[i + 1], after);
            put(before, after, (columns.edge(i + 1) - columns.edge(i)) * most, out, i);
            long[] swap = before;
            before = after;
            after = swap;
        }
    }

    private Edges edges(Columns columns) {
        Edges last = edges;
        if (last.columns == columns) {
            return last;
        }
        int[] ticks = new int[columns.count() + 1];
        long[] until = new long[ticks.length];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = tickAt(columns.edge(i));
            until[i] = seen.until(columns.edge(i));
        }
        Edges found = new Edges(columns, ticks, until);
        edges = found;
        return found;
    }

    /** The last tick that began at or before {@code ns}, of those counted here; −1 where there is none. */
    int tickAt(long ns) {
        return Math.min(recording.tickAt(ns), seen.ticks() - 1);
    }

    /** Which parts of the recording were looked at. */
    public SeenTime seen() {
        return seen;
    }

    /** The chunks that will not change any more, from the first on. */
    List<SampleChunk> settledChunks() {
        return forest.settledChunks();
    }

    Forest forest() {
        return forest;
    }

    ThreadRows rows(int thread) {
        return new ThreadRows(forest, forest.trail(thread));
    }

    /** The ticks that were counted here. */
    public int tickCount() {
        return seen.ticks();
    }

    /** The stack that a thread was seen with at a tick; −1 where it was not seen then, or its stack is not known. It costs O(log rows). */
    public int stackAt(int thread, int tick) {
        ThreadRows rows = rows(thread);
        return rows.seek(tick) && tick < rows.endTick() ? rows.stack() : -1;
    }

    /** How much of a stretch was seen at all. */
    public long seenBetween(long startNs, long endNs) {
        return Math.max(0, seen.until(endNs) - seen.until(startNs));
    }
}

package io.threadlens.timeline;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long each thread was in each state, for any stretch of time, exact to the nanosecond.
 *
 * <p>Time adds up, so a stretch is the difference of two running totals. The totals are kept for every chunk and, within a chunk, for
 * every {@value #STRIDE}th row of a thread; the few rows in between are added when asked. A question costs O(log rows), a row
 * of pixels at most O(pixels · log rows) and less where neighbouring pixels share a run, and memory about half a byte a row.
 *
 * <p>Immutable and safe from any thread. Of a live recording {@link #grow} gives a newer one, which shares what was already
 * counted: only the chunk that still grows is counted again.
 *
 * <pre>{@code
 * StateTimes times = StateTimes.of(recording);
 * long[] states = times.between(thread, range.startNs(), range.endNs());
 * long waited = states[ThreadState.LOCK.code()];
 * }</pre>
 */
public final class StateTimes {
    private static final int STATES = ThreadState.COUNT;
    private static final int STRIDE = 128;

    private final Recording recording;
    private final SeenTime seen;
    private final List<ThreadInfo> threads;
    private final List<IndexedChunk> chunks;
    /** How many chunks, from the first, will never change again. */
    private final int settled;

    private StateTimes(Recording recording, SeenTime seen, List<ThreadInfo> threads, List<IndexedChunk> chunks, int settled) {
        this.recording = recording;
        this.seen = seen;
        this.threads = threads;
        this.chunks = chunks;
        this.settled = settled;
    }

    public static StateTimes of(Recording recording) {
        return new StateTimes(recording, SeenTime.of(recording), List.of(), List.of(), 0).grow();
    }

    /** The same with what was recorded since. */
    public StateTimes grow() {
        boolean live = recording.info().live();
        List<SampleChunk> now = recording.chunks();
        List<ThreadInfo> known = recording.threads();
        // After the chunks: every tick they speak of is there.
        SeenTime seenNow = seen.grow();
        List<IndexedChunk> indexed = new ArrayList<>(now.size());
        int done = 0;
        for (int i = 0; i < now.size(); i++) {
            SampleChunk chunk = now.get(i);
            if (i < settled) {
                indexed.add(chunks.get(i));
            } else {
                indexed.add(new IndexedChunk(chunk, known.size(), i == 0 ? null : indexed.get(i - 1), recording, seenNow));
            }
            // The end of the last tick moves when the next one comes, so a chunk settles only with a tick behind it.
            if (done == i && (!live || i + 1 < now.size()) && (!live || chunk.endTick() < seenNow.ticks())) {
                done = i + 1;
            }
        }
        return new StateTimes(recording, seenNow, known, List.copyOf(indexed), done);
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
        Walk walk = new Walk(thread);
        long[] before = new long[STATES];
        long[] after = new long[STATES];
        walk.totals(columns.edge(0), before);
        for (int i = 0; i < columns.count(); i++) {
            walk.totals(columns.edge(i + 1), after);
            for (int s = 0; s < STATES; s++) {
                out[i * STATES + s] = after[s] - before[s];
            }
            long[] swap = before;
            before = after;
            after = swap;
        }
    }

    /** The last tick that began at or before {@code ns}, of those counted here; −1 where there is none. */
    int tickAt(long ns) {
        return Math.min(recording.tickAt(ns), seen.ticks() - 1);
    }

    SeenTime seen() {
        return seen;
    }

    /** The chunks that will not change any more, from the first on. */
    List<SampleChunk> settledChunks() {
        return chunks.subList(0, settled).stream().map(IndexedChunk::samples).toList();
    }

    ThreadRows rows(int thread) {
        return new ThreadRows(chunks, thread);
    }

    /** How much of a stretch was seen at all. */
    public long seenBetween(long startNs, long endNs) {
        return Math.max(0, seen.until(endNs) - seen.until(startNs));
    }

    /** The seen time of one row from its beginning up to {@code ns}. */
    private static long seenOf(SampleChunk chunk, int row, long ns, Recording recording, SeenTime seen) {
        long start = recording.tickTime(chunk.tick(row));
        if (ns <= start) {
            return 0;
        }
        long end = recording.tickEnd(chunk.tick(row) + chunk.count(row) - 1);
        return seen.until(Math.min(ns, end)) - seen.until(start);
    }

    /** A chunk with running totals: where it begins, and at every STRIDEth row of a thread. */
    private static final class IndexedChunk implements ThreadRows.Chunk {
        private final SampleChunk chunk;
        private final int threads;
        /** Totals of all chunks before, and of this one with them: {@code [thread * STATES + state]}. */
        private final long[] before;

        private final long[] after;
        /** For each thread the first tick here, and one past the last of this chunk and all before. */
        private final int[] from;

        private final int[] until;
        /** Where a thread's marks begin in {@link #marks}; mark {@code k} is the total before its row {@code (k + 1) * STRIDE}. */
        private final int[] firstMark;

        private final long[] marks;

        IndexedChunk(SampleChunk chunk, int threads, @Nullable IndexedChunk previous, Recording recording, SeenTime seen) {
            this.chunk = chunk;
            this.threads = threads;
            this.before = previous == null ? new long[threads * STATES] : Arrays.copyOf(previous.after, threads * STATES);
            this.after = before.clone();
            this.until = previous == null ? new int[threads] : Arrays.copyOf(previous.until, threads);
            this.from = until.clone();
            this.firstMark = new int[threads];
            int count = 0;
            for (int t = 0; t < threads; t++) {
                int first = chunk.firstRow(t);
                int end = chunk.endRow(t);
                if (first < end) {
                    from[t] = chunk.tick(first);
                    until[t] = chunk.tick(end - 1) + chunk.count(end - 1);
                }
                firstMark[t] = count;
                count += Math.max(0, end - first - 1) / STRIDE;
            }
            this.marks = new long[count * STATES];
            for (int t = 0; t < threads; t++) {
                addUp(t, recording, seen);
            }
        }

        private void addUp(int t, Recording recording, SeenTime seen) {
            int first = chunk.firstRow(t);
            int end = chunk.endRow(t);
            int mark = firstMark[t];
            for (int row = first; row < end; row++) {
                if (row > first && (row - first) % STRIDE == 0) {
                    System.arraycopy(after, t * STATES, marks, mark++ * STATES, STATES);
                }
                after[t * STATES + ThreadState.of(chunk.state(row)).code()] += seenOf(chunk, row, Long.MAX_VALUE, recording, seen);
            }
        }

        @Override
        public SampleChunk samples() {
            return chunk;
        }

        @Override
        public int from(int thread) {
            return thread < threads ? from[thread] : 0;
        }
    }

    /** Goes through one thread's rows forward in time; edges asked for in order share the way. */
    private final class Walk {
        private final int thread;
        private int index = -1;
        /** The last row that began at or before the edge, or one before the first row of the chunk. */
        private int row;
        /** Totals up to the beginning of that row. */
        private final long[] sum = new long[STATES];

        Walk(int thread) {
            this.thread = thread;
        }

        /** The thread's totals from the beginning of the recording up to {@code ns}. */
        void totals(long ns, long[] out) {
            int tick = tickAt(ns);
            if (tick < 0 || chunks.isEmpty()) {
                Arrays.fill(out, 0);
                return;
            }
            enterChunkOf(tick);
            System.arraycopy(sum, 0, out, 0, STATES);
            if (index < 0) {
                return;
            }
            IndexedChunk at = chunks.get(index);
            if (thread >= at.threads) {
                return;
            }
            goTo(at, tick);
            System.arraycopy(sum, 0, out, 0, STATES);
            if (row >= at.chunk.firstRow(thread)) {
                out[ThreadState.of(at.chunk.state(row)).code()] += seenOf(at.chunk, row, ns, recording, seen);
            }
        }

        private void enterChunkOf(int tick) {
            int next = index;
            if (next + 1 < chunks.size() && chunks.get(next + 1).from(thread) <= tick) {
                int low = next + 1;
                int high = chunks.size() - 1;
                while (low < high) {
                    int mid = (low + high + 1) >>> 1;
                    if (chunks.get(mid).from(thread) <= tick) {
                        low = mid;
                    } else {
                        high = mid - 1;
                    }
                }
                next = low;
            }
            if (next != index) {
                index = next;
                IndexedChunk entered = chunks.get(index);
                if (thread < entered.threads) {
                    row = entered.chunk.firstRow(thread) - 1;
                    System.arraycopy(entered.before, thread * STATES, sum, 0, STATES);
                }
            }
        }

        private void goTo(IndexedChunk at, int tick) {
            SampleChunk chunk = at.chunk;
            int first = chunk.firstRow(thread);
            int end = chunk.endRow(thread);
            int here = Math.max(row, first);
            if (here + STRIDE < end && chunk.tick(here + STRIDE) <= tick) {
                // Far: the last mark at or before the tick.
                int low = (here - first) / STRIDE;
                int high = (end - first - 1) / STRIDE;
                while (low < high) {
                    int mid = (low + high + 1) >>> 1;
                    if (chunk.tick(first + mid * STRIDE) <= tick) {
                        low = mid;
                    } else {
                        high = mid - 1;
                    }
                }
                row = first + low * STRIDE;
                System.arraycopy(at.marks, (at.firstMark[thread] + low - 1) * STATES, sum, 0, STATES);
            }
            while (row + 1 < end && chunk.tick(row + 1) <= tick) {
                if (row >= first) {
                    sum[ThreadState.of(chunk.state(row)).code()] += seenOf(chunk, row, Long.MAX_VALUE, recording, seen);
                }
                row++;
            }
        }
    }
}

package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Running totals over the rows of a chunk. A node stands before the first row of each thread, before every {@value #STRIDE}th after that, and one behind its
 * last: how long the thread has been in each state since the beginning of the recording. Thread {@value #ALL} is all of them together, and its rows are
 * those of the {@link Census}. Immutable, safe from any thread.
 *
 * <pre>{@code
 * for (int i = 0; i < nodes.threads(); i++) {
 *     for (int node = nodes.first(i); node < nodes.end(i); node++) … nodes.row(node) …
 * }
 * }</pre>
 */
public final class Nodes {
    /** So many rows of a thread lie between two nodes; fewer only before the last. */
    public static final int STRIDE = 32;

    /** Stands for all threads together. */
    public static final int ALL = -1;

    private static final int THREAD = 0;
    private static final int ROW = 1;
    private static final int TICK = 2;
    private static final int TIMES = 3;

    private final TableBatch batch;
    private final int[] threads;
    /** Where the nodes of each thread begin, and one more for the end. */
    private final int[] firsts;

    private Nodes(TableBatch batch, int[] threads, int[] firsts) {
        this.batch = batch;
        this.threads = threads;
        this.firsts = firsts;
    }

    /** Rows that speak of a stretch of ticks and add to times. */
    public interface Runs {
        int tick(int row);

        int count(int row);

        /** Adds what the row comes to in {@code ns} of time. */
        void add(int row, long ns, long[] times);

        /** Adds what some rows come to in the time that was seen at their ticks. */
        void add(int from, int to, SeenTime seen, long[] times);
    }

    /** The totals of a thread before a chunk. */
    public interface Before {
        void times(int thread, long[] out);
    }

    /** Counts the nodes of a chunk; there are none of all threads together. */
    public static Nodes of(SampleChunk chunk, SeenTime seen, Before before) {
        RowBuffer rows = new RowBuffer(Table.FOREST);
        long[] times = new long[ThreadState.COUNT];
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            before.times(thread, times);
            put(rows, thread, runs(chunk), chunk.firstRow(thread), chunk.endRow(thread), seen, times);
        }
        return indexed(rows.copy());
    }

    /**
     * Puts the nodes of one thread.
     *
     * @param times the totals before its first row, and then those behind its last
     */
    static void put(RowBuffer to, int thread, Runs runs, int first, int end, SeenTime seen, long[] times) {
        int until = 0;
        for (int row = first; row < end; row++) {
            int tick = runs.tick(row);
            if ((row - first) % STRIDE == 0) {
                to.put(thread).put(row).put(tick).put(times);
            }
            until = tick + runs.count(row);
            runs.add(row, seen.before(until) - seen.before(tick), times);
        }
        to.put(thread).put(end).put(until).put(times);
    }

    /** The rows of a chunk. */
    public static Runs runs(SampleChunk chunk) {
        return new Runs() {
            @Override
            public int tick(int row) {
                return chunk.tick(row);
            }

            @Override
            public int count(int row) {
                return chunk.count(row);
            }

            @Override
            public void add(int row, long ns, long[] times) {
                times[ThreadState.of(chunk.state(row)).code()] += ns;
            }

            @Override
            public void add(int from, int to, SeenTime seen, long[] times) {
                chunk.addTimes(from, to, seen, times);
            }
        };
    }

    private static Nodes indexed(TableBatch batch) {
        int[] threads = new int[16];
        int[] firsts = new int[17];
        int n = 0;
        for (int node = 0; node < batch.rows(); node++) {
            int thread = batch.int32(THREAD, node);
            if (n == 0 || thread != threads[n - 1]) {
                if (n == threads.length) {
                    threads = Arrays.copyOf(threads, 2 * n);
                    firsts = Arrays.copyOf(firsts, 2 * n + 1);
                }
                threads[n] = thread;
                firsts[n++] = node;
            }
        }
        firsts[n] = batch.rows();
        return new Nodes(batch, Arrays.copyOf(threads, n), Arrays.copyOf(firsts, n + 1));
    }

    /**
     * The nodes of a saved chunk; null where they are not such that every row is reached, and none beyond.
     *
     * @param rows   of the chunk
     * @param counts of its census
     */
    static @Nullable Nodes read(TableBatch batch, int rows, int counts, int threadCount, int tickCount) {
        Nodes nodes = indexed(batch);
        int next = 0;
        for (int i = 0; i < nodes.threads.length; i++) {
            int thread = nodes.threads[i];
            boolean all = thread == ALL;
            if (thread < (i == 0 ? ALL : nodes.threads[i - 1] + 1) || thread >= threadCount) {
                return null;
            }
            int end = nodes.reaches(i, all ? 0 : next, tickCount);
            if (end < 0 || all && end != counts) {
                return null;
            }
            next = all ? 0 : end;
        }
        return next == rows && nodes.threads.length > 0 && nodes.threads[0] == ALL ? nodes : null;
    }

    /** Whether they are of the same threads, besides all together, and of the same rows of each. */
    boolean areOf(SavedChunk.Parts parts) {
        boolean same = threads.length == parts.rows().threads().length + 1;
        for (int i = 1; same && i < threads.length; i++) {
            same = threads[i] == parts.rows().threads()[i - 1] && row(firsts[i]) == parts.rows().starts()[i - 1];
        }
        return same;
    }

    /** The row behind the last of a thread; −1 where its nodes do not go from the first row on in steps of {@link #STRIDE}. */
    private int reaches(int i, int firstRow, int tickCount) {
        int row = row(firsts[i]);
        int tick = tick(firsts[i]);
        if (row != firstRow || tick < 0 || firsts[i + 1] - firsts[i] < 2) {
            return -1;
        }
        for (int node = firsts[i] + 1; node < firsts[i + 1]; node++) {
            int nextRow = row(node);
            int nextTick = tick(node);
            boolean isLast = node + 1 == firsts[i + 1];
            if (nextRow <= row || nextRow > row + STRIDE || nextRow != row + STRIDE && !isLast || nextTick <= tick) {
                return -1;
            }
            row = nextRow;
            tick = nextTick;
        }
        return tick <= tickCount ? row : -1;
    }

    /** How many threads have rows in the chunk, {@link #ALL} among them where it is here. */
    public int threads() {
        return threads.length;
    }

    /** Their numbers, ascending. */
    public int thread(int i) {
        return threads[i];
    }

    /** The first node of the {@code i}th of them. */
    public int first(int i) {
        return firsts[i];
    }

    /** One past its last node, which stands behind its last row. */
    public int end(int i) {
        return firsts[i + 1];
    }

    /** The row that a node stands before. */
    public int row(int node) {
        return batch.int32(ROW, node);
    }

    /** The first tick of that row; of a thread's last node, the one behind the last tick of its last row. */
    public int tick(int node) {
        return batch.int32(TICK, node);
    }

    /** Time in each state, ns by its code, up to that tick. */
    public void times(int node, long[] out) {
        MemorySegment.copy(batch.data()[TIMES], TableBatch.LONG, 8L * ThreadState.COUNT * node, out, 0, ThreadState.COUNT);
    }
}

package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a saved recording. Mostly nobody has read its rows when it is opened, since that would take longer than a person waits: what cannot be is read as
 * something that can, so that damage harms nobody. {@link Recordings#damage} finds it.
 */
final class SavedChunk implements SampleChunk {
    /** A chunk has fewer ticks than this: its numbers of ticks have two bytes. */
    static final int MOST_TICKS = 1 << 16;

    static final int TICK = 0;
    static final int COUNT = 1;
    static final int STATE = 2;
    static final int FLAGS = 3;
    static final int CORE = 4;
    static final int STACK = 5;

    private final TableBatch batch;
    /** The columns that are read all the time. */
    private final MemorySegment ticks;

    private final MemorySegment counts;
    private final MemorySegment states;
    private final ThreadStarts rows;
    /** Where the numbers of the ticks begin. */
    private final int tick;

    private final int firstTick;
    private final int endTick;
    private final int stackCount;
    private final @Nullable Summary summary;

    private SavedChunk(TableBatch batch, Parts parts, int firstTick, int endTick, int stackCount, @Nullable Summary summary) {
        this.batch = batch;
        this.ticks = batch.data()[TICK];
        this.counts = batch.data()[COUNT];
        this.states = batch.data()[STATE];
        this.rows = parts.rows;
        this.tick = parts.tick;
        this.firstTick = firstTick;
        this.endTick = endTick;
        this.stackCount = stackCount;
        this.summary = summary;
    }

    /**
     * Which rows are whose.
     *
     * @param tick where the numbers of the ticks begin
     */
    record Parts(int tick, ThreadStarts rows) {
        private static final int THREAD = 0;
        private static final int TICK = 1;
        private static final int ROWS = 2;

        /** The parts of a chunk of so many rows; null where they do not add up. */
        static @Nullable Parts read(TableBatch batch, int rows, int threadCount, int tickCount) {
            int n = batch.rows();
            int[] threads = new int[n];
            int[] starts = new int[n + 1];
            for (int i = 0; i < n; i++) {
                threads[i] = batch.int32(THREAD, i);
                int count = batch.int32(ROWS, i);
                if (threads[i] < (i == 0 ? 0 : threads[i - 1] + 1) || threads[i] >= threadCount || count < 1 || count > rows - starts[i]) {
                    return null;
                }
                starts[i + 1] = starts[i] + count;
            }
            int tick = n == 0 ? -1 : batch.int32(TICK, 0);
            return tick < 0 || tick >= tickCount || starts[n] != rows ? null : new Parts(tick, new ThreadStarts(threads, starts));
        }

        static void put(RowBuffer to, int thread, int tick, int rows) {
            to.put(thread).put(tick).put(rows);
        }
    }

    /** A chunk as it is written, with the ticks that it is cut to. */
    static SavedChunk of(TableBatch batch, Parts parts, int endTick) {
        return new SavedChunk(batch, parts, parts.tick, endTick, Integer.MAX_VALUE, null);
    }

    /** A chunk whose rows have all been read, and what they say of ticks and stacks is so. */
    static SavedChunk checked(TableBatch batch, Parts parts, int firstTick, int endTick, @Nullable Summary summary) {
        return new SavedChunk(batch, parts, firstTick, endTick, Integer.MAX_VALUE, summary);
    }

    /** A chunk of which only the summary has been read; null where that is of other rows. */
    static @Nullable SavedChunk unchecked(TableBatch batch, Parts parts, int stackCount, Summary summary) {
        Nodes nodes = summary.nodes();
        int firstTick = Integer.MAX_VALUE;
        int endTick = 0;
        for (int i = 0; i < nodes.threads(); i++) {
            firstTick = Math.min(firstTick, nodes.tick(nodes.first(i)));
            endTick = Math.max(endTick, nodes.tick(nodes.end(i) - 1));
        }
        return firstTick < parts.tick || endTick - parts.tick >= MOST_TICKS || !nodes.areOf(parts)
                ? null
                : new SavedChunk(batch, parts, firstTick, endTick, stackCount, summary);
    }

    TableBatch batch() {
        return batch;
    }

    @Override
    public int rows() {
        return batch.rows();
    }

    @Override
    public int firstTick() {
        return firstTick;
    }

    @Override
    public int endTick() {
        return endTick;
    }

    @Override
    public int threads() {
        return rows.threads().length;
    }

    @Override
    public int thread(int i) {
        return rows.threads()[i];
    }

    @Override
    public int firstRow(int thread) {
        return rows.firstRow(thread);
    }

    @Override
    public int endRow(int thread) {
        return rows.endRow(thread);
    }

    @Override
    public int tick(int row) {
        int at = tick + (ticks.get(TableBatch.SHORT, 2L * row) & 0xffff);
        return Math.max(firstTick, Math.min(at, endTick - 1));
    }

    @Override
    public int count(int row) {
        return count(row, tick(row));
    }

    private int count(int row, int tick) {
        return Math.max(1, Math.min(counts.get(TableBatch.SHORT, 2L * row) & 0xffff, endTick - tick));
    }

    @Override
    public byte state(int row) {
        byte state = states.get(ValueLayout.JAVA_BYTE, row);
        return state >= 0 && state < ThreadState.COUNT ? state : ThreadState.UNKNOWN.code();
    }

    @Override
    public byte flags(int row) {
        return batch.int8(FLAGS, row);
    }

    @Override
    public short core(int row) {
        return batch.int16(CORE, row);
    }

    @Override
    public int stack(int row) {
        int stack = batch.int32(STACK, row);
        return stack >= 0 && stack < stackCount ? stack : -1;
    }

    @Override
    public void addTimes(int from, int to, SeenTime seen, long[] times) {
        int tick = -1;
        long before = 0;
        for (int row = from; row < to; row++) {
            int start = tick(row);
            long since = start == tick ? before : seen.before(start);
            tick = start + count(row, start);
            before = seen.before(tick);
            times[state(row)] += before - since;
        }
    }

    @Override
    public @Nullable Summary summary() {
        return summary;
    }
}

package io.threadlens.recording;

import java.util.Arrays;

/** A record batch of {@code samples} as they are recorded, with an index of where each thread's rows are. */
final class ColumnChunk implements SampleChunk {
    static final int THREAD = 0;
    static final int TICK = 1;
    static final int COUNT = 2;
    static final int STATE = 3;
    static final int FLAGS = 4;
    static final int CORE = 5;
    static final int STACK = 6;

    /** Moves to another place in memory now and then; the rows stay the same, so a reader may see either. */
    private TableBatch batch;

    private final int firstTick;
    private final int endTick;
    private final ThreadStarts rows;

    private ColumnChunk(TableBatch batch, int firstTick, int endTick, ThreadStarts rows) {
        this.batch = batch;
        this.firstTick = firstTick;
        this.endTick = endTick;
        this.rows = rows;
    }

    /**
     * A batch whose index is known.
     *
     * @param starts for each thread, by its number, where its rows begin; the number of all rows behind the last
     */
    static ColumnChunk of(TableBatch batch, int firstTick, int endTick, int[] starts) {
        int n = 0;
        int[] threads = new int[starts.length];
        int[] begins = new int[starts.length];
        for (int t = 0; t + 1 < starts.length; t++) {
            if (starts[t + 1] > starts[t]) {
                threads[n] = t;
                begins[n++] = starts[t];
            }
        }
        begins[n] = batch.rows();
        return new ColumnChunk(batch, firstTick, endTick, new ThreadStarts(Arrays.copyOf(threads, n), Arrays.copyOf(begins, n + 1)));
    }

    /** Indexes a batch whose rows are grouped by thread, ascending. */
    static ColumnChunk of(TableBatch batch) {
        int rows = batch.rows();
        int[] threads = new int[16];
        int[] starts = new int[17];
        int n = 0;
        int firstTick = rows == 0 ? 0 : Integer.MAX_VALUE;
        int endTick = 0;
        for (int row = 0; row < rows; row++) {
            int thread = batch.int32(THREAD, row);
            if (n == 0 || threads[n - 1] != thread) {
                if (n == threads.length) {
                    threads = Arrays.copyOf(threads, n * 2);
                    starts = Arrays.copyOf(starts, n * 2 + 1);
                }
                threads[n] = thread;
                starts[n] = row;
                n++;
            }
            int tick = batch.int32(TICK, row);
            firstTick = Math.min(firstTick, tick);
            endTick = Math.max(endTick, tick + batch.int32(COUNT, row));
        }
        starts[n] = rows;
        return new ColumnChunk(batch, firstTick, endTick, new ThreadStarts(Arrays.copyOf(threads, n), Arrays.copyOf(starts, n + 1)));
    }

    TableBatch batch() {
        return batch;
    }

    /** Reads the same rows from another place in memory from now on. */
    void moveTo(TableBatch same) {
        batch = same;
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
        return batch.int32(TICK, row);
    }

    @Override
    public int count(int row) {
        return batch.int32(COUNT, row);
    }

    @Override
    public byte state(int row) {
        return batch.int8(STATE, row);
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
        return batch.int32(STACK, row);
    }
}

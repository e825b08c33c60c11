package io.threadlens.recording;

import io.threadlens.model.ThreadState;

/**
 * What the rows of a chunk come to: a row for each thread, stack and state, those of a thread together and the threads ascending. Immutable, safe from any
 * thread.
 */
public final class Profile {
    private static final int THREAD = 0;
    private static final int STACK = 1;
    private static final int STATE = 2;
    private static final int TIME = 3;
    private static final int TICKS = 4;
    private static final int LONGEST = 5;

    private final TableBatch batch;
    private final int stackCount;

    Profile(TableBatch batch, int stackCount) {
        this.batch = batch;
        this.stackCount = stackCount;
    }

    public int rows() {
        return batch.rows();
    }

    /** First row of a thread; equal to {@link #endRow} where there is none of it. */
    public int firstRow(int thread) {
        int low = 0;
        int high = batch.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thread(middle) < thread) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public int endRow(int thread) {
        return firstRow(thread + 1);
    }

    public int thread(int row) {
        return batch.int32(THREAD, row);
    }

    /** The stack, −1 where it is not known. */
    public int stack(int row) {
        int stack = batch.int32(STACK, row);
        return stack >= 0 && stack < stackCount ? stack : -1;
    }

    public byte state(int row) {
        return ThreadState.of(batch.int8(STATE, row)).code();
    }

    /** For how long it was seen, ns. */
    public long time(int row) {
        return Math.max(0, batch.int64(TIME, row));
    }

    /** At how many ticks. */
    public int ticks(int row) {
        return Math.max(0, batch.int32(TICKS, row));
    }

    /** For how long at most without a tick between at which it was not so, ns. */
    public long longest(int row) {
        return Math.max(0, batch.int64(LONGEST, row));
    }
}

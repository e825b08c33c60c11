package io.threadlens.recording;

import io.threadlens.model.ThreadState;

/**
 * How many threads were in each state at the ticks of a chunk, in stretches of ticks in which none of that changed. At a tick that no stretch has, none was
 * seen. Immutable, safe from any thread.
 */
public final class Census implements Nodes.Runs {
    private static final int TICK = 0;
    private static final int COUNT = 1;
    private static final int THREADS = 2;

    private final TableBatch batch;
    private final int firstTick;
    private final int endTick;

    /** What speaks of other ticks than those between the two is cut to them. */
    Census(TableBatch batch, int firstTick, int endTick) {
        this.batch = batch;
        this.firstTick = firstTick;
        this.endTick = endTick;
    }

    public int rows() {
        return batch.rows();
    }

    /** The first tick of a stretch. */
    @Override
    public int tick(int row) {
        return Math.clamp(batch.int32(TICK, row), firstTick, endTick);
    }

    /** How many ticks it is of. */
    @Override
    public int count(int row) {
        return Math.clamp(batch.int32(COUNT, row), 0, endTick - tick(row));
    }

    /** How many threads were in a state. */
    public int threads(int row, ThreadState state) {
        return threads(row, state.code());
    }

    private int threads(int row, int state) {
        return Math.max(0, batch.int16(THREADS, row, state));
    }

    @Override
    public void add(int row, long ns, long[] times) {
        for (int state = 0; state < ThreadState.COUNT; state++) {
            times[state] += threads(row, state) * ns;
        }
    }

    @Override
    public void add(int from, int to, SeenTime seen, long[] times) {
        for (int row = from; row < to; row++) {
            add(row, seen.before(tick(row) + count(row)) - seen.before(tick(row)), times);
        }
    }
}

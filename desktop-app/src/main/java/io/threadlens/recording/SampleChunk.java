package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import org.jspecify.annotations.Nullable;

/**
 * All threads' runs of some time, as columns. The rows of a thread are neighbours and in order of time:
 * {@code for (int r = firstRow(t); r < endRow(t); r++)}. Immutable, safe from any thread.
 */
public interface SampleChunk {
    int rows();

    /** The ticks this chunk has runs of: first, and one past the last. */
    int firstTick();

    int endTick();

    /** How many threads have rows here. */
    int threads();

    /** Their numbers, ascending. */
    int thread(int i);

    /** First row of a thread; equal to {@link #endRow} where the chunk has none of it. */
    int firstRow(int thread);

    int endRow(int thread);

    int tick(int row);

    int count(int row);

    byte state(int row);

    byte flags(int row);

    short core(int row);

    int stack(int row);

    /** Adds, to the time of its state, what some rows come to in the time that was seen at their ticks. */
    default void addTimes(int from, int to, SeenTime seen, long[] times) {
        for (int row = from; row < to; row++) {
            times[ThreadState.of(state(row)).code()] += seen.before(tick(row) + count(row)) - seen.before(tick(row));
        }
    }

    /** What is known without reading the rows; null where nobody has counted it, as while recording. */
    default @Nullable Summary summary() {
        return null;
    }
}

package io.threadlens.comparison;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Census;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.SeenTime;
import io.threadlens.recording.Summary;

/** How many threads of a recording were in each state, in stretches of ticks in which that stayed the same. */
final class StateStretches {
    private static final ThreadState[] STATES = ThreadState.values();

    /**
     * Is told the stretches in order. At ticks that are in none, no thread was seen.
     *
     * <p>{@code end} is one past the last tick, {@code ns} how much of the stretch was seen; {@code threads} has their number by {@link ThreadState#code()}, and is used again.
     */
    interface Visitor {
        void stretch(int from, int end, long ns, int[] threads);
    }

    private StateStretches() {}

    /** @param viewed one whose chunks have their summaries */
    static void visit(Recording viewed, SeenTime seen, Visitor visitor) {
        int[] threads = new int[ThreadState.COUNT];
        for (SampleChunk chunk : viewed.chunks()) {
            Summary summary = chunk.summary();
            if (summary == null) {
                throw new IllegalArgumentException("the recording was not opened to be looked at");
            }
            Census census = summary.census();
            for (int row = 0; row < census.rows(); row++) {
                int from = census.tick(row);
                int end = from + census.count(row);
                if (from < end) {
                    for (ThreadState state : STATES) {
                        threads[state.code()] = census.threads(row, state);
                    }
                    visitor.stretch(from, end, seen.before(end) - seen.before(from), threads);
                }
            }
        }
    }

    /** Threads on a core. */
    static int busy(int[] threads) {
        return threads[ThreadState.RUNNING.code()] + threads[ThreadState.NATIVE.code()];
    }
}

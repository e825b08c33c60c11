package io.threadlens.analysis;

import io.threadlens.model.ThreadState;

/** Time in each state. */
public final class StateSeconds {
    private final long[] ns;

    /** @param ns by {@link ThreadState#code()} */
    public StateSeconds(long[] ns) {
        this.ns = ns.clone();
    }

    public double of(ThreadState state) {
        return seconds(ns[state.code()]);
    }

    public double total() {
        long sum = 0;
        for (long time : ns) {
            sum += time;
        }
        return seconds(sum);
    }

    public static double seconds(long ns) {
        return ns / 1e9;
    }
}

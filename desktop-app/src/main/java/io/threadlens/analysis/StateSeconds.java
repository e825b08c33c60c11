package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.Collection;

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

    /** Time on a core. */
    public double onCore() {
        return of(ThreadState.RUNNING) + of(ThreadState.NATIVE);
    }

    /** Time in which there was something to do, whether it could be done or not: without waiting for work, sleeping, and what is not known. */
    public double active() {
        long sum = 0;
        for (int state = 0; state < ns.length; state++) {
            sum += ThreadState.of(state).isActive() ? ns[state] : 0;
        }
        return seconds(sum);
    }

    public double total() {
        long sum = 0;
        for (long time : ns) {
            sum += time;
        }
        return seconds(sum);
    }

    /** The sum of several, divided by a number of runs. */
    public static StateSeconds mean(Collection<StateSeconds> parts, int runs) {
        long[] sum = new long[ThreadState.COUNT];
        for (StateSeconds part : parts) {
            for (int state = 0; state < sum.length; state++) {
                sum[state] += part.ns[state];
            }
        }
        for (int state = 0; state < sum.length; state++) {
            sum[state] = Math.round((double) sum[state] / runs);
        }
        return new StateSeconds(sum);
    }

    public static double seconds(long ns) {
        return ns / 1e9;
    }
}

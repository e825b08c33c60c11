package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which time counts: that of threads in certain states. */
public record Measure(String name, Set<ThreadState> states) {
    /** All time, whatever a thread did in it. */
    public static final Measure WALL = new Measure("wall time", EnumSet.allOf(ThreadState.class));

    public static final Measure ON_CORE = new Measure("time on a core", EnumSet.of(ThreadState.RUNNING, ThreadState.NATIVE));

    /** Time in some states. */
    public static Measure of(Set<ThreadState> states) {
        List<ThreadState> ordered = List.copyOf(EnumSet.copyOf(states));
        return new Measure("time in " + ordered.stream().map(ThreadState::label).collect(Collectors.joining(", ")), Set.copyOf(states));
    }

    /** What of times by {@link ThreadState#code()} counts. */
    public long of(long[] times) {
        long sum = 0;
        for (int state = 0; state < times.length; state++) {
            if (states.contains(ThreadState.of(state))) {
                sum += times[state];
            }
        }
        return sum;
    }

    /** What of a call and all that it called counts. */
    public long of(CallNode call) {
        return of(call.times());
    }

    /** The same by state, with nothing in states that do not count. */
    public long[] part(long[] times) {
        long[] part = new long[times.length];
        for (ThreadState state : states) {
            part[state.code()] = times[state.code()];
        }
        return part;
    }
}

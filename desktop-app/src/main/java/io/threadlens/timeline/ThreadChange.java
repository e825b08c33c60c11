package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread did at two moments, and between them.
 *
 * @param first  null where it was not seen then
 * @param before its calls then, the outermost first
 * @param common how many of the outermost calls are the same at both moments, lines included
 * @param states time per state from the first moment to the second, what nobody saw being unknown
 * @param used   CPU time between; null where the kernel's figures are missing
 */
public record ThreadChange(
        int thread,
        @Nullable SampleAt first,
        @Nullable SampleAt second,
        List<Frame> before,
        List<Frame> after,
        int common,
        long[] states,
        CpuTimes.@Nullable Used used) {

    /** What became of a stack. */
    public enum What {
        /** The same functions at the same lines, which does not mean that nothing ran in between. */
        SAME("same stack"),
        /** The same functions at other lines. */
        MOVED("other line"),
        CHANGED("changed"),
        /** Not seen, or with no stack, at one of the moments. */
        UNKNOWN("not known");

        private final String label;

        What(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** The difference from one moment to a later one. */
    public static ThreadChange between(StateTimes times, CpuTimes cpu, int thread, long firstNs, long secondNs) {
        SampleAt first = SampleAt.find(times, thread, firstNs);
        SampleAt second = SampleAt.find(times, thread, secondNs);
        List<Frame> before = first == null ? List.of() : times.recording().stack(first.stack());
        List<Frame> after = second == null ? List.of() : times.recording().stack(second.stack());
        return new ThreadChange(
                thread,
                first,
                second,
                before,
                after,
                common(before, after),
                times.livedBetween(thread, firstNs, secondNs),
                cpu.between(thread, firstNs, secondNs));
    }

    public What what() {
        if (before.isEmpty() || after.isEmpty()) {
            return What.UNKNOWN;
        }
        if (before.equals(after)) {
            return What.SAME;
        }
        boolean sameFunctions = before.size() == after.size() && FlameChart.commonDepth(before, after) == before.size();
        return sameFunctions ? What.MOVED : What.CHANGED;
    }

    private static int common(List<Frame> before, List<Frame> after) {
        int common = 0;
        while (common < before.size() && common < after.size() && before.get(common).equals(after.get(common))) {
            common++;
        }
        return common;
    }

    /** The state it was in for the most time between; null where it did not live then. */
    public @Nullable ThreadState mostly() {
        ThreadState most = null;
        for (ThreadState state : ThreadState.values()) {
            if (states[state.code()] > (most == null ? 0 : states[most.code()])) {
                most = state;
            }
        }
        return most;
    }
}

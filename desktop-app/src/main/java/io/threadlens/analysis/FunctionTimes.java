package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Time by function, out of time by stack. */
final class FunctionTimes {
    private FunctionTimes() {}

    static List<Report.FunctionPart> of(Recording recording, StackTimes stacks) {
        Map<Function, Times> functions = new HashMap<>();
        Set<Function> seen = new HashSet<>();
        stacks.visit((stack, times) -> {
            List<Frame> calls = recording.stack(stack);
            seen.clear();
            for (Frame call : calls) {
                Function function = Function.of(call);
                if (seen.add(function)) {
                    functions.computeIfAbsent(function, f -> new Times()).addTotal(times);
                }
            }
            functions.computeIfAbsent(Function.of(calls.getLast()), f -> new Times()).addSelf(times);
        });
        List<Report.FunctionPart> parts = new ArrayList<>();
        functions.forEach((function, times) -> parts.add(times.part(function)));
        parts.sort(Comparator.comparingDouble(Report.FunctionPart::self)
                .thenComparingDouble(Report.FunctionPart::total)
                .reversed()
                .thenComparing(part -> String.valueOf(part.function()))
                .thenComparing(part -> String.valueOf(part.file())));
        return parts;
    }

    private static final class Times {
        private final long[] states = new long[ThreadState.COUNT];
        private long self;

        void addTotal(long[] times) {
            for (int s = 0; s < states.length; s++) {
                states[s] += times[s];
            }
        }

        void addSelf(long[] times) {
            for (long time : times) {
                self += time;
            }
        }

        Report.FunctionPart part(Function function) {
            StateSeconds seconds = new StateSeconds(states);
            return new Report.FunctionPart(
                    function.name(),
                    function.file(),
                    function.firstLine() > 0 ? (Integer) function.firstLine() : null,
                    StateSeconds.seconds(self),
                    seconds.total(),
                    seconds);
        }
    }
}

package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a thread spends its time on a core. */
final class BusyPlace {
    private BusyPlace() {}

    /** Of the function in which a thread was longest on a core between two ticks, the line at which it was longest; null where no stack is known. */
    static @Nullable Frame of(SampleRuns runs, Stacks stacks, int thread, int from, int to) {
        Map<Function, Integer> functions = new HashMap<>();
        Map<Frame, Integer> lines = new HashMap<>();
        runs.visit(thread, from, to, (first, last, state, flags, stack) -> {
            Frame place = ThreadState.of(state).isBusy() ? stacks.place(stack) : null;
            if (place != null) {
                functions.merge(Function.of(place), last - first, Integer::sum);
                lines.merge(place, last - first, Integer::sum);
            }
        });
        Function most = functions.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
        return lines.entrySet().stream()
                .filter(entry -> Function.of(entry.getKey()).equals(most))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}

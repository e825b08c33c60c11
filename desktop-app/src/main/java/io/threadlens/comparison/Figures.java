package io.threadlens.comparison;

import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the program did as a whole, on both sides.
 *
 * @param wall      seconds
 * @param cpu       by the kernel's count, seconds; not known where a run has none
 * @param work      time of its threads on a core, by samples, seconds
 * @param busyCores on average
 * @param states    seconds of all threads in each
 * @param pauses    seconds for which all were held still
 */
public record Figures(Difference wall, Difference cpu, Difference work, Difference busyCores, Map<ThreadState, Difference> states, Difference pauses) {
    static Supplier<Figures> of(Side a, Side b, Judge judge) {
        Supplier<List<Difference>> wholes = judge.ofWholes(
                List.of(
                        sides(a, b, Run::wall),
                        new Differences.Sides(cpu(a), cpu(b)),
                        sides(a, b, run -> run.losses().work()),
                        sides(a, b, Run::meanBusyCores)));
        List<Differences.Sides> parts = new ArrayList<>();
        for (ThreadState state : ThreadState.values()) {
            parts.add(sides(a, b, run -> run.states().of(state)));
        }
        parts.add(sides(a, b, run -> run.pauses().seconds()));
        Supplier<List<Difference>> judged = judge.ofParts(parts);
        return () -> figures(wholes.get(), judged.get());
    }

    private static Figures figures(List<Difference> wholes, List<Difference> parts) {
        Map<ThreadState, Difference> states = new EnumMap<>(ThreadState.class);
        for (ThreadState state : ThreadState.values()) {
            states.put(state, parts.get(state.code()));
        }
        return new Figures(wholes.get(0), wholes.get(1), wholes.get(2), wholes.get(3), Collections.unmodifiableMap(states), parts.getLast());
    }

    private static Differences.Sides sides(Side a, Side b, ToDoubleFunction<Run> figure) {
        return new Differences.Sides(Estimate.of(a.each(figure)), Estimate.of(b.each(figure)));
    }

    private static @Nullable Estimate cpu(Side side) {
        double[] cpu = side.runs().stream().map(Run::cpu).filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
        return cpu.length < side.runs().size() ? null : Estimate.of(cpu);
    }
}

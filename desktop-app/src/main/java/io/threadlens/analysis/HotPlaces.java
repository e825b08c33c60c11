package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import io.threadlens.model.ThreadState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where threads are most of the time while they are in certain states: of the program's own code, not the standard library's. */
final class HotPlaces {
    static final Set<ThreadState> BUSY = Set.of(ThreadState.RUNNING, ThreadState.NATIVE);
    static final Set<ThreadState> READY = Set.of(ThreadState.RUNNING, ThreadState.NATIVE, ThreadState.RUNNABLE);

    /** Lines of the function that are named, and share of its time that one must have. */
    private static final int LINES = 2;

    private static final double LINE_SHARE = 0.25;
    private static final int CALLERS = 2;

    private final SampleRuns runs;
    private final Stacks stacks;
    private final Set<ThreadState> states;
    private final Map<Function, Integer> functions = new HashMap<>();
    private final Map<Integer, Integer> ticksOfStack = new HashMap<>();

    HotPlaces(SampleRuns runs, Stacks stacks, Set<ThreadState> states) {
        this.runs = runs;
        this.stacks = stacks;
        this.states = states;
    }

    HotPlaces add(int thread, int from, int to) {
        runs.visit(thread, from, to, (first, last, state, flags, stack) -> {
            Frame place = states.contains(ThreadState.of(state)) ? stacks.place(stack) : null;
            if (place != null) {
                functions.merge(Function.of(place), last - first, Integer::sum);
                ticksOfStack.merge(stack, last - first, Integer::sum);
            }
        });
        return this;
    }

    /** The hottest function's hottest lines, then who called it there, innermost first; empty where no stack is known. */
    List<Frame> list() {
        Map.Entry<Function, Integer> most = functions.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        if (most == null) {
            return List.of();
        }
        Map<Frame, Integer> lines = new HashMap<>();
        Map<Integer, Integer> ofFunction = new HashMap<>();
        ticksOfStack.forEach((stack, ticks) -> {
            Frame place = stacks.place(stack);
            if (place != null && Function.of(place).equals(most.getKey())) {
                lines.merge(place, ticks, Integer::sum);
                ofFunction.put(stack, ticks);
            }
        });
        Places places = new Places();
        lines.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .filter(entry -> entry.getValue() >= LINE_SHARE * most.getValue() || lines.size() == 1)
                .forEach(entry -> places.add(entry.getKey()));
        int stack = ofFunction.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        List<Frame> own = stacks.calls(stack).stream().filter(call -> !LibraryCode.is(call)).toList();
        own.reversed().stream().skip(1).limit(CALLERS).forEach(places::add);
        return places.list();
    }
}

package io.threadlens.comparison;

import io.threadlens.analysis.StateSeconds;
import io.threadlens.comparison.Run.ThreadFigures;
import io.threadlens.model.NumberedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Threads of a side that were started alike: for the same function, under names that differ in their number only.
 *
 * @param pattern of their names
 * @param role    the function, with its file's name
 * @param byRun   those of each run, in the order of their numbers
 */
public record RoleGroup(NumberedName pattern, String role, List<List<ThreadFigures>> byRun) {
    private static final String NO_NAME = "?";

    record Key(NumberedName pattern, String role) {}

    public RoleGroup {
        byRun = byRun.stream().map(run -> run.stream().sorted(ORDER).toList()).toList();
    }

    private static final Comparator<ThreadFigures> ORDER =
            Comparator.comparingLong((ThreadFigures thread) -> named(thread).number()).thenComparingDouble(ThreadFigures::start).thenComparingInt(ThreadFigures::number);

    static Map<Key, RoleGroup> of(Side side) {
        Map<Key, List<List<ThreadFigures>>> threads = new LinkedHashMap<>();
        int runs = side.runs().size();
        for (int run = 0; run < runs; run++) {
            for (ThreadFigures thread : side.runs().get(run).threads()) {
                threads.computeIfAbsent(new Key(named(thread).pattern(), thread.role()), key -> empty(runs)).get(run).add(thread);
            }
        }
        Map<Key, RoleGroup> groups = new LinkedHashMap<>();
        threads.forEach((key, byRun) -> groups.put(key, new RoleGroup(key.pattern, key.role, byRun)));
        return groups;
    }

    private static List<List<ThreadFigures>> empty(int runs) {
        List<List<ThreadFigures>> lists = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    private static NumberedName named(ThreadFigures thread) {
        return NumberedName.of(thread.name() == null ? NO_NAME : thread.name());
    }

    Key key() {
        return new Key(pattern, role);
    }

    /** {@code worker-…}, or the one name that there is. */
    public String name() {
        @Nullable String only = null;
        for (List<ThreadFigures> run : byRun) {
            for (ThreadFigures thread : run) {
                String name = thread.name() == null ? NO_NAME : thread.name();
                if (only != null && !only.equals(name)) {
                    return pattern.number() < 0 ? pattern.before() : pattern.before() + "…" + pattern.after();
                }
                only = name;
            }
        }
        return only == null ? NO_NAME : only;
    }

    /** How many threads, on average over the runs. */
    public double threads() {
        return byRun.stream().mapToInt(List::size).average().orElse(0);
    }

    /** On average over the runs. */
    public StateSeconds states() {
        return StateSeconds.mean(byRun.stream().flatMap(Collection::stream).map(ThreadFigures::states).toList(), byRun.size());
    }

    /** A figure of the threads of each run together. */
    double[] each(ToDoubleFunction<StateSeconds> figure) {
        return byRun.stream().mapToDouble(run -> run.stream().mapToDouble(thread -> figure.applyAsDouble(thread.states())).sum()).toArray();
    }

    double start() {
        return byRun.stream().flatMap(Collection::stream).mapToDouble(ThreadFigures::start).min().orElse(0);
    }

    /** What they did, seconds by function. */
    Map<String, Double> top() {
        Map<String, Double> sum = new HashMap<>();
        byRun.forEach(run -> run.forEach(thread -> thread.top().forEach((function, seconds) -> sum.merge(function, seconds, Double::sum))));
        return sum;
    }
}

package io.threadlens.session;

import io.threadlens.comparison.Side;
import io.threadlens.session.Configuration.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of a set at one thread count: the free-threaded build with the GIL build, or, where there is none, with itself with the GIL on.
 *
 * @param threads null where the program was left to its own
 * @param gilOn   the free-threaded build with the GIL on, where that is not a already
 */
public record SetSides(@Nullable Integer threads, Side a, Side b, @Nullable Side gilOn) {
    /** By thread count; counts at which one of the two has no run to be compared are left out. Reads the recordings. */
    public static List<SetSides> of(RunSet set) throws IOException {
        Map<@Nullable Integer, Map<Kind, RunSet.Group>> byThreads = new LinkedHashMap<>();
        for (RunSet.Group group : set.groups()) {
            if (!group.recordings().isEmpty()) {
                byThreads.computeIfAbsent(group.threads(), unused -> new EnumMap<>(Kind.class)).put(group.configuration().kind(), group);
            }
        }
        List<SetSides> all = new ArrayList<>();
        for (Map.Entry<@Nullable Integer, Map<Kind, RunSet.Group>> entry : byThreads.entrySet()) {
            Map<Kind, RunSet.Group> groups = entry.getValue();
            boolean baseline = groups.containsKey(Kind.GIL_BUILD) || groups.containsKey(Kind.FREE_THREADED_GIL_ON);
            if (baseline && groups.containsKey(Kind.FREE_THREADED)) {
                List<Side> sides = SideReader.read(groups.values().stream().map(RunSet.Group::recordings).toList());
                all.add(new SetSides(entry.getKey(), sides.getFirst(), sides.getLast(), sides.size() > 2 ? sides.get(1) : null));
            }
        }
        return all;
    }

    /** How the runs that are not whole ended, a line each. */
    public static List<String> failures(RunSet set) {
        return set.runs().stream()
                .filter(run -> run.outcome().message() != null)
                .map(run -> run.step().label(set.plan().repeats()) + ": " + run.outcome().message())
                .toList();
    }
}

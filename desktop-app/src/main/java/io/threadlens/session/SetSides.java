package io.threadlens.session;

import io.threadlens.comparison.Side;
import io.threadlens.session.Configuration.Kind;
import java.io.IOException;
import java.nio.file.Path;
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
    /**
     * The recordings of the same.
     *
     * @param sides a's, then those with the GIL on where that is not a, then b's; at least one of each
     */
    public record Recordings(@Nullable Integer threads, List<List<Path>> sides) {
        /** The first of a. */
        public Path a() {
            return sides.getFirst().getFirst();
        }

        /** The first of b. */
        public Path b() {
            return sides.getLast().getFirst();
        }
    }

    /** By thread count; counts at which one of the two has no run to be compared are left out. Reads the recordings. */
    public static List<SetSides> of(RunSet set) throws IOException {
        List<SetSides> all = new ArrayList<>();
        for (Recordings recordings : recordings(set)) {
            List<Side> sides = SideReader.read(recordings.sides());
            all.add(new SetSides(recordings.threads(), sides.getFirst(), sides.getLast(), sides.size() > 2 ? sides.get(1) : null));
        }
        return all;
    }

    /** The same without reading any. */
    public static List<Recordings> recordings(RunSet set) {
        Map<@Nullable Integer, Map<Kind, List<Path>>> byThreads = new LinkedHashMap<>();
        for (RunSet.Group group : set.groups()) {
            if (!group.recordings().isEmpty()) {
                byThreads.computeIfAbsent(group.threads(), unused -> new EnumMap<>(Kind.class)).put(group.configuration().kind(), group.recordings());
            }
        }
        List<Recordings> all = new ArrayList<>();
        byThreads.forEach((threads, groups) -> {
            boolean baseline = groups.containsKey(Kind.GIL_BUILD) || groups.containsKey(Kind.FREE_THREADED_GIL_ON);
            if (baseline && groups.containsKey(Kind.FREE_THREADED)) {
                all.add(new Recordings(threads, List.copyOf(groups.values())));
            }
        });
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

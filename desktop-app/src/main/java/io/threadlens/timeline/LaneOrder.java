package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of the lanes: which threads, in what order, together with which others. A value; {@link LaneArranger} makes lanes of it.
 *
 * @param search   words that a thread's name or native id must have
 * @param pinned   threads that stay at the top, in that order
 * @param hidden   threads that are not shown
 * @param open     keys of the groups whose threads are shown below them
 * @param calls    opened threads, and how many rows of calls each has
 * @param spent    which state a thread must have been in; null for any
 * @param function part of the name of a function that must have been on a thread's stack; empty for any
 */
public record LaneOrder(
        Grouping grouping,
        Sorting sorting,
        String search,
        List<Integer> pinned,
        Set<Integer> hidden,
        Set<String> open,
        Map<Integer, Integer> calls,
        @Nullable Spent spent,
        String function) {
    public static final LaneOrder DEFAULT =
            new LaneOrder(Grouping.NONE, Sorting.START, "", List.of(), Set.of(), Set.of(), Map.of(), null, "");

    /** What makes threads a group. */
    public enum Grouping {
        NONE,
        /** The same name but for the number in it. */
        NAME,
        /** The same function of the program's own that they were started with. */
        ROLE
    }

    /**
     * What comes first.
     *
     * @param state of {@link By#STATE}: the time in it; else null
     */
    public record Sorting(By by, @Nullable ThreadState state) {
        public static final Sorting START = new Sorting(By.START, null);
        public static final Sorting NAME = new Sorting(By.NAME, null);
        public static final Sorting CPU = new Sorting(By.CPU, null);

        public enum By {
            START,
            NAME,
            CPU,
            STATE
        }

        public static Sorting by(ThreadState state) {
            return new Sorting(By.STATE, state);
        }

        /** Whether the order depends on the range. */
        public boolean isOfTime() {
            return by == By.CPU || by == By.STATE;
        }
    }

    /**
     * Only threads that were in a state.
     *
     * @param leastShare of a thread's life within the range; 0 for any time at all
     */
    public record Spent(ThreadState state, double leastShare) {}

    public LaneOrder {
        pinned = List.copyOf(pinned);
        hidden = Set.copyOf(hidden);
        open = Set.copyOf(open);
        calls = Map.copyOf(calls);
    }

    /** Whether what comes out depends on the range, and on what is recorded of it. */
    public boolean isOfTime() {
        return sorting.isOfTime() || spent != null || !function.isEmpty();
    }

    public LaneOrder grouped(Grouping by) {
        return new LaneOrder(by, sorting, search, pinned, hidden, Set.of(), calls, spent, function);
    }

    public LaneOrder sorted(Sorting by) {
        return new LaneOrder(grouping, by, search, pinned, hidden, open, calls, spent, function);
    }

    public LaneOrder searching(String words) {
        return new LaneOrder(grouping, sorting, words, pinned, hidden, open, calls, spent, function);
    }

    public LaneOrder spending(@Nullable Spent only) {
        return new LaneOrder(grouping, sorting, search, pinned, hidden, open, calls, only, function);
    }

    public LaneOrder calling(String name) {
        return new LaneOrder(grouping, sorting, search, pinned, hidden, open, calls, spent, name);
    }

    /** With a thread at the top, or no longer there. */
    public LaneOrder pinning(int thread, boolean atTop) {
        List<Integer> now = new ArrayList<>(pinned);
        now.remove((Integer) thread);
        if (atTop) {
            now.add(thread);
        }
        return new LaneOrder(grouping, sorting, search, now, hidden, open, calls, spent, function);
    }

    /** Hides these threads instead of those that are hidden. */
    public LaneOrder hiding(Set<Integer> threads) {
        return new LaneOrder(grouping, sorting, search, pinned, threads, open, calls, spent, function);
    }

    public LaneOrder opening(String group, boolean isOpen) {
        Set<String> now = new HashSet<>(open);
        if (isOpen) {
            now.add(group);
        } else {
            now.remove(group);
        }
        return new LaneOrder(grouping, sorting, search, pinned, hidden, now, calls, spent, function);
    }

    /** With so many rows of calls below a thread's states; 0 closes it. */
    public LaneOrder showingCalls(int thread, int rows) {
        Map<Integer, Integer> now = new HashMap<>(calls);
        if (rows > 0) {
            now.put(thread, rows);
        } else {
            now.remove(thread);
        }
        return new LaneOrder(grouping, sorting, search, pinned, hidden, open, now, spent, function);
    }
}

package io.threadlens.timeline;

import java.util.List;

/** A row of the timeline. */
public sealed interface Lane {
    /** The threads whose time it shows, by number. */
    List<Integer> threads();

    /**
     * One thread.
     *
     * @param nested whether it stands below the lane of its group
     * @param calls  rows for its calls below its states; 0 where it is not opened
     */
    record OfThread(int thread, boolean nested, int calls) implements Lane {
        @Override
        public List<Integer> threads() {
            return List.of(thread);
        }
    }

    /**
     * Several threads together. Their own lanes follow where it is open.
     *
     * @param key what stays the same when the group grows
     */
    record OfGroup(String key, String name, List<Integer> threads, boolean open) implements Lane {
        public OfGroup {
            threads = List.copyOf(threads);
        }
    }
}

package io.threadlens.analysis;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a recording is counted.
 *
 * @param threads by number; null for all
 * @param moments ticks; null for all
 */
public record Part(TimeRange range, @Nullable Set<Integer> threads, @Nullable Moments moments) {
    /** All threads at all moments of a range. */
    public static Part of(TimeRange range) {
        return new Part(range, null, null);
    }

    /** The same of one thread. */
    public Part of(int thread) {
        return new Part(range, Set.of(thread), moments);
    }

    boolean has(int thread) {
        return threads == null || threads.contains(thread);
    }
}

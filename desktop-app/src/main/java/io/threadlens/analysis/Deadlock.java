package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A circle of threads each of which waits for a lock that the next one holds. Nothing in it will move again.
 *
 * @param links   from thread to thread; the holder of the last is the waiter of the first
 * @param seconds for how long it has stood still
 */
public record Deadlock(List<Link> links, double seconds) {

    /**
     * @param waiter    number of a thread
     * @param lock      what it waits for
     * @param waitStack where it waits, −1 unknown
     * @param holder    who holds that lock
     * @param holdStack that thread's stack up to the call that holds it, where it took it, −1 unknown
     * @param waitPlace and {@code holdPlace}: the innermost calls of these that are not the standard library's; null unknown
     */
    public record Link(
            int waiter, int lock, String label, int waitStack, @Nullable Frame waitPlace, int holder, int holdStack, @Nullable Frame holdPlace) {}
}

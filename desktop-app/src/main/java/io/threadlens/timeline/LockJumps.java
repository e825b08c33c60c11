package io.threadlens.timeline;

import io.threadlens.recording.Recording.Hold;
import io.threadlens.recording.Recording.Wait;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a waiter to whom it waits for, and back. */
public final class LockJumps {
    private LockJumps() {}

    /** Who held a lock at a moment; of several the one whose call is known. Null where nobody was seen to. */
    public static @Nullable Hold holder(HoldIndex holds, int lock, long ns) {
        return holds.holdersOf(lock, ns).stream().max(Comparator.comparing(hold -> hold.stack() >= 0)).orElse(null);
    }

    /**
     * The next who waits because of a thread: one that waits for a lock the thread holds, else the first that will while it holds it; of a thread that waits itself, the
     * next that waits for the same. Null where there is none.
     */
    public static @Nullable Wait waiter(WaitIndex waits, HoldIndex holds, int thread, long ns) {
        List<Hold> held = holds.heldBy(thread, ns);
        for (Hold hold : held) {
            for (Wait wait : waits.waitersAt(hold.lock(), ns)) {
                if (wait.thread() != thread && waits.locks().get(wait.lock()).isContention()) {
                    return wait;
                }
            }
        }
        Wait own = waits.contentionAt(thread, ns);
        if (own != null) {
            return after(waits.waitersAt(own.lock(), ns), thread);
        }
        Wait first = null;
        for (Hold hold : held) {
            Wait next = waits.nextFor(hold.lock(), ns, hold.end());
            if (next != null && (first == null || next.start() < first.start()) && waits.locks().get(next.lock()).isContention()) {
                first = next;
            }
        }
        return first;
    }

    /** The one that comes after a thread's, the first again after the last; null where it is the only one. */
    private static @Nullable Wait after(List<Wait> waiters, int thread) {
        for (int i = 0; i < waiters.size(); i++) {
            if (waiters.get(i).thread() == thread) {
                Wait next = waiters.get((i + 1) % waiters.size());
                return next.thread() == thread ? null : next;
            }
        }
        return null;
    }
}

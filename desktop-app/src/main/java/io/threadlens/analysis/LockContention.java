package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lock that threads waited for: who, where, for how long, and who held it meanwhile. Times are seconds of threads × time, counted at the ticks.
 *
 * @param lock           its number in the recording
 * @param type           {@code "threading.Lock"}, {@code "dict"} …
 * @param label          a name that a person knows, else type and address
 * @param waits          separate waits that were seen
 * @param longestSeconds the longest of them; of those that began before the recording, what lies within
 * @param spinSeconds    of the time waited, what was spent on a core, asking for the lock again and again
 * @param confidence     0 to 1, from the number of ticks this rests on and how the holders are known
 * @param waiters        by thread and stack, most time first
 * @param holders        by thread and stack, most time first; time that nobody was seen to hold it is in none
 * @param meetings       which waiting stack met which holding stack, most time first
 */
public record LockContention(
        int lock,
        FindingClass kind,
        @Nullable String type,
        String label,
        double waitSeconds,
        int waits,
        double longestSeconds,
        double spinSeconds,
        double confidence,
        List<Waiter> waiters,
        List<Holder> holders,
        List<Meeting> meetings) {

    /**
     * @param thread number of the thread
     * @param stack  where it waits
     * @param place  the innermost call of that stack that is not the standard library's, or the innermost
     */
    public record Waiter(int thread, int stack, @Nullable Frame place, double seconds) {}

    /**
     * @param stack      the holder's stack up to the call that holds the lock, or its whole stack where that is not known; −1 unknown
     * @param place      the call that holds it, at the line it executed
     * @param seconds    of waits for it while this thread held it there
     * @param confidence 0 to 1
     * @param inferred   it was not seen to hold the lock, but was the last to get it, and is still in the function that waited
     */
    public record Holder(int thread, int stack, @Nullable Frame place, double seconds, double confidence, boolean inferred) {}

    /** Two stacks that met at the lock; {@code holder} and {@code holderStack} −1 where nobody was seen to hold it. */
    public record Meeting(int waiter, int waiterStack, int holder, int holderStack, double seconds) {}
}

package io.threadlens.analysis;

import java.util.List;

/**
 * Locks that threads take in orders which contradict each other: with bad luck each thread has one and waits for the next one's. It need not have happened.
 *
 * @param steps what one thread after the other was seen to do; each takes the lock that the next one holds already, the last the first one's
 * @param ticks at which the rarest of the steps was seen
 */
public record Inversion(List<Step> steps, long ticks) {

    /**
     * A thread had a lock and took another, or waited for it.
     *
     * @param heldStack  the thread's stack up to the call that held the first lock, −1 unknown
     * @param takenStack its stack up to the call that held, or waited for, the second
     */
    public record Step(int thread, int held, int heldStack, int taken, int takenStack) {}
}

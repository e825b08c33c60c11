package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * What one thread was seen to do at one moment, and since when and until when no tick saw it in another state.
 *
 * @param tickNs  when the tick began that saw it
 * @param startNs beginning of the stretch in this state; the stack may have changed within it
 * @param endNs   its end
 */
public record SampleAt(int thread, long tickNs, ThreadState state, int flags, int core, int stack, long startNs, long endNs) {
    private static final int TRIMMED = 1;
    private static final int TORN = 2;

    /** Whether the innermost calls were left out because they were not certain. */
    public boolean trimmed() {
        return isTrimmed(flags);
    }

    static boolean isTrimmed(int flags) {
        return (flags & TRIMMED) != 0;
    }

    /** Whether the stack was dropped because it did not add up. */
    public boolean torn() {
        return (flags & TORN) != 0;
    }

    /** The sample of a thread at {@code ns}; null where it was not seen then. */
    public static @Nullable SampleAt find(StateTimes times, int thread, long ns) {
        Recording recording = times.recording();
        int tick = times.tickAt(ns);
        if (tick < 0 || ns >= recording.tickEnd(tick)) {
            return null;
        }
        ThreadRows rows = times.rows(thread);
        if (!rows.seek(tick) || tick >= rows.endTick()) {
            return null;
        }
        ThreadState state = rows.state();
        int flags = rows.flags();
        int core = rows.core();
        int stack = rows.stack();
        int first = rows.tick();
        int end = rows.endTick();
        while (rows.next() && rows.state() == state && rows.tick() == end) {
            end = rows.endTick();
        }
        rows.seek(tick);
        while (rows.previous() && rows.state() == state && rows.endTick() == first) {
            first = rows.tick();
        }
        return new SampleAt(
                thread, recording.tickTime(tick), state, flags, core, stack, recording.tickTime(first), recording.tickEnd(end - 1));
    }
}

package io.threadlens.analysis;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;

/** How long the ticks of a stretch of a recording stand for, in running totals: a run's time is one subtraction. */
final class TickTimes {
    private final int firstTick;
    private final long[] until;

    /** Ticks from {@code firstTick} up to but without {@code endTick}. */
    TickTimes(Recording recording, int firstTick, int endTick) {
        this(recording, firstTick, endTick, new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** Of the first and the last tick, only what lies within a range counts. */
    TickTimes(Recording recording, int firstTick, int endTick, TimeRange range) {
        this.firstTick = firstTick;
        until = new long[endTick - firstTick + 1];
        for (int i = 0; i < endTick - firstTick; i++) {
            int tick = firstTick + i;
            long start = Math.max(range.startNs(), recording.tickTime(tick));
            long end = Math.min(range.endNs(), recording.tickEnd(tick));
            until[i + 1] = until[i] + Math.max(0, end - start);
        }
    }

    /** Time of {@code count} ticks from {@code tick} on, ns. */
    long of(int tick, int count) {
        return until[tick - firstTick + count] - until[tick - firstTick];
    }
}

package io.threadlens.analysis;

import io.threadlens.recording.Recording;

/** How long the ticks of a stretch of a recording stand for, in running totals: a run's time is one subtraction. */
final class TickTimes {
    private final int firstTick;
    private final long[] until;

    /** Ticks from {@code firstTick} up to but without {@code endTick}. */
    TickTimes(Recording recording, int firstTick, int endTick) {
        this.firstTick = firstTick;
        until = new long[endTick - firstTick + 1];
        for (int i = 0; i < endTick - firstTick; i++) {
            int tick = firstTick + i;
            until[i + 1] = until[i] + recording.tickEnd(tick) - recording.tickTime(tick);
        }
    }

    /** Time of {@code count} ticks from {@code tick} on, ns. */
    long of(int tick, int count) {
        return until[tick - firstTick + count] - until[tick - firstTick];
    }
}

package io.threadlens.analysis;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;

/** How long the ticks of a stretch of a recording stand for, in running totals: a run's time is one subtraction. */
final class TickTimes {
    private final int firstTick;
    private final long[] until;

    /** Ticks from {@code firstTick} up to but without {@code endTick}. */
    TickTimes(Recording recording, int firstTick, int endTick) {
        this(recording, firstTick, endTick, Part.of(new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    /** Of the first and the last tick, only what lies within the part's range counts; of the others, the part's moments. */
    TickTimes(Recording recording, int firstTick, int endTick, Part part) {
        this.firstTick = firstTick;
        until = new long[endTick - firstTick + 1];
        Moments moments = part.moments();
        if (moments == null) {
            take(recording, firstTick, endTick, part.range());
        } else {
            moments.visit(firstTick, endTick, (from, to) -> take(recording, from, to, part.range()));
        }
        for (int i = 1; i < until.length; i++) {
            until[i] += until[i - 1];
        }
    }

    private void take(Recording recording, int from, int to, TimeRange range) {
        for (int tick = from; tick < to; tick++) {
            long start = Math.max(range.startNs(), recording.tickTime(tick));
            long end = Math.min(range.endNs(), recording.tickEnd(tick));
            until[tick - firstTick + 1] = Math.max(0, end - start);
        }
    }

    /** Time of {@code count} ticks from {@code tick} on, ns. */
    long of(int tick, int count) {
        return until[tick - firstTick + count] - until[tick - firstTick];
    }
}

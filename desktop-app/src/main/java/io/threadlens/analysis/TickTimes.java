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
        long[] all = durations(recording, firstTick, endTick, part.range());
        until = new long[all.length + 1];
        Moments moments = part.moments();
        if (moments == null) {
            System.arraycopy(all, 0, until, 1, all.length);
        } else {
            moments.visit(firstTick, endTick, (from, to) -> System.arraycopy(all, from - firstTick, until, from - firstTick + 1, to - from));
        }
        for (int i = 1; i < until.length; i++) {
            until[i] += until[i - 1];
        }
    }

    private static long[] durations(Recording recording, int first, int end, TimeRange range) {
        long[] times = new long[end - first];
        recording.tickTimes(first, times, times.length);
        long most = 2 * recording.info().periodNs();
        for (int i = 0; i < times.length; i++) {
            long until = i + 1 < times.length ? Math.min(times[i + 1], times[i] + most) : recording.tickEnd(end - 1);
            times[i] = Math.max(0, Math.min(range.endNs(), until) - Math.max(range.startNs(), times[i]));
        }
        return times;
    }

    /** Time of {@code count} ticks from {@code tick} on, ns. */
    long of(int tick, int count) {
        return until[tick - firstTick + count] - until[tick - firstTick];
    }
}

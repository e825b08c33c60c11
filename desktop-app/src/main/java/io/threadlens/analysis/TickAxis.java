package io.threadlens.analysis;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ticks that a range touches, as times, for counting what went on from one tick to another. Ticks have the recording's numbers. Immutable. */
final class TickAxis {
    private static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private final int first;
    private final long[] time;
    private final long[] timeEnd;
    private final TimeRange range;
    /** The ticks that count; null for all. */
    private final @Nullable Moments moments;

    private TickAxis(int first, long[] time, long[] timeEnd, TimeRange range, @Nullable Moments moments) {
        this.first = first;
        this.time = time;
        this.timeEnd = timeEnd;
        this.range = range;
        this.moments = moments;
    }

    static TickAxis of(Recording recording) {
        return of(recording, ALL);
    }

    static TickAxis of(Recording recording, TimeRange range) {
        return of(recording, range, null);
    }

    /** Ticks that are not among the moments have no time. */
    static TickAxis of(Recording recording, TimeRange range, @Nullable Moments moments) {
        int first = Math.max(0, recording.tickAt(range.startNs()));
        int end = Math.min(recording.tickCount(), recording.tickAt(range.endNs()) + 1);
        int count = Math.max(0, end - first);
        long[] time = new long[count];
        long[] timeEnd = new long[count];
        for (int i = 0; i < count; i++) {
            time[i] = recording.tickTime(first + i);
            timeEnd[i] = recording.tickEnd(first + i);
        }
        return new TickAxis(first, time, timeEnd, range, moments);
    }

    boolean isEmpty() {
        return time.length == 0;
    }

    int first() {
        return first;
    }

    /** One past the last tick. */
    int end() {
        return first + time.length;
    }

    /** When the first tick began, or the range. */
    long startNs() {
        return inRange(time[0]);
    }

    /** Until when the last tick speaks, or the range goes. */
    long endNs() {
        return inRange(timeEnd[time.length - 1]);
    }

    long time(int tick) {
        return time[tick - first];
    }

    /** The first tick that began at or after {@code ns}; {@link #end()} where there is none. */
    int from(long ns) {
        int at = Arrays.binarySearch(time, ns);
        return first + (at >= 0 ? at : -at - 1);
    }

    /**
     * Time of something that went on at the ticks from {@code from} to {@code to}, ns. It went on between them as well, seen or not.
     *
     * @param last the tick after the last at which it was seen; at that one, {@code to} or later, it had gone on until {@code to}
     */
    long between(int from, int to, int last) {
        if (moments == null) {
            return passed(from, to, last);
        }
        long[] sum = {0};
        moments.visit(from, to, (start, end) -> sum[0] += passed(start, end, last));
        return sum[0];
    }

    private long passed(int from, int to, int last) {
        if (from >= to) {
            return 0;
        }
        long end = to < last ? time(to) : timeEnd[to - 1 - first];
        return Math.max(0, inRange(end) - inRange(time(from)));
    }

    /** Time of something that was seen at the ticks from {@code from} up to, but without, {@code to}, ns. */
    long seen(int from, int to) {
        return between(from, to, to);
    }

    private long inRange(long ns) {
        return Math.clamp(ns, range.startNs(), range.endNs());
    }
}

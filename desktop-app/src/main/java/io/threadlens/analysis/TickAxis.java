package io.threadlens.analysis;

import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * The ticks that a range touches, as times, for counting what went on from one tick to another. Ticks have the recording's numbers, and their times are read
 * where they lie. Of a live recording, as it was when this was made.
 */
final class TickAxis {
    private static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private final Recording recording;
    private final int first;
    private final int end;
    /** Until when the last tick speaks: of a live recording that changes when another one comes. */
    private final long lastEnd;
    private final TimeRange range;
    /** The ticks that count; null for all. */
    private final @Nullable Moments moments;

    private TickAxis(Recording recording, int first, int end, TimeRange range, @Nullable Moments moments) {
        this.recording = recording;
        this.first = first;
        this.end = end;
        this.lastEnd = first < end ? recording.tickEnd(end - 1) : 0;
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
        return new TickAxis(recording, first, Math.max(first, end), range, moments);
    }

    boolean isEmpty() {
        return first == end;
    }

    int first() {
        return first;
    }

    /** One past the last tick. */
    int end() {
        return end;
    }

    /** When the first tick began, or the range. */
    long startNs() {
        return inRange(time(first));
    }

    /** Until when the last tick speaks, or the range goes. */
    long endNs() {
        return inRange(lastEnd);
    }

    long time(int tick) {
        return recording.tickTime(tick);
    }

    /** The first tick that began at or after {@code ns}; {@link #end()} where there is none. */
    int from(long ns) {
        int at = recording.tickAt(ns);
        return Math.clamp(at >= 0 && recording.tickTime(at) == ns ? at : at + 1, first, end);
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
        long until = to < last ? time(to) : to == end ? lastEnd : recording.tickEnd(to - 1);
        return Math.max(0, inRange(until) - inRange(time(from)));
    }

    /** Time of something that was seen at the ticks from {@code from} up to, but without, {@code to}, ns. */
    long seen(int from, int to) {
        return between(from, to, to);
    }

    private long inRange(long ns) {
        return Math.clamp(ns, range.startNs(), range.endNs());
    }
}

package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import java.util.Arrays;

/**
 * Which parts of a recording were looked at. A tick speaks for the time up to the next one, but not for ever: where the sampler
 * was held up a gap remains that nobody saw. {@link #until} counts the seen time only, so that a run of many ticks is two look-ups.
 *
 * <p>Immutable; {@link #grow} gives a newer one.
 */
final class SeenTime {
    private final Recording recording;
    private final int ticks;
    private final long firstNs;
    private final long endNs;
    /** The gaps: from, to, and how much gap there was before each. */
    private final long[] gapStart;

    private final long[] gapEnd;
    private final long[] gapsBefore;

    private SeenTime(Recording recording, int ticks, long[] gapStart, long[] gapEnd, long[] gapsBefore) {
        this.recording = recording;
        this.ticks = ticks;
        this.firstNs = ticks == 0 ? 0 : recording.tickTime(0);
        this.endNs = ticks == 0 ? 0 : recording.tickEnd(ticks - 1);
        this.gapStart = gapStart;
        this.gapEnd = gapEnd;
        this.gapsBefore = gapsBefore;
    }

    static SeenTime of(Recording recording) {
        return new SeenTime(recording, 0, new long[0], new long[0], new long[0]).grow();
    }

    /** The same with the ticks that came since. */
    SeenTime grow() {
        int now = recording.tickCount();
        if (now == ticks) {
            return this;
        }
        int count = gapStart.length;
        // Full to the brim, so the first gap that is added copies them: the older snapshot keeps its own.
        long[] start = gapStart;
        long[] end = gapEnd;
        long[] before = gapsBefore;
        // A gap is known only when the tick after it is there.
        for (int i = Math.max(0, ticks - 1); i + 1 < now; i++) {
            long from = recording.tickEnd(i);
            long to = recording.tickTime(i + 1);
            if (from < to) {
                if (count == start.length) {
                    int room = Math.max(16, count + count / 2);
                    start = Arrays.copyOf(start, room);
                    end = Arrays.copyOf(end, room);
                    before = Arrays.copyOf(before, room);
                }
                start[count] = from;
                end[count] = to;
                before[count] = count == 0 ? 0 : before[count - 1] + end[count - 1] - start[count - 1];
                count++;
            }
        }
        return new SeenTime(recording, now, Arrays.copyOf(start, count), Arrays.copyOf(end, count), Arrays.copyOf(before, count));
    }

    int ticks() {
        return ticks;
    }

    /** When the first tick began. */
    long firstNs() {
        return firstNs;
    }

    /** Until when the last tick speaks. */
    long endNs() {
        return endNs;
    }

    /** The first gap that ends after {@code ns}; {@link #gaps} where there is none. */
    int gapAfter(long ns) {
        int gap = Arrays.binarySearch(gapEnd, ns);
        return gap >= 0 ? gap + 1 : -gap - 1;
    }

    int gaps() {
        return gapStart.length;
    }

    long gapStart(int gap) {
        return gapStart[gap];
    }

    long gapEnd(int gap) {
        return gapEnd[gap];
    }

    /** How much was seen from the first tick up to {@code ns}. */
    long until(long ns) {
        if (ns <= firstNs) {
            return 0;
        }
        long at = Math.min(ns, endNs);
        if (gapStart.length == 0) {
            return at - firstNs;
        }
        int gap = Arrays.binarySearch(gapStart, at);
        if (gap < 0) {
            gap = -gap - 2;
        }
        if (gap < 0) {
            return at - firstNs;
        }
        return at - firstNs - gapsBefore[gap] - (Math.min(at, gapEnd[gap]) - gapStart[gap]);
    }
}

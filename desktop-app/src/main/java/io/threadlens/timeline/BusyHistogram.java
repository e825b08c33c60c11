package io.threadlens.timeline;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.Arrays;

/**
 * For how long how many cores were busy in a stretch of time.
 *
 * @param ns seen time by number of busy cores; at the last, which is the number of cores of the machine, also what seemed to be more: threads are looked
 *     at one after another, and one that takes over a core meanwhile counts twice
 */
public record BusyHistogram(long[] ns) {
    /** @param cores of the machine */
    public static BusyHistogram of(BusySteps steps, StateTimes times, TimeRange range, int cores) {
        Recording recording = times.recording();
        long[] ns = new long[cores + 1];
        int from = Math.max(0, recording.tickAt(range.startNs()));
        int to = Math.min(steps.ticks(), recording.tickAt(range.endNs()) + 1);
        steps.visit(from, to, (start, end, busy) -> {
            long begin = Math.max(range.startNs(), recording.tickTime(start));
            long until = Math.min(range.endNs(), recording.tickEnd(end - 1));
            ns[Math.min(busy, cores)] += times.seenBetween(begin, until);
        });
        return new BusyHistogram(ns);
    }

    /** All seen time, ns. */
    public long whole() {
        return Arrays.stream(ns).sum();
    }

    /** Busy cores on average over the seen time. */
    public double mean() {
        double sum = 0;
        for (int busy = 0; busy < ns.length; busy++) {
            sum += (double) busy * ns[busy];
        }
        long whole = whole();
        return whole == 0 ? 0 : sum / whole;
    }
}

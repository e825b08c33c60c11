package io.threadlens.synthetic;

import io.threadlens.recording.RecordingWriter;
import java.util.SplittableRandom;

/** The ticks of a made-up recording, a batch at a time: a little early or late each, and now and then some are missing. */
final class Clock {
    /** A tick is early or late by at most a so-manieth of a period. */
    private static final int JITTER = 20;
    /** One tick in so many comes after a gap. */
    private static final int GAP_EVERY = 50_000;

    private static final int LONGEST_GAP = 40;
    private static final long FIRST_NS = 1_000_000_000L;

    private final SplittableRandom random;
    private final long periodNs;
    private final int ticks;
    /** Of the batch and the tick after it: when each begins, how many were missed before it, how much of the batch was seen before it. */
    private final long[] time;

    private final int[] missed;
    private final long[] seen;
    private int first;
    private int count;
    private long due = FIRST_NS;

    /** @param ticksPerBatch the longest batch there will be */
    Clock(Workload workload, int ticksPerBatch, SplittableRandom random) {
        this.random = random;
        periodNs = workload.periodNs();
        ticks = workload.ticks();
        time = new long[ticksPerBatch + 1];
        missed = new int[ticksPerBatch + 1];
        seen = new long[ticksPerBatch + 1];
        time[0] = FIRST_NS;
    }

    /** Goes on to the next {@code n} ticks and writes them. */
    void next(int n, RecordingWriter writer) {
        time[0] = time[count];
        missed[0] = missed[count];
        first += count;
        count = n;
        for (int i = 1; i <= n; i++) {
            boolean isLast = first + i == ticks;
            missed[i] = !isLast && random.nextInt(GAP_EVERY) == 0 ? 3 + random.nextInt(LONGEST_GAP - 2) : 0;
            due += (1 + missed[i]) * periodNs;
            // Behind the last tick there is none: it speaks for one period.
            time[i] = isLast ? time[i - 1] + periodNs : due + random.nextLong(-periodNs / JITTER, periodNs / JITTER + 1);
            seen[i] = seen[i - 1] + Math.min(time[i] - time[i - 1], 2 * periodNs);
        }
        for (int i = 0; i < n; i++) {
            writer.tick(time[i], missed[i]);
        }
    }

    int firstTick() {
        return first;
    }

    int endTick() {
        return first + count;
    }

    /** When a tick of the batch begins, or the one after it. */
    long time(int tick) {
        return time[tick - first];
    }

    /** The time that the ticks from one of the batch up to, but without, another speak for. */
    long seen(int from, int to) {
        return seen[to - first] - seen[from - first];
    }

    long periodNs() {
        return periodNs;
    }
}

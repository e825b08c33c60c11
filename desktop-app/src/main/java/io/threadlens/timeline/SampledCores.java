package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Who was on which core, estimated from samples: a thread that was seen on a core is taken to have been there until the next tick. Where two were
 * seen on one core at the same tick, the one that came there last is believed.
 */
final class SampledCores {
    /** Is told a thread on a core; those of one core in order of time. */
    interface Target {
        void slice(int core, int thread, long startNs, long endNs);
    }

    /** Flag of a sample: it waits for a lock, and spins on a core meanwhile. */
    private static final int SPINS = 4;

    private record Run(int thread, int from, int to) {}

    private final Recording recording;
    private final SeenTime seen;
    private final Target target;

    SampledCores(Recording recording, SeenTime seen, Target target) {
        this.recording = recording;
        this.seen = seen;
        this.target = target;
    }

    /** @param threads those with a higher number are left out */
    void read(SampleChunk chunk, int threads) {
        int[] threadOf = new int[chunk.rows()];
        Arrays.fill(threadOf, -1);
        for (int thread = 0; thread < threads; thread++) {
            Arrays.fill(threadOf, chunk.firstRow(thread), chunk.endRow(thread), thread);
        }
        int[] counts = new int[1];
        for (int row = 0; row < threadOf.length; row++) {
            int core = coreOf(chunk, row, threadOf);
            if (core >= 0) {
                counts = core < counts.length ? counts : Arrays.copyOf(counts, core + 1);
                counts[core]++;
            }
        }
        for (int core = 0; core < counts.length; core++) {
            if (counts[core] > 0) {
                read(chunk, threadOf, core, counts[core]);
            }
        }
    }

    /** The core that a row has a thread on; −1 where it was on none, or nobody knows on which. */
    private static int coreOf(SampleChunk chunk, int row, int[] threadOf) {
        boolean onCore = ThreadState.of(chunk.state(row)).isBusy() || (chunk.flags(row) & SPINS) != 0;
        return threadOf[row] >= 0 && onCore ? chunk.core(row) : -1;
    }

    private void read(SampleChunk chunk, int[] threadOf, int core, int count) {
        long[] order = new long[count];
        int n = 0;
        for (int row = 0; row < threadOf.length; row++) {
            if (coreOf(chunk, row, threadOf) == core) {
                order[n++] = (long) chunk.tick(row) << 32 | row;
            }
        }
        Arrays.sort(order);
        // Those that have come and are not over, the latest first; all of the time before `done` is told.
        Deque<Run> present = new ArrayDeque<>();
        int done = 0;
        for (long next : order) {
            int row = (int) next;
            int from = chunk.tick(row);
            tell(core, present, done, from);
            done = from;
            present.push(new Run(threadOf[row], from, from + chunk.count(row)));
        }
        tell(core, present, done, Integer.MAX_VALUE);
    }

    /** Tells who was there between two ticks. */
    private void tell(int core, Deque<Run> present, int from, int to) {
        int at = from;
        while (!present.isEmpty() && at < to) {
            Run latest = present.peek();
            int end = Math.min(to, latest.to());
            if (at < end) {
                tell(core, latest.thread(), at, end);
                at = end;
            }
            if (latest.to() <= to) {
                present.pop();
            }
        }
    }

    /** Time that nobody saw is left out. */
    private void tell(int core, int thread, int fromTick, int toTick) {
        long start = recording.tickTime(fromTick);
        long end = recording.tickEnd(toTick - 1);
        for (int gap = seen.gapAfter(start); gap < seen.gaps() && seen.gapStart(gap) < end; gap++) {
            target.slice(core, thread, start, seen.gapStart(gap));
            start = seen.gapEnd(gap);
        }
        target.slice(core, thread, start, end);
    }
}

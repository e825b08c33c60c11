package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For how long how many threads were on a core at the same time, exact from the runs. Runs may be added in any order within what is still open;
 * {@link #settle} closes the ticks before a given one, so that memory is that of a few seconds, not of the recording.
 */
final class BusyCount {
    private final Recording recording;
    /** No more than this many can be busy: threads are looked at one after another, and one that takes over a core meanwhile would count twice. */
    private final int cores;

    private int firstOpen;
    /** At each open tick, by how many more (or less) threads are busy than at the one before. */
    private int[] change = new int[1024];
    private int busy;
    private long[] nsAt = new long[8];

    BusyCount(Recording recording) {
        this.recording = recording;
        this.cores = recording.info().process().cores();
    }

    /** The first tick that a chunk or any after it speaks of, for each chunk: before it nothing will change. */
    static int[] settledBefore(List<SampleChunk> chunks) {
        int[] settled = new int[chunks.size()];
        int first = Integer.MAX_VALUE;
        for (int i = settled.length - 1; i >= 0; i--) {
            first = Math.min(first, chunks.get(i).firstTick());
            settled[i] = first;
        }
        return settled;
    }

    void add(int tick, int count) {
        int end = tick - firstOpen + count;
        if (end >= change.length) {
            change = Arrays.copyOf(change, Math.max(end + 1, change.length * 2));
        }
        change[tick - firstOpen]++;
        change[end]--;
    }

    /** No run that begins before {@code tick} will come. */
    void settle(int tick) {
        int n = tick - firstOpen;
        for (int i = 0; i < n; i++) {
            busy += i < change.length ? change[i] : 0;
            int atOnce = Math.min(busy, cores);
            if (atOnce >= nsAt.length) {
                nsAt = Arrays.copyOf(nsAt, atOnce * 2);
            }
            nsAt[atOnce] += recording.tickEnd(firstOpen + i) - recording.tickTime(firstOpen + i);
        }
        int left = Math.max(0, change.length - n);
        System.arraycopy(change, change.length - left, change, 0, left);
        Arrays.fill(change, left, change.length, 0);
        firstOpen = tick;
    }

    Report.BusyCores result() {
        int most = nsAt.length;
        while (most > 0 && nsAt[most - 1] == 0) {
            most--;
        }
        List<Double> secondsAt = new ArrayList<>();
        double weighted = 0;
        double all = 0;
        for (int k = 0; k < most; k++) {
            double seconds = StateSeconds.seconds(nsAt[k]);
            secondsAt.add(seconds);
            weighted += k * seconds;
            all += seconds;
        }
        return new Report.BusyCores(all == 0 ? 0 : weighted / all, secondsAt);
    }
}

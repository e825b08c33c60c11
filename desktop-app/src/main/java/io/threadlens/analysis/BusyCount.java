package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For how long how many threads were on a core at the same time, and how many more wanted to be, exact from the runs. Runs may be added in any order within what is still
 * open; {@link #settle} closes the ticks before a given one, so that memory is that of a few seconds, not of the recording.
 */
final class BusyCount {
    private final Recording recording;
    /** No more than this many can be busy: threads are looked at one after another, and one that takes over a core meanwhile would count twice. */
    private final int cores;

    private final OpenTicks busy = new OpenTicks();
    private final OpenTicks ready = new OpenTicks();
    private int firstOpen;
    private long[] nsAt = new long[8];
    private long crowdedNs;
    private long wantedNs;
    private long excessNs;

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

    /** A thread was on a core. */
    void addBusy(int tick, int count) {
        busy.add(tick, count);
    }

    /** A thread was ready, without a core. */
    void addReady(int tick, int count) {
        ready.add(tick, count);
    }

    /** No run that begins before {@code tick} will come. */
    void settle(int tick) {
        for (; firstOpen < tick; firstOpen++) {
            long ns = recording.tickEnd(firstOpen) - recording.tickTime(firstOpen);
            int onCore = busy.close();
            int wanted = onCore + ready.close();
            int atOnce = Math.min(onCore, cores);
            if (atOnce >= nsAt.length) {
                nsAt = Arrays.copyOf(nsAt, atOnce * 2);
            }
            nsAt[atOnce] += ns;
            if (wanted > cores) {
                crowdedNs += ns;
                wantedNs += wanted * ns;
                excessNs += (wanted - cores) * ns;
            }
        }
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

    Crowd crowd() {
        return new Crowd(
                StateSeconds.seconds(crowdedNs), crowdedNs == 0 ? 0 : (double) wantedNs / crowdedNs, StateSeconds.seconds(excessNs));
    }

    /**
     * More threads that want a core than there are.
     *
     * @param seconds       for how long
     * @param wanted        how many of them there were then, on average
     * @param excessSeconds time of those that had to do without
     */
    record Crowd(double seconds, double wanted, double excessSeconds) {}
}

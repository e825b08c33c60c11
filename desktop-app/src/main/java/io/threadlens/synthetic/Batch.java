package io.threadlens.synthetic;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The runs of a second. In some seconds there is a pause: whoever is on a core, or wants to be, stands still meanwhile. It also adds up
 * how long each thread was in each state.
 */
final class Batch {
    /** There is a pause in one batch of so many. */
    private static final int PAUSE_EVERY = 5;

    private static final long SHORTEST_PAUSE_NS = 3_000_000;
    private static final long LONGEST_PAUSE_NS = 15_000_000;
    private static final int COLLECTION = 1;

    private final Clock clock;
    private final SplittableRandom random;
    private final long[][] states;
    private int[] thread = new int[4096];
    private int[] tick = new int[4096];
    private int[] count = new int[4096];
    private byte[] state = new byte[4096];
    private byte[] flags = new byte[4096];
    private short[] core = new short[4096];
    private int[] stack = new int[4096];
    private int rows;
    private int pauseFrom;
    private int pauseTo;

    Batch(Clock clock, int threads, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
        states = new long[threads][ThreadState.COUNT];
    }

    /** Time of each thread in each state so far, ns, by {@link ThreadState#code()}. */
    long[][] states() {
        return states;
    }

    int endTick() {
        return clock.endTick();
    }

    /** Begins with the ticks at which the clock is now. */
    void begin(RecordingWriter writer) {
        rows = 0;
        pauseTo = pauseFrom = clock.firstTick();
        int ticks = endTick() - clock.firstTick();
        int length = (int) (random.nextLong(SHORTEST_PAUSE_NS, LONGEST_PAUSE_NS) / clock.periodNs());
        if (random.nextInt(PAUSE_EVERY) == 0 && length > 0 && length < ticks) {
            pauseFrom = clock.firstTick() + random.nextInt(ticks - length);
            pauseTo = pauseFrom + length;
            writer.pause(new Recording.Pause(clock.time(pauseFrom), clock.time(pauseTo), COLLECTION, 0, 0));
        }
    }

    void run(int ofThread, int from, int to, ThreadState as, int onCore, int in) {
        boolean stands = pauseFrom < pauseTo && from < pauseTo && pauseFrom < to && (as.isBusy() || as == ThreadState.RUNNABLE);
        if (!stands) {
            put(ofThread, from, to, as, onCore, in);
            return;
        }
        put(ofThread, from, Math.max(from, pauseFrom), as, onCore, in);
        put(ofThread, Math.max(from, pauseFrom), Math.min(to, pauseTo), ThreadState.PAUSED, -1, in);
        put(ofThread, Math.min(to, pauseTo), to, as, onCore, in);
    }

    private void put(int ofThread, int from, int to, ThreadState as, int onCore, int in) {
        if (from >= to) {
            return;
        }
        if (rows == thread.length) {
            grow();
        }
        thread[rows] = ofThread;
        tick[rows] = from;
        count[rows] = to - from;
        state[rows] = as.code();
        core[rows] = (short) onCore;
        stack[rows] = in;
        rows++;
        states[ofThread][as.code()] += clock.seen(from, to);
    }

    private void grow() {
        int length = 2 * rows;
        thread = Arrays.copyOf(thread, length);
        tick = Arrays.copyOf(tick, length);
        count = Arrays.copyOf(count, length);
        state = Arrays.copyOf(state, length);
        flags = Arrays.copyOf(flags, length);
        core = Arrays.copyOf(core, length);
        stack = Arrays.copyOf(stack, length);
    }

    void writeTo(RecordingWriter writer) {
        writer.samples(
                rows,
                MemorySegment.ofArray(thread),
                MemorySegment.ofArray(tick),
                MemorySegment.ofArray(count),
                MemorySegment.ofArray(state),
                MemorySegment.ofArray(flags),
                MemorySegment.ofArray(core),
                MemorySegment.ofArray(stack));
        long now = clock.time(endTick());
        for (int t = 0; t < states.length; t++) {
            long cpu = states[t][ThreadState.RUNNING.code()] + states[t][ThreadState.NATIVE.code()];
            writer.cpu(new Recording.CpuRow(t, now, cpu, states[t][ThreadState.RUNNABLE.code()]));
        }
    }
}

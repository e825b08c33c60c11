package io.threadlens.timeline;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How many threads were busy at every tick: running or native. One that spins for a lock is on a core as well, but in the state lock, and not busy. Kept as
 * stretches of ticks with the same number.
 *
 * <p>Immutable; {@link #grow} gives a newer one, and of a live recording counts only what is new.
 */
public final class BusySteps {
    /** Is told stretches of ticks, {@code to} excluded. */
    public interface Visitor {
        void stretch(int from, int to, int busy);
    }

    private final Recording recording;
    private final int ticks;
    /** First tick of each stretch, and how many threads are busy in it. */
    private final int[] from;

    private final int[] busy;
    /** How many chunks, from the first, will never change again; no other chunk has a tick before {@code openTick}. */
    private final int settled;

    private final int openTick;

    private BusySteps(Recording recording, int ticks, int[] from, int[] busy, int settled, int openTick) {
        this.recording = recording;
        this.ticks = ticks;
        this.from = from;
        this.busy = busy;
        this.settled = settled;
        this.openTick = openTick;
    }

    public static BusySteps of(Recording recording) {
        return new BusySteps(recording, 0, new int[0], new int[0], 0, 0).grow();
    }

    /** The same with what was recorded since. */
    public BusySteps grow() {
        boolean live = recording.info().live();
        int now = recording.tickCount();
        if (now == ticks && !live && settled > 0) {
            return this;
        }
        List<SampleChunk> chunks = recording.chunks();
        int first = firstTick(chunks, settled, now);
        int kept = Math.min(first, openTick);
        int[] change = new int[Math.max(0, now - kept) + 1];
        for (SampleChunk chunk : chunks) {
            if (chunk.endTick() > kept) {
                count(chunk, kept, now, change);
            }
        }
        int done = live ? Math.max(settled, chunks.size() - 1) : chunks.size();
        return append(kept, now, change, done, firstTick(chunks, done, now));
    }

    /** The first tick that a chunk from {@code index} on speaks of. */
    private static int firstTick(List<SampleChunk> chunks, int index, int ticks) {
        int first = ticks;
        for (int i = index; i < chunks.size(); i++) {
            first = Math.min(first, chunks.get(i).firstTick());
        }
        return first;
    }

    private static void count(SampleChunk chunk, int kept, int ticks, int[] change) {
        int rows = chunk.rows();
        for (int row = 0; row < rows; row++) {
            int start = Math.max(kept, chunk.tick(row));
            int end = Math.min(ticks, chunk.tick(row) + chunk.count(row));
            if (start < end && ThreadState.of(chunk.state(row)).isBusy()) {
                change[start - kept]++;
                change[end - kept]--;
            }
        }
    }

    private BusySteps append(int kept, int now, int[] change, int done, int open) {
        int count = stretchAt(kept - 1) + 1;
        int[] f = Arrays.copyOf(from, count + 64);
        int[] b = Arrays.copyOf(busy, count + 64);
        int threads = 0;
        for (int tick = kept; tick < now; tick++) {
            threads += change[tick - kept];
            if (count > 0 && b[count - 1] == threads) {
                continue;
            }
            if (count == f.length) {
                f = Arrays.copyOf(f, 2 * count);
                b = Arrays.copyOf(b, 2 * count);
            }
            f[count] = tick;
            b[count++] = threads;
        }
        return new BusySteps(recording, now, Arrays.copyOf(f, count), Arrays.copyOf(b, count), done, open);
    }

    /** The stretch a tick is in; −1 before the first. */
    private int stretchAt(int tick) {
        int at = Arrays.binarySearch(from, tick);
        return at >= 0 ? at : -at - 2;
    }

    /** Of how many ticks this tells. */
    public int ticks() {
        return ticks;
    }

    /** The stretches between two ticks, the first and the last cut to them. */
    public void visit(int fromTick, int toTick, Visitor visitor) {
        int end = Math.min(ticks, toTick);
        for (int i = Math.max(0, stretchAt(fromTick)); i < from.length && from[i] < end; i++) {
            int start = Math.max(fromTick, from[i]);
            int stop = Math.min(end, i + 1 < from.length ? from[i + 1] : ticks);
            if (start < stop) {
                visitor.stretch(start, stop, busy[i]);
            }
        }
    }

    /** The ticks at which a number of threads were busy that {@code wanted} accepts. */
    public Moments moments(IntPredicate wanted) {
        Moments.Builder chosen = new Moments.Builder();
        visit(0, ticks, (start, end, threads) -> {
            if (wanted.test(threads)) {
                chosen.add(start, end);
            }
        });
        return chosen.build();
    }
}

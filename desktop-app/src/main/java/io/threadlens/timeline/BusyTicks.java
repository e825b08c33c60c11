package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.List;

/**
 * How many threads were on a core, and how many waited for a lock or the GIL or were paused, at each tick. A thread that spins for a lock waits, and is
 * not busy.
 *
 * <p>Immutable and safe from any thread. Of a live recording {@link #grow} gives a newer one, for which only the chunk that still grows is counted again.
 *
 * <pre>{@code
 * BusyTicks busy = BusyTicks.of(recording);
 * busy.visit(0, busy.ticks(), (from, to, onCore, contended) -> …);
 * }</pre>
 */
public final class BusyTicks {
    /** Is told stretches of ticks, {@code to} excluded, in which both numbers stay the same; they may be the same in the next one, too. */
    public interface Visitor {
        void stretch(int from, int to, int busy, int contended);
    }

    private final Recording recording;
    private final int ticks;
    /** What will not change again, of how many chunks, from the first, that is, and all there is. */
    private final TickCounts settled;

    private final int settledChunks;
    private final TickCounts all;

    private BusyTicks(Recording recording, int ticks, TickCounts settled, int settledChunks, TickCounts all) {
        this.recording = recording;
        this.ticks = ticks;
        this.settled = settled;
        this.settledChunks = settledChunks;
        this.all = all;
    }

    public static BusyTicks of(Recording recording) {
        return new BusyTicks(recording, 0, TickCounts.NONE, 0, TickCounts.NONE).grow();
    }

    /** The same with what was recorded since. */
    public BusyTicks grow() {
        boolean live = recording.info().live();
        List<SampleChunk> chunks = recording.chunks();
        // After the chunks: every tick they speak of is there.
        int now = recording.tickCount();
        int threads = recording.threads().size();
        int done = live ? Math.max(settledChunks, chunks.size() - 1) : chunks.size();
        TickCounts kept = counted(settled, chunks.subList(settledChunks, done), threads);
        return new BusyTicks(recording, now, kept, done, counted(kept, chunks.subList(done, chunks.size()), threads));
    }

    private static TickCounts counted(TickCounts before, List<SampleChunk> chunks, int threads) {
        TickCounts counts = before;
        for (SampleChunk chunk : chunks) {
            int from = chunk.firstTick();
            int[] busy = new int[chunk.endTick() - from + 1];
            int[] contended = new int[busy.length];
            for (int thread = 0; thread < threads; thread++) {
                int end = chunk.endRow(thread);
                for (int row = chunk.firstRow(thread); row < end; row++) {
                    ThreadState state = ThreadState.of(chunk.state(row));
                    int[] change = state.isBusy() ? busy : isContended(state) ? contended : null;
                    if (change != null) {
                        change[chunk.tick(row) - from]++;
                        change[chunk.tick(row) + chunk.count(row) - from]--;
                    }
                }
            }
            counts = counts.plus(from, busy, contended);
        }
        return counts;
    }

    static boolean isContended(ThreadState state) {
        return state == ThreadState.LOCK || state == ThreadState.GIL || state == ThreadState.PAUSED;
    }

    /** How many ticks were counted: those from 0 on. */
    public int ticks() {
        return ticks;
    }

    /** Goes over the ticks from {@code from} up to but without {@code to}, in order, leaving none out. */
    public void visit(int from, int to, Visitor visitor) {
        int end = Math.min(to, ticks);
        int tick = Math.max(0, from);
        while (tick < end) {
            int busy = all.busy(tick);
            int contended = all.contended(tick);
            int start = tick++;
            while (tick < end && all.busy(tick) == busy && all.contended(tick) == contended) {
                tick++;
            }
            visitor.stretch(start, tick, busy, contended);
        }
    }
}

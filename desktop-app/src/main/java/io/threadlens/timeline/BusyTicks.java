package io.threadlens.timeline;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Census;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Summary;
import java.util.List;
import java.util.function.IntPredicate;

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
    /** The chunks of a saved recording, where they need not be counted. */
    private final List<SampleChunk> saved;

    private BusyTicks(Recording recording, int ticks, TickCounts settled, int settledChunks, TickCounts all, List<SampleChunk> saved) {
        this.recording = recording;
        this.ticks = ticks;
        this.settled = settled;
        this.settledChunks = settledChunks;
        this.all = all;
        this.saved = saved;
    }

    public static BusyTicks of(Recording recording) {
        return new BusyTicks(recording, 0, TickCounts.NONE, 0, TickCounts.NONE, List.of()).grow();
    }

    /** The same with what was recorded since. */
    public BusyTicks grow() {
        boolean live = recording.info().live();
        List<SampleChunk> chunks = recording.chunks();
        // After the chunks: every tick they speak of is there.
        int now = recording.tickCount();
        if (!live && chunks.stream().allMatch(chunk -> chunk.summary() != null)) {
            return new BusyTicks(recording, now, TickCounts.NONE, 0, TickCounts.NONE, chunks);
        }
        int done = live ? Math.max(settledChunks, chunks.size() - 1) : chunks.size();
        TickCounts kept = counted(settled, chunks.subList(settledChunks, done));
        return new BusyTicks(recording, now, kept, done, counted(kept, chunks.subList(done, chunks.size())), List.of());
    }

    private static TickCounts counted(TickCounts before, List<SampleChunk> chunks) {
        TickCounts counts = before;
        for (SampleChunk chunk : chunks) {
            int from = chunk.firstTick();
            int[] busy = new int[chunk.endTick() - from + 1];
            int[] contended = new int[busy.length];
            for (int i = 0; i < chunk.threads(); i++) {
                int thread = chunk.thread(i);
                int end = chunk.endRow(thread);
                for (int row = chunk.firstRow(thread); row < end; row++) {
                    ThreadState state = ThreadState.of(chunk.state(row));
                    switch (state) {
                        case RUNNING, NATIVE -> add(busy, chunk.tick(row) - from, chunk.count(row));
                        case LOCK, GIL, PAUSED -> add(contended, chunk.tick(row) - from, chunk.count(row));
                        default -> {}
                    }
                }
            }
            counts = counts.plus(from, busy, contended);
        }
        return counts;
    }

    private static void add(int[] change, int from, int count) {
        change[from]++;
        change[from + count]--;
    }

    /** How many ticks were counted: those from 0 on. */
    public int ticks() {
        return ticks;
    }

    /** Goes over the ticks from {@code from} up to but without {@code to}, in order, leaving none out. */
    public void visit(int from, int to, Visitor visitor) {
        int first = Math.max(0, from);
        int end = Math.min(to, ticks);
        if (saved.isEmpty()) {
            visitCounted(first, end, visitor);
        } else {
            visitSaved(first, end, visitor);
        }
    }

    /** The ticks at which a number of threads were busy that {@code wanted} accepts. */
    public Moments moments(IntPredicate wanted) {
        Moments.Builder chosen = new Moments.Builder();
        visit(0, ticks, (from, to, busy, contended) -> {
            if (wanted.test(busy)) {
                chosen.add(from, to);
            }
        });
        return chosen.build();
    }

    private void visitCounted(int from, int end, Visitor visitor) {
        int tick = from;
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

    private void visitSaved(int from, int end, Visitor visitor) {
        int tick = from;
        for (SampleChunk chunk : saved) {
            Summary summary = chunk.summary();
            if (summary == null || chunk.endTick() <= tick) {
                continue;
            }
            Census census = summary.census();
            for (int row = firstRow(census, tick); row < census.rows() && census.tick(row) < end; row++) {
                int start = Math.max(tick, census.tick(row));
                int until = Math.min(end, census.tick(row) + census.count(row));
                if (start < until) {
                    nobody(tick, start, visitor);
                    visitor.stretch(start, until, busy(census, row), contended(census, row));
                    tick = until;
                }
            }
            if (tick >= end) {
                return;
            }
        }
        nobody(tick, end, visitor);
    }

    private static void nobody(int from, int to, Visitor visitor) {
        if (from < to) {
            visitor.stretch(from, to, 0, 0);
        }
    }

    /** The first row that ends after a tick. */
    private static int firstRow(Census census, int tick) {
        int low = 0;
        int high = census.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (census.tick(middle) + census.count(middle) > tick) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static int busy(Census census, int row) {
        return census.threads(row, ThreadState.RUNNING) + census.threads(row, ThreadState.NATIVE);
    }

    private static int contended(Census census, int row) {
        return census.threads(row, ThreadState.LOCK) + census.threads(row, ThreadState.GIL) + census.threads(row, ThreadState.PAUSED);
    }
}

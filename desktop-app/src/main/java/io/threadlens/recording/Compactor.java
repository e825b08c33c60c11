package io.threadlens.recording;

import io.threadlens.model.Progress;
import io.threadlens.recording.SavedChunk.Parts;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes few large chunks of the many small ones in which a recording grew, cut so that no tick is in two of them. Runs that a border of a small chunk
 * had parted are one again: a thread that sleeps costs a row a large chunk. In memory is one large chunk at a time, and for each thread a few numbers.
 */
final class Compactor {
    /** A chunk may end at every tick that is a multiple of this. */
    private static final int SLICE_BITS = 6;
    /** So often it is told how far it has come: after so many small chunks. */
    private static final int TELL_EVERY = 16;

    private final List<SampleChunk> chunks;
    private final int threads;
    private final int ticks;
    private final int rowsPerChunk;
    private final Progress progress;
    /** The last run of each thread so far, of what is gone over at the moment. */
    private final int[] lastEnd;

    private final int[] lastRest;
    private final int[] lastStack;

    /**
     * @param source       which does not grow
     * @param rowsPerChunk about so many
     */
    Compactor(Recording source, int rowsPerChunk, Progress progress) {
        this.rowsPerChunk = rowsPerChunk;
        this.chunks = source.chunks();
        this.ticks = source.tickCount();
        this.threads = source.threads().size();
        this.progress = progress;
        lastEnd = new int[threads];
        lastRest = new int[threads];
        lastStack = new int[threads];
    }

    /** Takes the large chunks one after the other; their memory is good only meanwhile. */
    interface Sink {
        void chunk(SavedChunk chunk) throws IOException;
    }

    /**
     * A chunk to be made.
     *
     * @param to    one past its last tick
     * @param parts whose rows it will have
     */
    record Plan(int to, Parts parts) {
        /** The same as rows of a table. */
        TableBatch rows() {
            RowBuffer rows = new RowBuffer(Table.PARTS);
            for (int i = 0; i < parts.rows().threads().length; i++) {
                Parts.put(rows, parts.rows().threads()[i], parts.tick(), parts.rows().starts()[i + 1] - parts.rows().starts()[i]);
            }
            return rows.view();
        }
    }

    /** What chunks there will be. */
    List<Plan> plan() {
        int[] cuts = cuts();
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.length; i++) {
            progress.at(0.25 + 0.25 * i / cuts.length);
            Parts parts = parts(cuts[i], cuts[i + 1]);
            if (parts.rows().threads().length > 0) {
                plans.add(new Plan(cuts[i + 1], parts));
            }
        }
        return plans;
    }

    /** Makes them. */
    void make(List<Plan> plans, Sink sink) throws IOException {
        for (int i = 0; i < plans.size(); i++) {
            progress.at(0.5 + 0.5 * i / plans.size());
            try (Arena arena = Arena.ofConfined()) {
                sink.chunk(chunk(plans.get(i), arena));
            }
        }
    }

    /** The ticks at which chunks begin, and the end of all. */
    private int[] cuts() {
        int[] begin = new int[(ticks >> SLICE_BITS) + 1];
        forget();
        for (int i = 0; i < chunks.size(); i++) {
            if (i % TELL_EVERY == 0) {
                progress.at(0.25 * i / chunks.size());
            }
            visit(chunks.get(i), 0, ticks, (thread, tick, end, rest, stack) -> {
                if (!goesOn(thread, tick, end, rest, stack)) {
                    begin[tick >> SLICE_BITS]++;
                }
            });
        }
        int[] cuts = new int[16];
        int n = 1;
        long rows = 0;
        for (int slice = 0; slice < begin.length; slice++) {
            int since = (slice << SLICE_BITS) - cuts[n - 1];
            if (rows > 0 && rows + begin[slice] > rowsPerChunk || since + (1 << SLICE_BITS) >= SavedChunk.MOST_TICKS) {
                if (n + 1 >= cuts.length) {
                    cuts = Arrays.copyOf(cuts, 2 * n);
                }
                cuts[n++] = slice << SLICE_BITS;
                rows = 0;
            }
            rows += begin[slice];
        }
        cuts[n++] = ticks;
        return Arrays.copyOf(cuts, n);
    }

    /** How many rows of each thread the runs of some ticks are. */
    private Parts parts(int from, int to) {
        int[] rows = new int[threads];
        forget();
        visitAll(from, to, (thread, tick, end, rest, stack) -> {
            if (!goesOn(thread, tick, end, rest, stack)) {
                rows[thread]++;
            }
        });
        int[] present = new int[threads];
        int[] starts = new int[threads + 1];
        int n = 0;
        for (int thread = 0; thread < threads; thread++) {
            if (rows[thread] > 0) {
                present[n] = thread;
                starts[n + 1] = starts[n] + rows[thread];
                n++;
            }
        }
        return new Parts(from, new ThreadStarts(Arrays.copyOf(present, n), Arrays.copyOf(starts, n + 1)));
    }

    private SavedChunk chunk(Plan plan, Arena arena) {
        Parts parts = plan.parts();
        Rows out = new Rows(parts.rows().starts()[parts.rows().threads().length], parts.tick(), arena);
        int[] next = new int[threads];
        for (int i = 0; i < parts.rows().threads().length; i++) {
            next[parts.rows().threads()[i]] = parts.rows().starts()[i];
        }
        forget();
        visitAll(parts.tick(), plan.to(), (thread, tick, end, rest, stack) -> {
            if (goesOn(thread, tick, end, rest, stack)) {
                out.end(next[thread] - 1, end);
            } else {
                out.put(next[thread]++, tick, end, rest, stack);
            }
        });
        return SavedChunk.of(out.batch(), parts, plan.to());
    }

    private void forget() {
        Arrays.fill(lastEnd, -1);
    }

    /** Whether a run goes on where its thread's last one ended; it is the last one from now on. */
    private boolean goesOn(int thread, int tick, int end, int rest, int stack) {
        boolean same = lastEnd[thread] == tick && lastRest[thread] == rest && lastStack[thread] == stack;
        lastEnd[thread] = end;
        lastRest[thread] = rest;
        lastStack[thread] = stack;
        return same;
    }

    private interface Visitor {
        void run(int thread, int tick, int end, int rest, int stack);
    }

    private void visitAll(int from, int to, Visitor visitor) {
        for (SampleChunk chunk : chunks) {
            visit(chunk, from, to, visitor);
        }
    }

    /** Goes over the runs of a chunk between two ticks, those of a thread in order of time, the first and the last cut to them. */
    private void visit(SampleChunk chunk, int from, int to, Visitor visitor) {
        if (chunk.firstTick() >= to || chunk.endTick() <= from) {
            return;
        }
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            if (thread >= threads) {
                continue;
            }
            int end = chunk.endRow(thread);
            for (int row = firstRow(chunk, thread, from); row < end; row++) {
                int tick = chunk.tick(row);
                if (tick >= to) {
                    break;
                }
                int until = tick + chunk.count(row);
                visitor.run(thread, Math.max(from, tick), Math.min(to, until), rest(chunk, row), chunk.stack(row));
            }
        }
    }

    /** State, flags and core in one number. */
    private static int rest(SampleChunk chunk, int row) {
        return (chunk.state(row) & 0xff) << 24 | (chunk.flags(row) & 0xff) << 16 | chunk.core(row) & 0xffff;
    }

    /** The first row that ends after a tick. */
    private static int firstRow(SampleChunk chunk, int thread, int tick) {
        int low = chunk.firstRow(thread);
        int high = chunk.endRow(thread);
        if (tick <= chunk.firstTick()) {
            return low;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunk.tick(middle) + chunk.count(middle) > tick) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The columns of a chunk that is being made. */
    private static final class Rows {
        private final int rows;
        private final int firstTick;
        private final MemorySegment[] columns;

        Rows(int rows, int firstTick, Arena arena) {
            this.rows = rows;
            this.firstTick = firstTick;
            columns = new MemorySegment[Table.RUNS.columns()];
            Arrays.setAll(columns, c -> arena.allocate((long) rows * Table.RUNS.width(c).bytes, 8));
        }

        void put(int row, int tick, int end, int rest, int stack) {
            columns[SavedChunk.TICK].set(TableBatch.SHORT, 2L * row, (short) (tick - firstTick));
            columns[SavedChunk.STATE].set(ValueLayout.JAVA_BYTE, row, (byte) (rest >> 24));
            columns[SavedChunk.FLAGS].set(ValueLayout.JAVA_BYTE, row, (byte) (rest >> 16));
            columns[SavedChunk.CORE].set(TableBatch.SHORT, 2L * row, (short) rest);
            columns[SavedChunk.STACK].set(TableBatch.INT, 4L * row, stack);
            end(row, end);
        }

        /** Makes a row end later. */
        void end(int row, int end) {
            int tick = firstTick + (columns[SavedChunk.TICK].get(TableBatch.SHORT, 2L * row) & 0xffff);
            columns[SavedChunk.COUNT].set(TableBatch.SHORT, 2L * row, (short) (end - tick));
        }

        TableBatch batch() {
            MemorySegment[] none = new MemorySegment[columns.length];
            Arrays.fill(none, TableBatch.NOTHING);
            return new TableBatch(rows, columns, none, none);
        }
    }
}

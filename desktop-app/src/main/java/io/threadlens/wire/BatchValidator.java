package io.threadlens.wire;

import static io.threadlens.wire.Columns.int16;
import static io.threadlens.wire.Columns.int32;
import static io.threadlens.wire.Columns.int64;
import static io.threadlens.wire.Columns.int8;

import io.threadlens.model.ThreadState;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every number of a batch refers to something that exists, in the order in which things may be defined. Knows what the stream has
 * defined so far; one for each stream. What passes here needs no further checks.
 */
final class BatchValidator {
    /** More threads than any kernel gives a process; a number beyond is a mistake, and arrays are indexed by it. */
    private static final int MAX_THREADS = 1 << 22;
    /** How a holder may be known: 1 to this. */
    private static final int LAST_HOW = 5;

    private long nextSeq;
    private int strings;
    private int frames;
    private int stacks;
    private int threads;
    private int locks;
    private int ticks;
    private long lastTick = Long.MIN_VALUE;
    /** For each thread, the first tick that no run of it has covered yet. */
    private int[] covered = new int[64];
    /** For each thread, the end of its last slice. */
    private long[] sliceEnd = new long[64];

    private long lastSliceEnd;
    private long loadTime;
    private long loadBusy;
    private long loadOwn;

    void check(Batch batch) throws WireException {
        expect(batch.seq() == nextSeq, "batch %d where %d should come", batch.seq(), nextSeq);
        nextSeq++;
        for (WireTable table : WireTable.values()) {
            Columns columns = batch.table(table);
            if (columns != null) {
                check(table, columns);
            }
        }
    }

    private void check(WireTable table, Columns columns) throws WireException {
        switch (table) {
            case STRINGS -> strings(columns);
            case FRAMES -> frames(columns);
            case STACKS -> stacks(columns);
            case THREADS -> threads(columns);
            case TICKS -> ticks(columns);
            case SAMPLES -> samples(columns);
            case CPU -> cpu(columns);
            case PAUSES -> pauses(columns);
            case LOCKS -> locks(columns);
            case WAITS -> waits(columns);
            case HOLDS -> holds(columns);
            case REFCOUNTS -> refcounts(columns);
            case SLICES -> slices(columns);
            case LOAD -> load(columns);
            case EVENTS -> noNull(columns.texts("kind"), "events.kind");
            case MARKS -> noNull(columns.texts("text"), "marks.text");
        }
    }

    private void strings(Columns columns) throws WireException {
        noNull(columns.texts("text"), "strings.text");
        strings = add(strings, columns.rows());
    }

    private void frames(Columns columns) throws WireException {
        MemorySegment function = columns.bytes("function");
        MemorySegment file = columns.bytes("file");
        MemorySegment firstLine = columns.bytes("firstLine");
        MemorySegment line = columns.bytes("line");
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(function, row), 0, strings, "frames.function");
            reference(int32(file, row), 0, strings, "frames.file");
            reference(int32(firstLine, row), 0, Integer.MAX_VALUE, "frames.firstLine");
            reference(int32(line, row), 0, Integer.MAX_VALUE, "frames.line");
        }
        frames = add(frames, columns.rows());
    }

    private void stacks(Columns columns) throws WireException {
        MemorySegment parent = columns.bytes("parent");
        MemorySegment frame = columns.bytes("frame");
        add(stacks, columns.rows());
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(parent, row), -1, stacks, "stacks.parent");
            reference(int32(frame, row), 0, frames, "stacks.frame");
            stacks++;
        }
    }

    private void threads(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        for (int row = 0; row < columns.rows(); row++) {
            int number = int32(thread, row);
            reference(number, 0, Math.min(threads + 1, MAX_THREADS), "threads.thread");
            if (number == threads) {
                threads++;
                if (threads > covered.length) {
                    covered = Arrays.copyOf(covered, covered.length * 2);
                    sliceEnd = Arrays.copyOf(sliceEnd, covered.length);
                }
            }
            long ended = int64(end, row);
            expect(ended == -1 || ended >= int64(start, row), "thread %d ends before it starts", number);
        }
    }

    private void ticks(Columns columns) throws WireException {
        MemorySegment time = columns.bytes("time");
        MemorySegment missed = columns.bytes("missed");
        for (int row = 0; row < columns.rows(); row++) {
            long ns = int64(time, row);
            expect(ns >= 0 && ns > lastTick, "tick %d does not come after the one before", ticks + row);
            lastTick = ns;
            expect(int32(missed, row) >= 0, "tick %d has a negative number of missed ticks", ticks + row);
        }
        ticks = add(ticks, columns.rows());
    }

    private void samples(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment tick = columns.bytes("tick");
        MemorySegment count = columns.bytes("count");
        MemorySegment state = columns.bytes("state");
        MemorySegment stack = columns.bytes("stack");
        int rows = columns.rows();
        for (int row = 0; row < rows; row++) {
            int t = int32(thread, row);
            int from = int32(tick, row);
            int n = int32(count, row);
            int s = int32(stack, row);
            if (t < 0 || t >= threads || s < -1 || s >= stacks || n < 1 || from < covered[t] || from > ticks - n || int8(state, row) < 0
                    || int8(state, row) >= ThreadState.COUNT) {
                throw badSample(row, t, from, n, int8(state, row), s);
            }
            covered[t] = from + n;
        }
    }

    /** Says which of the conditions a row of {@code samples} breaks. */
    private WireException badSample(int row, int thread, int tick, int count, int state, int stack) {
        String what;
        if (thread < 0 || thread >= threads) {
            what = "thread " + thread + " is not known";
        } else if (stack < -1 || stack >= stacks) {
            what = "stack " + stack + " is not known";
        } else if (count < 1) {
            what = "a run of " + count + " ticks";
        } else if (state < 0 || state >= ThreadState.COUNT) {
            what = "state " + state + " is not known";
        } else if (tick < 0 || tick > ticks - count) {
            what = "ticks " + tick + " and on, " + count + " of them, are not known";
        } else {
            what = "thread " + thread + " at tick " + tick + " comes after a later one";
        }
        return new WireException("samples, row " + row + ": " + what);
    }

    private void cpu(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(thread, row), 0, threads, "cpu.thread");
        }
    }

    private void pauses(Columns columns) throws WireException {
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment thread = columns.bytes("thread");
        MemorySegment stack = columns.bytes("stack");
        for (int row = 0; row < columns.rows(); row++) {
            expect(int64(end, row) >= int64(start, row), "pauses, row %d: ends before it starts", row);
            reference(int32(thread, row), -1, threads, "pauses.thread");
            reference(int32(stack, row), -1, stacks, "pauses.stack");
        }
    }

    private void locks(Columns columns) throws WireException {
        noNull(columns.texts("kind"), "locks.kind");
        MemorySegment lock = columns.bytes("lock");
        for (int row = 0; row < columns.rows(); row++) {
            int number = int32(lock, row);
            reference(number, 0, locks + 1, "locks.lock");
            if (number == locks) {
                locks++;
            }
        }
    }

    private void waits(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment lock = columns.bytes("lock");
        MemorySegment stack = columns.bytes("stack");
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(thread, row), 0, threads, "waits.thread");
            expect(int64(end, row) >= int64(start, row), "waits, row %d: ends before it starts", row);
            reference(int32(lock, row), 0, locks, "waits.lock");
            reference(int32(stack, row), -1, stacks, "waits.stack");
        }
    }

    private void holds(Columns columns) throws WireException {
        MemorySegment lock = columns.bytes("lock");
        MemorySegment thread = columns.bytes("thread");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment stack = columns.bytes("stack");
        MemorySegment how = columns.bytes("how");
        MemorySegment place = columns.bytes("place");
        MemorySegment taken = columns.bytes("taken");
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(lock, row), 0, locks, "holds.lock");
            reference(int32(thread, row), 0, threads, "holds.thread");
            expect(int64(end, row) >= int64(start, row), "holds, row %d: ends before it starts", row);
            reference(int32(stack, row), -1, stacks, "holds.stack");
            reference(int8(how, row), 1, LAST_HOW + 1, "holds.how");
            expect(int16(place, row) >= 0, "holds, row %d: place %d", row, int16(place, row));
            reference(int32(taken, row), -1, stacks, "holds.taken");
        }
    }

    private void refcounts(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment stack = columns.bytes("stack");
        MemorySegment looks = columns.bytes("looks");
        MemorySegment changed = columns.bytes("changed");
        for (int row = 0; row < columns.rows(); row++) {
            reference(int32(thread, row), 0, threads, "refcounts.thread");
            reference(int32(stack, row), -1, stacks, "refcounts.stack");
            int changes = int32(changed, row);
            expect(changes >= 0 && changes <= int32(looks, row), "refcounts, row %d: %d changes in %d looks", row, changes, int32(looks, row));
        }
    }

    private void slices(Columns columns) throws WireException {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment core = columns.bytes("core");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        for (int row = 0; row < columns.rows(); row++) {
            int number = int32(thread, row);
            reference(number, 0, threads, "slices.thread");
            reference(int16(core, row), 0, Short.MAX_VALUE + 1, "slices.core");
            long ended = int64(end, row);
            expect(ended >= int64(start, row), "slices, row %d: ends before it starts", row);
            expect(int64(start, row) >= sliceEnd[number], "slices, row %d: thread %d is on two cores at once", row, number);
            expect(ended >= lastSliceEnd, "slices, row %d: ends before the one told before it", row);
            sliceEnd[number] = ended;
            lastSliceEnd = ended;
        }
    }

    private void load(Columns columns) throws WireException {
        MemorySegment time = columns.bytes("time");
        MemorySegment busy = columns.bytes("busy");
        MemorySegment own = columns.bytes("own");
        for (int row = 0; row < columns.rows(); row++) {
            boolean goesOn = int64(time, row) >= loadTime && int64(busy, row) >= loadBusy && int64(own, row) >= loadOwn;
            expect(goesOn, "load, row %d: less than before", row);
            loadTime = int64(time, row);
            loadBusy = int64(busy, row);
            loadOwn = int64(own, row);
        }
    }

    private static int add(int count, int more) throws WireException {
        expect(more <= Integer.MAX_VALUE - count, "more rows than a recording can number");
        return count + more;
    }

    private static void reference(int value, int from, int to, String column) throws WireException {
        if (value < from || value >= to) {
            throw new WireException(column + ": " + value + " is not known");
        }
    }

    private static void noNull(List<@Nullable String> texts, String column) throws WireException {
        expect(!texts.contains(null), "%s has a null", column);
    }

    private static void expect(boolean condition, String otherwise, Object... arguments) throws WireException {
        if (!condition) {
            throw new WireException(String.format(otherwise, arguments));
        }
    }
}

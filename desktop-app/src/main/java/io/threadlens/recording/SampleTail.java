package io.threadlens.recording;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The runs that are not yet on disk. A run that goes on where its thread's last one ended, with nothing changed, makes that one longer; so a
 * thread that sleeps for a second is one row, however many batches brought it.
 */
final class SampleTail {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private int[] thread = new int[1024];
    private int[] tick = new int[1024];
    private int[] count = new int[1024];
    private int[] stack = new int[1024];
    /** State, flags and core in one number, so that one comparison tells whether a run goes on. */
    private int[] rest = new int[1024];
    private int rows;
    private int firstTick = Integer.MAX_VALUE;
    private int endTick;
    /** For each thread, its last row here, −1 where it has none. */
    private int[] lastRow = new int[64];

    SampleTail() {
        Arrays.fill(lastRow, -1);
    }

    int rows() {
        return rows;
    }

    /** Adds {@code n} runs, given as little-endian columns; what they refer to has been checked. */
    void add(
            int n,
            MemorySegment threads,
            MemorySegment ticks,
            MemorySegment counts,
            MemorySegment states,
            MemorySegment flags,
            MemorySegment cores,
            MemorySegment stacks) {
        reserve(rows + n);
        // First all of it behind the rows that are here, then each row to its place: on, or into the one before.
        MemorySegment.copy(threads, TableBatch.INT, 0, thread, rows, n);
        MemorySegment.copy(ticks, TableBatch.INT, 0, tick, rows, n);
        MemorySegment.copy(counts, TableBatch.INT, 0, count, rows, n);
        MemorySegment.copy(stacks, TableBatch.INT, 0, stack, rows, n);
        for (int i = 0; i < n; i++) {
            rest[rows + i] =
                    rest(states.get(ValueLayout.JAVA_BYTE, i), flags.get(ValueLayout.JAVA_BYTE, i), cores.get(TableBatch.SHORT, 2L * i));
        }
        for (int from = rows, end = rows + n; from < end; from++) {
            place(from);
        }
    }

    private void place(int row) {
        int t = thread[row];
        int start = tick[row];
        int n = count[row];
        firstTick = Math.min(firstTick, start);
        endTick = Math.max(endTick, start + n);
        if (t >= lastRow.length) {
            int known = lastRow.length;
            lastRow = Arrays.copyOf(lastRow, Math.max(t + 1, known * 2));
            Arrays.fill(lastRow, known, lastRow.length, -1);
        }
        int last = lastRow[t];
        if (last >= 0 && rest[last] == rest[row] && stack[last] == stack[row] && tick[last] + count[last] == start) {
            count[last] += n;
            return;
        }
        if (row != rows) {
            thread[rows] = t;
            tick[rows] = start;
            count[rows] = n;
            rest[rows] = rest[row];
            stack[rows] = stack[row];
        }
        lastRow[t] = rows++;
    }

    /** Writes the runs into {@code to}, grouped by thread and in order of time within each, and indexes them; here they stay. */
    ColumnChunk sortInto(RowBuffer to) {
        to.fill(rows);
        int[] starts = starts();
        ColumnChunk chunk = ColumnChunk.of(to.view(), firstTick, endTick, starts);
        byte[] threads = to.array(ColumnChunk.THREAD);
        byte[] ticks = to.array(ColumnChunk.TICK);
        byte[] counts = to.array(ColumnChunk.COUNT);
        byte[] states = to.array(ColumnChunk.STATE);
        byte[] flags = to.array(ColumnChunk.FLAGS);
        byte[] cores = to.array(ColumnChunk.CORE);
        byte[] stacks = to.array(ColumnChunk.STACK);
        for (int row = 0; row < rows; row++) {
            int at = starts[thread[row]]++;
            INT.set(threads, 4 * at, thread[row]);
            INT.set(ticks, 4 * at, tick[row]);
            INT.set(counts, 4 * at, count[row]);
            states[at] = (byte) (rest[row] >> 24);
            flags[at] = (byte) (rest[row] >> 16);
            SHORT.set(cores, 2 * at, (short) rest[row]);
            INT.set(stacks, 4 * at, stack[row]);
        }
        return chunk;
    }

    void clear() {
        for (int row = 0; row < rows; row++) {
            lastRow[thread[row]] = -1;
        }
        rows = 0;
        firstTick = Integer.MAX_VALUE;
        endTick = 0;
    }

    /** For each thread, where the first of its rows goes; the end of all behind the last. */
    private int[] starts() {
        int[] starts = new int[lastRow.length + 1];
        for (int row = 0; row < rows; row++) {
            starts[thread[row] + 1]++;
        }
        for (int t = 1; t < starts.length; t++) {
            starts[t] += starts[t - 1];
        }
        return starts;
    }

    private void reserve(int n) {
        if (n > thread.length) {
            int length = Math.max(n, thread.length * 2);
            thread = Arrays.copyOf(thread, length);
            tick = Arrays.copyOf(tick, length);
            count = Arrays.copyOf(count, length);
            stack = Arrays.copyOf(stack, length);
            rest = Arrays.copyOf(rest, length);
        }
    }

    private static int rest(byte state, byte flags, short core) {
        return (state & 0xff) << 24 | (flags & 0xff) << 16 | core & 0xffff;
    }
}

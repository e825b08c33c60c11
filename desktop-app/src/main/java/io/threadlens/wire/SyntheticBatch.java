package io.threadlens.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A batch that is encoded once and sent again and again, with the numbers that change patched in place: the benchmark is to measure the
 * reader, and here both share a machine. Each thread has a run of one tick at every tick, unlike the one before.
 */
final class SyntheticBatch {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** CBOR's own numbers are big-endian. */
    private static final VarHandle HEAD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Stand where a number will be patched in, and are long enough to be encoded in full width. */
    private static final long SEQ = 0x7ea1_5eed_0000_0001L;
    private static final long SAMPLES = 0x7ea1_5eed_0000_0002L;
    private static final long TIME = 0x7ea1_5eed_0000_0003L;
    private static final long TICK = 0x7ea1_5eed_0000_0004L;

    private final int ticks;
    private final long periodNs;
    private final int rows;
    private final byte[] bytes;
    private final int seqAt;
    private final int samplesAt;
    private final int timeAt;
    private final int tickAt;

    SyntheticBatch(int threads, int ticks, int stacks, long periodNs) {
        this.ticks = ticks;
        this.periodNs = periodNs;
        rows = threads * ticks;
        int[] thread = new int[rows];
        int[] count = new int[rows];
        byte[] state = new byte[rows];
        short[] core = new short[rows];
        int[] stack = new int[rows];
        for (int row = 0; row < rows; row++) {
            int t = row / ticks;
            int i = row - t * ticks;
            thread[row] = t;
            count[row] = 1;
            state[row] = (byte) ((i + t) % 10);
            core[row] = (short) t;
            stack[row] = (i * 31 + t) % stacks;
        }
        long[] time = new long[ticks];
        time[0] = TIME;
        int[] tick = new int[rows];
        tick[0] = (int) TICK;
        tick[1] = (int) (TICK >> 32);
        bytes = new MessageEncoder()
                .column(WireTable.TICKS, "time", time)
                .column(WireTable.TICKS, "missed", new int[ticks])
                .column(WireTable.SAMPLES, "thread", thread)
                .column(WireTable.SAMPLES, "tick", tick)
                .column(WireTable.SAMPLES, "count", count)
                .column(WireTable.SAMPLES, "state", state)
                .column(WireTable.SAMPLES, "flags", new byte[rows])
                .column(WireTable.SAMPLES, "core", core)
                .column(WireTable.SAMPLES, "stack", stack)
                .batch(SEQ, Map.of("samples", SAMPLES));
        seqAt = find(HEAD, SEQ);
        samplesAt = find(HEAD, SAMPLES);
        timeAt = find(LONG, TIME);
        tickAt = find(LONG, TICK);
    }

    int rows() {
        return rows;
    }

    /** The message, valid until the next call. */
    byte[] bytes(long seq, int firstTick, long samples) {
        HEAD.set(bytes, seqAt, seq);
        HEAD.set(bytes, samplesAt, samples);
        for (int i = 0; i < ticks; i++) {
            LONG.set(bytes, timeAt + 8 * i, (firstTick + i) * periodNs);
        }
        for (int row = 0; row < ticks; row++) {
            INT.set(bytes, tickAt + 4 * row, firstTick + row);
        }
        for (int first = ticks; first < rows; first += ticks) {
            System.arraycopy(bytes, tickAt, bytes, tickAt + 4 * first, 4 * ticks); // every thread was seen at every tick
        }
        return bytes;
    }

    private int find(VarHandle type, long marker) {
        for (int at = 0; at <= bytes.length - 8; at++) {
            if ((long) type.get(bytes, at) == marker) {
                return at;
            }
        }
        throw new AssertionError("the encoder changed a number");
    }
}

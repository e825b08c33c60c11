package io.threadlens.timeline;

import java.util.Arrays;

/**
 * Where one thread is to be found: the chunks that have rows of it, in order of time, with the tick at which each begins to speak of it, and its nodes there.
 *
 * <p>Immutable. A longer one may share the arrays of a shorter one: it writes only behind the end of the shorter, and there is one writer. The last
 * stretches may be kept apart, where they will change.
 */
final class Trail {
    static final Trail NONE = new Trail(new int[0], 0, new int[0]);

    private static final int CHUNK = 0;
    private static final int TICK = 1;
    private static final int NODE = 2;
    private static final int END = 3;
    private static final int FIELDS = 4;

    private final int[] fields;
    private final int settled;
    private final int[] apart;

    private Trail(int[] fields, int settled, int[] apart) {
        this.fields = fields;
        this.settled = settled;
        this.apart = apart;
    }

    /**
     * These and one more.
     *
     * @param chunk number of the chunk
     * @param tick  the first of the thread's ticks there
     * @param node  the first of its nodes
     * @param end   one past the last
     */
    Trail plus(int chunk, int tick, int node, int end) {
        int[] room = fields.length > FIELDS * settled ? fields : Arrays.copyOf(fields, FIELDS * Math.max(2, 2 * settled));
        put(room, settled, chunk, tick, node, end);
        return new Trail(room, settled + 1, apart);
    }

    /** These and one more that may change. */
    Trail plusApart(int chunk, int tick, int node, int end) {
        int[] more = Arrays.copyOf(apart, apart.length + FIELDS);
        put(more, apart.length / FIELDS, chunk, tick, node, end);
        return new Trail(fields, settled, more);
    }

    private static void put(int[] into, int i, int chunk, int tick, int node, int end) {
        into[FIELDS * i + CHUNK] = chunk;
        into[FIELDS * i + TICK] = tick;
        into[FIELDS * i + NODE] = node;
        into[FIELDS * i + END] = end;
    }

    int count() {
        return settled + apart.length / FIELDS;
    }

    int chunk(int i) {
        return field(i, CHUNK);
    }

    int tick(int i) {
        return field(i, TICK);
    }

    int firstNode(int i) {
        return field(i, NODE);
    }

    /** The node that stands behind the last row. */
    int lastNode(int i) {
        return field(i, END) - 1;
    }

    /** The last stretch that begins at or before a tick; {@code known} where none after that one does, −1 for nothing known. */
    int floor(int tick, int known) {
        int low = known;
        int high = count() - 1;
        if (low < high && tick(low + 1) > tick) {
            return low;
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (tick(middle) <= tick) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private int field(int i, int which) {
        return i < settled ? fields[FIELDS * i + which] : apart[FIELDS * (i - settled) + which];
    }
}

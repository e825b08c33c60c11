package io.threadlens.timeline;

import java.util.Arrays;

/** Two numbers a tick, four bytes together. Immutable: one that has more shares the blocks that both have. */
final class TickCounts {
    private static final int BLOCK = 4096;

    static final TickCounts NONE = new TickCounts(new short[0][]);

    /** Busy and contended in turn; null where both are zero for the whole block. */
    private final short[][] blocks;

    private TickCounts(short[][] blocks) {
        this.blocks = blocks;
    }

    /**
     * These and more.
     *
     * @param from      first tick
     * @param busy      by how many more (or less) there are at each tick from there on than at the one before
     * @param contended the same; of equal length, and its last element does no longer count
     */
    TickCounts plus(int from, int[] busy, int[] contended) {
        int ticks = busy.length - 1;
        short[][] more = Arrays.copyOf(blocks, Math.max(blocks.length, (from + ticks + BLOCK - 1) / BLOCK));
        int b = 0;
        int c = 0;
        int owned = -1;
        for (int i = 0; i < ticks; i++) {
            b += busy[i];
            c += contended[i];
            if ((b | c) == 0) {
                continue;
            }
            int block = (from + i) / BLOCK;
            if (block != owned) {
                more[block] = more[block] == null ? new short[2 * BLOCK] : more[block].clone();
                owned = block;
            }
            int at = 2 * ((from + i) % BLOCK);
            more[block][at] += (short) b;
            more[block][at + 1] += (short) c;
        }
        return new TickCounts(more);
    }

    int busy(int tick) {
        return at(tick, 0);
    }

    int contended(int tick) {
        return at(tick, 1);
    }

    private int at(int tick, int which) {
        short[] block = tick / BLOCK < blocks.length ? blocks[tick / BLOCK] : null;
        return block == null ? 0 : block[2 * (tick % BLOCK) + which];
    }
}

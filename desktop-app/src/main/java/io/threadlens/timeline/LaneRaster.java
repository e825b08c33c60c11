package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import java.util.Arrays;

/**
 * Paints a lane from times per state: a column of pixels shows the true shares of its time, one state above the other. Work grows from the bottom,
 * what threads lose to each other hangs from the top, waiting that is nobody's fault lies between.
 *
 * <p>Shares are rounded to whole pixels so that a column is filled exactly. A state that means contention gets at least one pixel
 * wherever it occurred: zoomed out it stays visible, drawn above the rest.
 */
public final class LaneRaster {
    private static final int STATES = ThreadState.COUNT;

    /** From the top of a lane to its bottom. */
    public static final ThreadState[] TOP_TO_BOTTOM = {
        ThreadState.LOCK,
        ThreadState.GIL,
        ThreadState.PAUSED,
        ThreadState.RUNNABLE,
        ThreadState.UNKNOWN,
        ThreadState.IDLE,
        ThreadState.SIGNAL,
        ThreadState.IO,
        ThreadState.NATIVE,
        ThreadState.RUNNING,
    };

    private static final int[] CODES = Arrays.stream(TOP_TO_BOTTOM).mapToInt(ThreadState::code).toArray();
    private static final int CONTENTION = 3;

    /**
     * The colours of the states, with the patterns that tell them apart without colour: a square of pixels for each state, which repeats in both directions.
     */
    public static final class Paint {
        /** The colour of a state at a pixel. */
        public interface Colours {
            int argb(ThreadState state, int x, int y);
        }

        private final int period;
        private final int shift;
        private final int[][] tiles = new int[STATES][];

        /**
         * @param period  pixels after which the patterns repeat
         * @param shift   by how many pixels they are moved to the left
         * @param colours asked for one period in each direction
         */
        public Paint(int period, long shift, Colours colours) {
            this.period = period;
            this.shift = (int) Math.floorMod(shift, (long) period);
            for (ThreadState state : ThreadState.values()) {
                int[] tile = new int[period * period];
                for (int i = 0; i < tile.length; i++) {
                    tile[i] = colours.argb(state, i % period, i / period);
                }
                tiles[state.code()] = tile;
            }
        }

        /** The colour of a state at a pixel of a lane. */
        public int argb(ThreadState state, int x, int y) {
            return tiles[state.code()][y % period * period + (x + shift) % period];
        }
    }

    private LaneRaster() {}

    /**
     * How many of {@code height} pixels each state gets in a column, in the order of {@link #TOP_TO_BOTTOM}. Their sum is {@code height}
     * times the part of the column that the states cover, rounded.
     *
     * @param times  time per state, from {@code offset} on
     * @param column length of the column; what no state covers stays empty
     */
    static void heights(long[] times, int offset, long column, int height, int[] out) {
        long covered = 0;
        int taken = 0;
        double pixelsPerNs = (double) height / column;
        // Rounding the running edge instead of each share keeps the sum exact.
        for (int i = STATES - 1; i >= 0; i--) {
            long time = times[offset + CODES[i]];
            out[i] = 0;
            if (time > 0) {
                covered += time;
                int upTo = (int) Math.min(height, covered * pixelsPerNs + 0.5);
                out[i] = upTo - taken;
                taken = upTo;
            }
        }
        for (int i = 0; i < CONTENTION; i++) {
            if (out[i] == 0 && times[offset + CODES[i]] > 0) {
                takeOneFromTheTallest(out, i, taken < height);
                taken = Math.min(height, taken + 1);
            }
        }
    }

    private static void takeOneFromTheTallest(int[] heights, int to, boolean room) {
        if (!room) {
            int tallest = 0;
            for (int i = 1; i < STATES; i++) {
                if (heights[i] > heights[tallest]) {
                    tallest = i;
                }
            }
            if (heights[tallest] <= 1) {
                return;
            }
            heights[tallest]--;
        }
        heights[to]++;
    }

    /**
     * Paints one lane into a picture.
     *
     * @param times   as {@link LaneTimes#columns} fills it
     * @param threads whose times these are; where fewer of them lived the column is filled less
     * @param pixels  the picture, row by row, {@code columns.count()} wide
     * @param top     first row of pixels of the lane
     * @param height  rows of pixels of the lane
     */
    public static void paint(long[] times, Columns columns, int threads, int[] pixels, int top, int height, Paint paint) {
        int width = columns.count();
        int firstRow = Math.max(0, -top);
        int endRow = Math.min(height, pixels.length / width - top);
        int[] heights = new int[STATES];
        int tileX = paint.shift;
        for (int x = 0; x < width; x++) {
            long column = columns.edge(x + 1) - columns.edge(x);
            if (column > 0) {
                heights(times, x * STATES, column * threads, height, heights);
                int y = height;
                for (int i = STATES - 1; i >= 0 && y > 0; i--) {
                    int end = y;
                    y -= heights[i];
                    paintDown(pixels, top * width + x, width, Math.max(y, firstRow), Math.min(end, endRow), paint.tiles[CODES[i]], paint.period, tileX);
                }
            }
            tileX = tileX + 1 == paint.period ? 0 : tileX + 1;
        }
    }

    /** Paints some rows of a column with a tile. */
    private static void paintDown(int[] pixels, int first, int width, int from, int to, int[] tile, int period, int tileX) {
        if (from >= to) {
            return;
        }
        int at = first + from * width;
        int inTile = from % period * period + tileX;
        for (int row = from; row < to; row++) {
            pixels[at] = tile[inTile];
            at += width;
            inTile += period;
            if (inTile >= tile.length) {
                inTile -= tile.length;
            }
        }
    }
}

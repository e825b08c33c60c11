package io.threadlens.timeline;

import io.threadlens.model.ThreadState;

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

    private static final int CONTENTION = 3;

    /** The colour of a state at a pixel: the pattern that tells states apart without colour is part of it. */
    public interface Paint {
        int argb(ThreadState state, int x, int y);
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
        double edge = 0;
        // Rounding the running edge instead of each share keeps the sum exact.
        for (int i = STATES - 1; i >= 0; i--) {
            long time = times[offset + TOP_TO_BOTTOM[i].code()];
            covered += time;
            edge = (double) covered * height / column;
            int upTo = (int) Math.min(height, Math.round(edge));
            out[i] = upTo - taken;
            taken = upTo;
        }
        for (int i = 0; i < CONTENTION; i++) {
            if (out[i] == 0 && times[offset + TOP_TO_BOTTOM[i].code()] > 0) {
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
        for (int x = 0; x < width; x++) {
            long column = columns.edge(x + 1) - columns.edge(x);
            if (column <= 0) {
                continue;
            }
            heights(times, x * STATES, column * threads, height, heights);
            int y = height;
            for (int i = STATES - 1; i >= 0 && y > 0; i--) {
                int end = y;
                y -= heights[i];
                for (int row = Math.max(y, firstRow); row < Math.min(end, endRow); row++) {
                    pixels[(top + row) * width + x] = paint.argb(TOP_TO_BOTTOM[i], x, row);
                }
            }
        }
    }
}

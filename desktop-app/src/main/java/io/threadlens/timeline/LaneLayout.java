package io.threadlens.timeline;

import io.threadlens.model.ThreadInfo;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where each lane is in the window on them. Only those on the screen are ever looked at, however many there are. Pinned lanes stay at the top, the others
 * move below them.
 *
 * @param scrollY how far the lanes are scrolled up
 * @param height  height of the window on them
 */
public record LaneLayout(LaneRows rows, double scrollY, double height) {
    /** Height of the line below the pinned lanes. */
    public static final double SEPARATOR = 3;
    /** Pinned lanes never take more than this part of the window; the rest of them scrolls. */
    private static final double MOST_PINNED = 0.5;

    /** What a thread is called on the screen. */
    public static String nameOf(ThreadInfo thread) {
        return thread.name() != null ? thread.name() : "thread " + thread.tid();
    }

    /** Every thread that is shown, in the order of the lanes. */
    public List<Integer> threads() {
        return rows.threads();
    }

    public LaneLayout with(LaneRows other) {
        return new LaneLayout(other, scrollY, height).scrolledTo(scrollY);
    }

    public LaneLayout resized(double newHeight) {
        return new LaneLayout(rows, scrollY, newHeight).scrolledTo(scrollY);
    }

    public LaneLayout scrolledTo(double y) {
        return new LaneLayout(rows, Math.clamp(y, 0, maxScroll()), height);
    }

    public double contentHeight() {
        return rows.height() + (stuck() > 0 ? SEPARATOR : 0);
    }

    public double maxScroll() {
        return Math.max(0, contentHeight() - height);
    }

    /** How many lanes, from the first, do not scroll. */
    public int stuck() {
        int count = 0;
        while (count < rows.pinned() && rows.top(count) + rows.height(count) <= MOST_PINNED * height) {
            count++;
        }
        return count;
    }

    /** Where the lanes that scroll begin in the window. */
    public double stuckHeight() {
        int stuck = stuck();
        return stuck == 0 ? 0 : rows.top(stuck) + SEPARATOR;
    }

    /** The lanes that are at least partly in the window, from top to bottom. */
    public List<Integer> visible() {
        int stuck = stuck();
        double from = stuckHeight();
        if (height <= from) {
            return IntStream.range(0, stuck).boxed().toList();
        }
        int first = Math.max(stuck, rows.at(rows.top(stuck) + scrollY));
        int end = first;
        while (end < rows.count() && top(end) < height) {
            end++;
        }
        return IntStream.concat(IntStream.range(0, stuck), IntStream.range(first, end)).boxed().toList();
    }

    /** Top of a lane in the window. */
    public double top(int row) {
        int stuck = stuck();
        return row < stuck ? rows.top(row) : rows.top(row) - scrollY + (stuck > 0 ? SEPARATOR : 0);
    }

    /** The middle of a lane's states. */
    public double middle(int row) {
        return top(row) + LaneRows.LANE_HEIGHT / 2;
    }

    /** The lane at a height in the window, −1 where there is none. */
    public int rowAt(double y) {
        if (y < 0 || y >= height) {
            return -1;
        }
        int stuck = stuck();
        double edge = rows.top(stuck);
        if (y < edge) {
            return rows.at(y);
        }
        if (y < stuckHeight()) {
            return -1;
        }
        int row = rows.at(edge + y - stuckHeight() + scrollY);
        return row < rows.count() ? row : -1;
    }

    /** The lane that shows a thread, see {@link LaneRows#rowOf}. */
    public int rowOf(int thread) {
        return rows.rowOf(thread);
    }

    /** Scrolled as little as needed to have a lane wholly in the window. */
    public LaneLayout showing(int row) {
        if (row < stuck()) {
            return this;
        }
        double top = top(row);
        double from = stuckHeight();
        double bottom = top + rows.height(row);
        if (top < from || bottom - top > height - from) {
            return scrolledTo(scrollY + top - from);
        }
        return bottom > height ? scrolledTo(scrollY + bottom - height) : this;
    }
}

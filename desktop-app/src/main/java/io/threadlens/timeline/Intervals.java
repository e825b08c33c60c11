package io.threadlens.timeline;

import java.util.Arrays;

/**
 * Stretches of time that do not overlap, in order, by the numbers of the rows they were read from. Their times are asked of the rows: there may be millions, and
 * while a recording is live their ends may still move; so may the last stretch, which may be kept apart from those that are settled.
 *
 * <p>A longer list may share the array of a shorter one: it writes only behind the end of the shorter, and there is one writer.
 */
final class Intervals {
    static final Intervals NONE = new Intervals(new int[0], 0, -1);

    /** When the stretch of a row begins and ends. */
    interface Times {
        long start(int row);

        long end(int row);
    }

    private final int[] rows;
    private final int settled;
    /** −1 where there is none apart from the settled ones. */
    private final int lastRow;

    private Intervals(int[] rows, int settled, int lastRow) {
        this.rows = rows;
        this.settled = settled;
        this.lastRow = lastRow;
    }

    /** These and a last one that may change. */
    Intervals withLast(int row) {
        return new Intervals(rows, settled, row);
    }

    /** Collects settled ones of one list. */
    static final class Builder {
        private int[] rows;
        private int count;

        Builder(Intervals before) {
            rows = before.rows;
            count = before.settled;
        }

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, Math.max(4, count + (count >> 1)));
            }
            rows[count++] = row;
        }

        Intervals build() {
            return new Intervals(rows, count, -1);
        }
    }

    int count() {
        return lastRow < 0 ? settled : settled + 1;
    }

    int row(int i) {
        return i < settled ? rows[i] : lastRow;
    }

    /** The last that starts at or before {@code ns}; −1 where there is none. */
    int floor(long ns, Times times) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (times.start(row(middle)) <= ns) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The row of the one that {@code ns} is in; −1 where there is none. */
    int rowAt(long ns, Times times) {
        int i = floor(ns, times);
        return i >= 0 && ns < times.end(row(i)) ? row(i) : -1;
    }

    /** The first that ends after {@code ns}; {@link #count} where there is none. */
    int endingAfter(long ns, Times times) {
        int i = floor(ns, times);
        return i >= 0 && times.end(row(i)) > ns ? i : i + 1;
    }
}

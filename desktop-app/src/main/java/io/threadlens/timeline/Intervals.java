package io.threadlens.timeline;

import java.util.Arrays;

/**
 * Stretches of time that do not overlap, in order, by the numbers of the rows they were read from. Their ends are asked of the rows, because while a recording is live they
 * may still move; so is the last stretch, which may be kept apart from those that are settled.
 *
 * <p>A longer list may share the arrays of a shorter one: it writes only behind the end of the shorter, and there is one writer.
 */
final class Intervals {
    static final Intervals NONE = new Intervals(new long[0], new int[0], 0, 0, -1);

    /** When the stretch of a row ends. */
    interface Ends {
        long of(int row);
    }

    private final long[] starts;
    private final int[] rows;
    private final int settled;
    private final long lastStart;
    /** −1 where there is none apart from the settled ones. */
    private final int lastRow;

    private Intervals(long[] starts, int[] rows, int settled, long lastStart, int lastRow) {
        this.starts = starts;
        this.rows = rows;
        this.settled = settled;
        this.lastStart = lastStart;
        this.lastRow = lastRow;
    }

    /** These and a settled one more. */
    Intervals plus(long start, int row) {
        boolean full = settled == starts.length;
        int room = Math.max(4, 2 * settled);
        long[] s = full ? Arrays.copyOf(starts, room) : starts;
        int[] r = full ? Arrays.copyOf(rows, room) : rows;
        s[settled] = start;
        r[settled] = row;
        return new Intervals(s, r, settled + 1, 0, -1);
    }

    /** These and a last one that may change. */
    Intervals withLast(long start, int row) {
        return new Intervals(starts, rows, settled, start, row);
    }

    int count() {
        return lastRow < 0 ? settled : settled + 1;
    }

    long start(int i) {
        return i < settled ? starts[i] : lastStart;
    }

    int row(int i) {
        return i < settled ? rows[i] : lastRow;
    }

    /** The last that starts at or before {@code ns}; −1 where there is none. */
    int floor(long ns) {
        if (lastRow >= 0 && lastStart <= ns) {
            return settled;
        }
        int at = Arrays.binarySearch(starts, 0, settled, ns);
        return at >= 0 ? at : -at - 2;
    }

    /** The row of the one that {@code ns} is in; −1 where there is none. */
    int rowAt(long ns, Ends ends) {
        int i = floor(ns);
        return i >= 0 && ns < ends.of(row(i)) ? row(i) : -1;
    }

    /** The first that ends after {@code ns}; {@link #count} where there is none. */
    int endingAfter(long ns, Ends ends) {
        int i = floor(ns);
        return i >= 0 && ends.of(row(i)) > ns ? i : i + 1;
    }
}

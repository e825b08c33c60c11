package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Times by state of many things with numbers, one column a state; a state that nothing was in costs no memory. ns. */
final class StateColumns {
    private final int rows;
    private final long @Nullable [][] columns = new long[ThreadState.COUNT][];

    StateColumns(int rows) {
        this.rows = rows;
    }

    void add(int row, long[] times) {
        for (int state = 0; state < columns.length; state++) {
            if (times[state] != 0) {
                column(state)[row] += times[state];
            }
        }
    }

    /** Adds a row's times to others. */
    void addTo(long[] times, int row) {
        for (int state = 0; state < columns.length; state++) {
            long[] column = columns[state];
            if (column != null) {
                times[state] += column[row];
            }
        }
    }

    long[] row(int row) {
        long[] times = new long[ThreadState.COUNT];
        addTo(times, row);
        return times;
    }

    boolean isEmpty(int row) {
        for (long[] column : columns) {
            if (column != null && column[row] != 0) {
                return false;
            }
        }
        return true;
    }

    /** What each row of a tree has with all that is below it: a parent's number is less than its children's, and less than 0 for none. */
    StateColumns summedUp(IntUnaryOperator parent) {
        StateColumns sums = new StateColumns(rows);
        for (int state = 0; state < columns.length; state++) {
            long[] column = columns[state];
            if (column == null) {
                continue;
            }
            long[] sum = column.clone();
            for (int row = rows - 1; row >= 0; row--) {
                int above = sum[row] == 0 ? -1 : parent.applyAsInt(row);
                if (above >= 0) {
                    sum[above] += sum[row];
                }
            }
            sums.columns[state] = sum;
        }
        return sums;
    }

    private long[] column(int state) {
        long[] column = columns[state];
        if (column == null) {
            column = new long[rows];
            columns[state] = column;
        }
        return column;
    }
}

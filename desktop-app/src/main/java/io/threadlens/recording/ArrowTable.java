package io.threadlens.recording;

import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * A table as a row of batches. Immutable: a table that grows gives a new one, which shares what both have.
 */
final class ArrowTable {
    static final ArrowTable NONE = of(List.of());

    private final TableBatch[] batches;
    private final int[] firstRows;
    private final int count;
    private final int rows;
    /** All batches but the last have two to the power of this rows; −1 where they do not. */
    private final int shift;

    /**
     * @param batches   of which the first {@code count} are meant and do not change
     * @param firstRows number of the first row of each
     */
    private ArrowTable(TableBatch[] batches, int[] firstRows, int count, int rows) {
        this.batches = batches;
        this.firstRows = firstRows;
        this.count = count;
        this.rows = rows;
        this.shift = shift(batches, count);
    }

    private static int shift(TableBatch[] batches, int count) {
        int size = count == 0 ? 0 : batches[0].rows();
        boolean even = count <= 1 || Integer.bitCount(size) == 1 && batches[count - 1].rows() <= size;
        for (int i = 1; even && i + 1 < count; i++) {
            even = batches[i].rows() == size;
        }
        return !even ? -1 : count <= 1 ? Integer.SIZE - 1 : Integer.numberOfTrailingZeros(size);
    }

    static ArrowTable of(List<TableBatch> batches) {
        int[] firstRows = new int[batches.size()];
        int rows = 0;
        for (int i = 0; i < firstRows.length; i++) {
            firstRows[i] = rows;
            rows = Math.addExact(rows, batches.get(i).rows());
        }
        return new ArrowTable(batches.toArray(TableBatch[]::new), firstRows, firstRows.length, rows);
    }

    int rows() {
        return rows;
    }

    List<TableBatch> batches() {
        return Arrays.asList(batches).subList(0, count);
    }

    int int32(int column, int row) {
        int b = batchOf(row);
        return batches[b].int32(column, row - firstRows[b]);
    }

    long int64(int column, int row) {
        int b = batchOf(row);
        return batches[b].int64(column, row - firstRows[b]);
    }

    /** Copies {@code n} numbers of an int64 column, from {@code row} on, into the beginning of {@code out}. */
    void copy(int column, int row, long[] out, int n) {
        for (int done = 0; done < n; ) {
            int b = batchOf(row + done);
            int from = row + done - firstRows[b];
            int some = Math.min(n - done, batches[b].rows() - from);
            MemorySegment.copy(batches[b].data()[column], TableBatch.LONG, 8L * from, out, done, some);
            done += some;
        }
    }

    /** This table and one batch more. */
    ArrowTable with(TableBatch more) {
        if (more.rows() == 0) {
            return this;
        }
        TableBatch[] all = Arrays.copyOf(batches, count + 1);
        int[] starts = Arrays.copyOf(firstRows, count + 1);
        all[count] = more;
        starts[count] = rows;
        return new ArrowTable(all, starts, count + 1, Math.addExact(rows, more.rows()));
    }

    /** The last row whose value in an increasing int64 column is at most {@code value}, −1 where there is none. */
    int floorRow(int column, long value) {
        int low = 0;
        int high = rows - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (int64(column, middle) <= value) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The rows as objects, each made when it is asked for. */
    <T> List<T> asList(RowReader<T> reader) {
        return new RowList<>(this, reader);
    }

    private int batchOf(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        if (shift >= 0) {
            return row >>> shift;
        }
        int at = Arrays.binarySearch(firstRows, 0, count, row);
        if (at < 0) {
            return -at - 2;
        }
        while (batches[at].rows() == 0) {
            at++; // an empty batch begins at the same row as the one after it
        }
        return at;
    }

    /** Reads one row of a batch. */
    interface RowReader<T> {
        T read(TableBatch batch, int row);
    }

    private static final class RowList<T> extends AbstractList<T> implements RandomAccess {
        private final ArrowTable table;
        private final RowReader<T> reader;

        RowList(ArrowTable table, RowReader<T> reader) {
            this.table = table;
            this.reader = reader;
        }

        @Override
        public T get(int row) {
            int b = table.batchOf(row);
            return reader.read(table.batches[b], row - table.firstRows[b]);
        }

        @Override
        public int size() {
            return table.rows;
        }
    }

    /** Makes tables of batches that become more; one thread. */
    static final class Growing {
        private TableBatch[] batches = new TableBatch[64];
        private int[] firstRows = new int[64];
        private int count;
        private int rows;

        int count() {
            return count;
        }

        void add(TableBatch batch) {
            if (count + 1 >= batches.length) {
                batches = Arrays.copyOf(batches, count * 2 + 2);
                firstRows = Arrays.copyOf(firstRows, count * 2 + 2);
            }
            batches[count] = batch;
            firstRows[count] = rows;
            rows = Math.addExact(rows, batch.rows());
            count++;
        }

        /** Puts the same rows, from another place in memory, where they were. */
        void replace(int i, TableBatch batch) {
            batches[i] = batch;
        }

        TableBatch get(int i) {
            return batches[i];
        }

        ArrowTable snapshot() {
            return new ArrowTable(batches, firstRows, count, rows);
        }
    }
}

package io.threadlens.recording;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table that are still to be written. Values are put column by column, from the first to the last, row after row:
 * {@code rows.put(thread).put(time).put("text")}. One thread writes.
 */
final class RowBuffer {
    private final Table table;
    private final byte[][] data;
    private final int[] size;
    private final byte[][] offsets;
    private final byte[][] validity;
    private final boolean[] hasNull;
    private int rows;
    private int column;

    RowBuffer(Table table) {
        this.table = table;
        int n = table.columns();
        data = new byte[n][64];
        size = new int[n];
        offsets = new byte[n][];
        validity = new byte[n][];
        hasNull = new boolean[n];
        for (int c = 0; c < n; c++) {
            if (table.width(c) == Table.Width.TEXT) {
                offsets[c] = new byte[64];
                validity[c] = new byte[8];
            }
        }
    }

    int rows() {
        return rows;
    }

    RowBuffer put(long value) {
        int width = table.width(column).bytes;
        int at = size[column];
        reserve(column, at + width);
        set(column, at, width, value);
        return next(at + width);
    }

    /** Puts a number for each state. */
    RowBuffer put(long[] values) {
        int width = table.width(column).bytes / values.length;
        int at = size[column];
        reserve(column, at + values.length * width);
        for (int i = 0; i < values.length; i++) {
            set(column, at + i * width, width, values[i]);
        }
        return next(at + values.length * width);
    }

    /** Puts rows of a batch of the same table. */
    RowBuffer put(TableBatch batch, int from, int count) {
        for (int c = 0; c < data.length; c++) {
            if (table.width(c) == Table.Width.TEXT) {
                continue;
            }
            int width = table.width(c).bytes;
            reserve(c, size[c] + count * width);
            MemorySegment.copy(batch.data()[c], (long) from * width, MemorySegment.ofArray(data[c]), size[c], (long) count * width);
            size[c] += count * width;
        }
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < data.length; c++) {
                if (table.width(c) == Table.Width.TEXT) {
                    putText(c, batch.text(c, from + row));
                }
            }
            rows++;
        }
        return this;
    }

    /** Puts another number in the place of one that is here. */
    void replace(int inColumn, int row, long value) {
        int width = table.width(inColumn).bytes;
        set(inColumn, row * width, width, value);
    }

    private void set(int inColumn, int at, int width, long value) {
        byte[] bytes = data[inColumn];
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >> 8 * i);
        }
    }

    RowBuffer put(@Nullable String text) {
        putText(column, text);
        return next(size[column]);
    }

    private void putText(int c, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        int at = size[c];
        reserve(c, at + bytes.length);
        System.arraycopy(bytes, 0, data[c], at, bytes.length);
        if (offsets[c].length < 4 * (rows + 2)) {
            offsets[c] = Arrays.copyOf(offsets[c], 8 * (rows + 2));
            validity[c] = Arrays.copyOf(validity[c], (rows + 2) / 4 + 8);
        }
        MemorySegment.ofArray(offsets[c]).set(TableBatch.INT, 4L * (rows + 1), at + bytes.length);
        if (text != null) {
            validity[c][rows >> 3] |= (byte) (1 << (rows & 7));
        } else {
            hasNull[c] = true;
        }
        size[c] = at + bytes.length;
    }

    /** Takes {@code n} rows whose numbers the caller puts into {@link #array}; only for tables without text. */
    void fill(int n) {
        for (int c = 0; c < data.length; c++) {
            size[c] = n * table.width(c).bytes;
            reserve(c, size[c]);
        }
        rows = n;
    }

    /** Where the bytes of a column are; what lies beyond its rows means nothing. */
    byte[] array(int column) {
        return data[column];
    }

    private MemorySegment raw(int column) {
        return MemorySegment.ofArray(data[column]).asSlice(0, size[column]);
    }

    /** The rows as they lie here, without a copy: valid until the next {@link #clear()} or {@code put}. */
    TableBatch view() {
        int n = data.length;
        MemorySegment[] columns = new MemorySegment[n];
        MemorySegment[] starts = new MemorySegment[n];
        MemorySegment[] valid = new MemorySegment[n];
        for (int c = 0; c < n; c++) {
            columns[c] = raw(c);
            boolean text = table.width(c) == Table.Width.TEXT;
            starts[c] = text ? MemorySegment.ofArray(offsets[c]).asSlice(0, 4L * (rows + 1)) : TableBatch.NOTHING;
            valid[c] = text && hasNull[c] ? MemorySegment.ofArray(validity[c]).asSlice(0, (rows + 7) / 8) : TableBatch.NOTHING;
        }
        return new TableBatch(rows, columns, starts, valid);
    }

    /** The rows as they are now, for other threads to read. */
    TableBatch copy() {
        TableBatch view = view();
        return new TableBatch(rows, copies(view.data()), copies(view.offsets()), copies(view.validity()));
    }

    void clear() {
        rows = 0;
        column = 0;
        Arrays.fill(size, 0);
        Arrays.fill(hasNull, false);
        for (byte[] bits : validity) {
            if (bits != null) {
                Arrays.fill(bits, (byte) 0);
            }
        }
    }

    private RowBuffer next(int newSize) {
        size[column] = newSize;
        column++;
        if (column == data.length) {
            column = 0;
            rows++;
        }
        return this;
    }

    private void reserve(int c, int bytes) {
        if (data[c].length < bytes) {
            data[c] = Arrays.copyOf(data[c], Math.max(bytes, data[c].length * 2));
        }
    }

    private static MemorySegment[] copies(MemorySegment[] segments) {
        MemorySegment[] copies = new MemorySegment[segments.length];
        Arrays.setAll(copies, i -> MemorySegment.ofArray(segments[i].toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
        return copies;
    }
}

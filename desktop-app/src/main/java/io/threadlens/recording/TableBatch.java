package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a table as columns of bytes, in a mapped file or on the heap. Immutable. A number is read where it lies.
 *
 * @param data     for each column its elements, or the bytes of its texts
 * @param offsets  for each column of text where each begins, {@code rows + 1} int32
 * @param validity for each column of text a bit a row, empty where none is null
 */
record TableBatch(int rows, MemorySegment[] data, MemorySegment[] offsets, MemorySegment[] validity) {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** A batch without rows. */
    static TableBatch empty(Table table) {
        return new RowBuffer(table).view();
    }

    byte int8(int column, int row) {
        return data[column].get(ValueLayout.JAVA_BYTE, row);
    }

    short int16(int column, int row) {
        return data[column].get(SHORT, 2L * row);
    }

    int int32(int column, int row) {
        return data[column].get(INT, 4L * row);
    }

    long int64(int column, int row) {
        return data[column].get(LONG, 8L * row);
    }

    /** One element of a list of int16. */
    short int16(int column, int row, int element) {
        return data[column].get(SHORT, 2L * ((long) row * ThreadState.COUNT + element));
    }

    @Nullable String text(int column, int row) {
        MemorySegment valid = validity[column];
        if (valid.byteSize() > 0 && (valid.get(ValueLayout.JAVA_BYTE, row >> 3) >> (row & 7) & 1) == 0) {
            return null;
        }
        int from = offsets[column].get(INT, 4L * row);
        int to = offsets[column].get(INT, 4L * row + 4);
        return new String(data[column].asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}

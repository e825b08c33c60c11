package io.threadlens.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a batch. Numbers stay the little-endian bytes that came over the wire; nothing is parsed until it is asked for.
 */
public final class Columns {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final WireTable table;
    private final int rows;
    private final @Nullable MemorySegment[] numbers;
    private final @Nullable List<@Nullable String>[] texts;

    Columns(WireTable table, int rows, @Nullable MemorySegment[] numbers, @Nullable List<@Nullable String>[] texts) {
        this.table = table;
        this.rows = rows;
        this.numbers = numbers;
        this.texts = texts;
    }

    public int rows() {
        return rows;
    }

    /** The bytes of a column of numbers, {@code rows()} elements. */
    public MemorySegment bytes(String column) {
        return Objects.requireNonNull(numbers[table.indexOf(column)], column);
    }

    /** A column of text. */
    public List<@Nullable String> texts(String column) {
        return Objects.requireNonNull(texts[table.indexOf(column)], column);
    }

    public static byte int8(MemorySegment column, int row) {
        return column.get(ValueLayout.JAVA_BYTE, row);
    }

    public static short int16(MemorySegment column, int row) {
        return column.get(SHORT, 2L * row);
    }

    public static int int32(MemorySegment column, int row) {
        return column.get(INT, 4L * row);
    }

    public static long int64(MemorySegment column, int row) {
        return column.get(LONG, 8L * row);
    }
}

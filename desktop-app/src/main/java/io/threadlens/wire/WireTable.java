package io.threadlens.wire;

import static io.threadlens.wire.WireTable.Type.INT16;
import static io.threadlens.wire.WireTable.Type.INT32;
import static io.threadlens.wire.WireTable.Type.INT64;
import static io.threadlens.wire.WireTable.Type.INT8;
import static io.threadlens.wire.WireTable.Type.TEXT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of a batch and their columns. In this order they are checked and recorded: what others refer to comes first. */
public enum WireTable {
    STRINGS(col("text", TEXT)),
    FRAMES(col("function", INT32), col("file", INT32), col("firstLine", INT32), col("line", INT32)),
    STACKS(col("parent", INT32), col("frame", INT32)),
    THREADS(col("thread", INT32), col("tid", INT32), col("ident", INT64), col("name", TEXT), col("start", INT64), col("end", INT64)),
    TICKS(col("time", INT64), col("missed", INT32)),
    SAMPLES(
            col("thread", INT32),
            col("tick", INT32),
            col("count", INT32),
            col("state", INT8),
            col("flags", INT8),
            col("core", INT16),
            col("stack", INT32)),
    CPU(col("thread", INT32), col("time", INT64), col("cpu", INT64), col("delay", INT64)),
    PAUSES(col("start", INT64), col("end", INT64), col("kind", INT8), col("thread", INT32), col("stack", INT32)),
    LOCKS(col("lock", INT32), col("kind", TEXT), col("type", TEXT), col("label", TEXT)),
    WAITS(col("thread", INT32), col("start", INT64), col("end", INT64), col("lock", INT32), col("stack", INT32)),
    HOLDS(
            col("lock", INT32),
            col("thread", INT32),
            col("start", INT64),
            col("end", INT64),
            col("stack", INT32),
            col("how", INT8),
            col("place", INT16),
            col("taken", INT32)),
    REFCOUNTS(
            col("time", INT64),
            col("thread", INT32),
            col("stack", INT32),
            col("object", INT64),
            col("type", TEXT),
            col("looks", INT32),
            col("changed", INT32)),
    SLICES(col("thread", INT32), col("core", INT16), col("start", INT64), col("end", INT64)),
    LOAD(col("time", INT64), col("busy", INT64), col("own", INT64)),
    EVENTS(col("time", INT64), col("kind", TEXT), col("value", INT64), col("text", TEXT)),
    MARKS(col("time", INT64), col("text", TEXT));

    private final String label = name().toLowerCase(java.util.Locale.ROOT);
    private final List<Column> columns;

    WireTable(Column... columns) {
        this.columns = List.of(columns);
    }

    String label() {
        return label;
    }

    List<Column> columns() {
        return columns;
    }

    /** Position of a column, −1 where the table has none of that name. */
    int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name.equals(column)) {
                return i;
            }
        }
        return -1;
    }

    static @Nullable WireTable of(String label) {
        for (WireTable table : values()) {
            if (table.label.equals(label)) {
                return table;
            }
        }
        return null;
    }

    private static Column col(String name, Type type) {
        return new Column(name, type);
    }

    record Column(String name, Type type) {}

    /** What a column holds; a column of numbers is a typed array of RFC 8746 with this tag. */
    enum Type {
        INT8(72, 1),
        INT16(77, 2),
        INT32(78, 4),
        INT64(79, 8),
        TEXT(-1, 0);

        final int tag;
        final int width;

        Type(int tag, int width) {
            this.tag = tag;
            this.width = width;
        }
    }
}

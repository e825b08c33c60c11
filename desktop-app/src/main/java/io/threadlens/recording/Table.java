package io.threadlens.recording;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The tables of a recording and their columns, as docs/recording-format.md lists them. In this order they lie in a saved file: what others refer to
 * comes first, so that a file that lost its end lost samples and nothing else.
 */
enum Table {
    THREADS(int32("thread"), int32("tid"), int64("ident"), text("name"), int64("start"), int64("end")),
    FRAMES(text("function"), text("file"), int32("firstLine"), int32("line")),
    STACKS(int32("parent"), int32("frame")),
    TICKS(int64("time"), int32("missed")),
    EVENTS(int64("time"), text("kind"), int64("value"), text("text")),
    MARKS(int64("time"), text("text"), int64("end")),
    PAUSES(int64("start"), int64("end"), int8("kind"), int32("thread"), int32("stack")),
    CPU(int32("thread"), int64("time"), int64("cpu"), int64("delay")),
    LOCKS(int32("lock"), text("kind"), text("type"), text("label")),
    WAITS(int32("thread"), int64("start"), int64("end"), int32("lock"), int32("stack")),
    HOLDS(int32("lock"), int32("thread"), int64("start"), int64("end"), int32("stack"), int8("how"), int16("place"), int32("taken")),
    REFCOUNTS(int64("time"), int32("thread"), int32("stack"), int64("object"), text("type"), int32("looks"), int32("changed")),
    SLICES(int32("thread"), int16("core"), int64("start"), int64("end")),
    LOAD(int64("time"), int64("busy"), int64("own")),
    MODULES(text("name"), text("file"), int64("time")),
    SAMPLES(int32("thread"), int32("tick"), int32("count"), int8("state"), int8("flags"), int16("core"), int32("stack"));

    private final String fileName = name().toLowerCase(Locale.ROOT) + ".arrow";
    private final Schema schema;
    private final Width[] widths;

    Table(Field... fields) {
        schema = new Schema(List.of(fields));
        widths = Arrays.stream(fields).map(Width::of).toArray(Width[]::new);
    }

    /** Name of the entry in the archive, and of the file in the folder that grows. */
    String fileName() {
        return fileName;
    }

    Schema schema() {
        return schema;
    }

    int columns() {
        return widths.length;
    }

    /** The column that stands in for one that recordings of before do not have; −1 where it must be there. */
    int standIn(int column) {
        return this == MARKS && column == 2 ? 0 : -1;
    }

    Width width(int column) {
        return widths[column];
    }

    private static Field int8(String name) {
        return number(name, 8);
    }

    private static Field int16(String name) {
        return number(name, 16);
    }

    private static Field int32(String name) {
        return number(name, 32);
    }

    private static Field int64(String name) {
        return number(name, 64);
    }

    private static Field number(String name, int bits) {
        return new Field(name, FieldType.notNullable(new ArrowType.Int(bits, true)), null);
    }

    private static Field text(String name) {
        return new Field(name, FieldType.nullable(ArrowType.Utf8.INSTANCE), null);
    }

    /** Bytes of an element; a text has none of its own, its place is in an offsets buffer. */
    enum Width {
        TEXT(0),
        ONE(1),
        TWO(2),
        FOUR(4),
        EIGHT(8);

        final int bytes;

        Width(int bytes) {
            this.bytes = bytes;
        }

        private static Width of(Field field) {
            if (!(field.getType() instanceof ArrowType.Int number)) {
                return TEXT;
            }
            return switch (number.getBitWidth()) {
                case 8 -> ONE;
                case 16 -> TWO;
                case 32 -> FOUR;
                default -> EIGHT;
            };
        }
    }
}

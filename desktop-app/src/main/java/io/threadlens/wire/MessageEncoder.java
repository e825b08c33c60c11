package io.threadlens.wire;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages, their lengths definite as the protocol wants them: those of the app, and those of the benchmark's agent and of
 * tests. Columns are {@code byte[]}, {@code short[]}, {@code int[]}, {@code long[]}, which become typed arrays, or a list of texts.
 */
final class MessageEncoder {
    private static final CBORFactory FACTORY = new CBORFactory();
    /** Enough for most batches, so that the buffer need not grow. */
    private static final int BATCH_SIZE = 1 << 21;

    private final Map<String, Map<String, Object>> tables = new LinkedHashMap<>();

    /** Sets a column of this batch. */
    MessageEncoder column(WireTable table, String column, Object values) {
        tables.computeIfAbsent(table.label(), t -> new LinkedHashMap<>()).put(column, values);
        return this;
    }

    /** The message with its length before it. */
    byte[] batch(long seq, Map<String, Long> counters) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "batch");
        message.put("seq", seq);
        message.put("tables", tables);
        message.put("counters", counters);
        return message(message, BATCH_SIZE);
    }

    /** Any message with its length before it. */
    static byte[] message(Map<String, Object> message) {
        return message(message, 256);
    }

    private static byte[] message(Map<String, Object> message, int sizeToExpect) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(sizeToExpect);
        out.writeBytes(new byte[4]);
        try (CBORGenerator generator = FACTORY.createGenerator(out)) {
            write(generator, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is only memory
        }
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4);
        return bytes;
    }

    private static void write(CBORGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject(map, map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray(list, list.size());
                for (Object item : list) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case byte[] numbers -> typed(generator, WireTable.Type.INT8, numbers);
            case short[] numbers -> {
                ByteBuffer bytes = buffer(2 * numbers.length);
                bytes.asShortBuffer().put(numbers);
                typed(generator, WireTable.Type.INT16, bytes.array());
            }
            case int[] numbers -> {
                ByteBuffer bytes = buffer(4 * numbers.length);
                bytes.asIntBuffer().put(numbers);
                typed(generator, WireTable.Type.INT32, bytes.array());
            }
            case long[] numbers -> {
                ByteBuffer bytes = buffer(8 * numbers.length);
                bytes.asLongBuffer().put(numbers);
                typed(generator, WireTable.Type.INT64, bytes.array());
            }
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean flag -> generator.writeBoolean(flag);
            default -> generator.writeString(value.toString());
        }
    }

    private static void typed(CBORGenerator generator, WireTable.Type type, byte[] bytes) throws IOException {
        generator.writeTag(type.tag);
        generator.writeBinary(bytes);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}

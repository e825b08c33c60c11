package io.threadlens.wire;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.threadlens.model.RecordingInfo.Counters;
import io.threadlens.model.RecordingInfo.End;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages after hello. Columns are copied as they are into buffers that are used again for the next batch, so that a
 * stream of any length needs the memory of its largest batch.
 */
final class MessageDecoder {
    private final Map<WireTable, ColumnSink[]> sinks = new EnumMap<>(WireTable.class);

    /** The message, or null for one of a type that this version does not know. */
    @Nullable Message decode(byte[] bytes, int length) throws WireException {
        try (CBORParser parser = Cbor.parser(bytes, length)) {
            return decode(parser);
        } catch (WireException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Whatever the parser makes of hostile bytes, to the caller they are one thing: not a message.
            throw new WireException("a message that is not CBOR", e);
        }
    }

    private @Nullable Message decode(CBORParser parser) throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "a message that is not a map");
        String type = null;
        String reason = null;
        String text = null;
        Integer exitCode = null;
        long seq = -1;
        Counters counters = null;
        EnumMap<WireTable, Columns> tables = new EnumMap<>(WireTable.class);
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (key) {
                case "type" -> type = textOrNull(parser, value, key);
                case "reason" -> reason = textOrNull(parser, value, key);
                case "message" -> text = textOrNull(parser, value, key);
                case "exitCode" -> exitCode = value == JsonToken.VALUE_NULL ? null : (Integer) (int) integer(parser, value, key);
                case "seq" -> seq = integer(parser, value, key);
                case "counters" -> counters = counters(parser, value);
                case "tables" -> tables(parser, value, tables);
                default -> parser.skipChildren();
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT, "a message whose keys are not text");
        expect(parser.nextToken() == null, "a message with something after its end");
        expect(type != null, "a message without a type");
        return switch (type) {
            case "batch" -> {
                expect(counters != null, "a batch without counters");
                yield new Batch(seq, counters, tables);
            }
            case "end" -> {
                expect(reason != null, "an end without a reason");
                yield new Message.Ended(new End(reason, exitCode, text));
            }
            case "hello" -> throw new WireException("a second hello");
            default -> null;
        };
    }

    private static Counters counters(CBORParser parser, JsonToken start) throws IOException {
        expect(start == JsonToken.START_OBJECT, "counters that are not a map");
        Map<String, Long> values = new TreeMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT) {
                values.put(key, parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT, "counters whose keys are not text");
        return new Counters(
                values.getOrDefault("missedTicks", 0L),
                values.getOrDefault("samples", 0L),
                values.getOrDefault("tornSamples", 0L),
                values.getOrDefault("trimmedSamples", 0L),
                values.getOrDefault("agentCpuNs", 0L),
                values.getOrDefault("droppedBatches", 0L));
    }

    private void tables(CBORParser parser, JsonToken start, Map<WireTable, Columns> tables) throws IOException {
        expect(start == JsonToken.START_OBJECT, "tables that are not a map");
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            WireTable table = WireTable.of(key);
            if (table == null) {
                parser.skipChildren();
                continue;
            }
            expect(!tables.containsKey(table), "table %s twice", key);
            Columns columns = columns(parser, value, table);
            if (columns.rows() > 0) {
                tables.put(table, columns);
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT, "tables whose keys are not text");
    }

    private Columns columns(CBORParser parser, JsonToken start, WireTable table) throws IOException {
        expect(start == JsonToken.START_OBJECT, "table %s is not a map", table.label());
        int width = table.columns().size();
        ColumnSink[] buffers = sinks.computeIfAbsent(table, t -> ColumnSink.of(width));
        @Nullable MemorySegment[] numbers = new MemorySegment[width];
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        @Nullable List<@Nullable String>[] texts = new List[width];
        int rows = -1;
        int found = 0;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            int i = table.indexOf(key);
            if (i < 0) {
                parser.skipChildren();
                continue;
            }
            expect(numbers[i] == null && texts[i] == null, "column %s.%s twice", table.label(), key);
            WireTable.Type type = table.columns().get(i).type();
            int length;
            if (type == WireTable.Type.TEXT) {
                texts[i] = textColumn(parser, value, table, key);
                length = texts[i].size();
            } else {
                expect(value == JsonToken.VALUE_EMBEDDED_OBJECT, "column %s.%s is not a typed array", table.label(), key);
                expect(parser.getCurrentTag() == type.tag, "column %s.%s is not of type %s", table.label(), key, type);
                ColumnSink sink = buffers[i];
                sink.reset();
                parser.readBinaryValue(sink);
                expect(sink.size() % type.width == 0, "column %s.%s ends in the middle of a number", table.label(), key);
                numbers[i] = sink.segment();
                length = sink.size() / type.width;
            }
            expect(rows < 0 || rows == length, "the columns of table %s have different lengths", table.label());
            rows = length;
            found++;
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT, "table %s has a column whose name is not text", table.label());
        expect(found == width, "table %s has %d of its %d columns", table.label(), found, width);
        return new Columns(table, rows, numbers, texts);
    }

    private static List<@Nullable String> textColumn(CBORParser parser, JsonToken start, WireTable table, String column) throws IOException {
        expect(start == JsonToken.START_ARRAY, "column %s.%s is not an array", table.label(), column);
        List<@Nullable String> texts = new ArrayList<>();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            texts.add(textOrNull(parser, item, column));
        }
        return Collections.unmodifiableList(texts);
    }

    private static @Nullable String textOrNull(CBORParser parser, @Nullable JsonToken value, String key) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(value == JsonToken.VALUE_STRING, "%s is not a text", key);
        return parser.getText();
    }

    private static long integer(CBORParser parser, JsonToken value, String key) throws IOException {
        expect(value == JsonToken.VALUE_NUMBER_INT, "%s is not an integer", key);
        return parser.getLongValue();
    }

    @org.jspecify.annotations.NullUnmarked
    private static void expect(boolean condition, String otherwise, Object... arguments) throws WireException {
        if (!condition) {
            throw new WireException(String.format(otherwise, arguments));
        }
    }
}

package io.threadlens.recording;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Encapsulated messages of Arrow IPC, written from and read over plain memory: {@code FFFFFFFF}, length of the metadata, metadata (a
 * flatbuffer), body. Arrow's own classes copy through an allocator on both ways; here a column is written from where it grew and read where it lies.
 */
final class ArrowMessages {
    private static final int CONTINUATION = -1;
    private static final int PREFIX = 8;
    private static final int ALIGNMENT = 8;
    private static final byte[] ZEROS = new byte[ALIGNMENT];

    private ArrowMessages() {}

    static void writeSchema(WritableByteChannel channel, Schema schema) throws IOException {
        MessageSerializer.serialize(new WriteChannel(channel), schema);
    }

    /** The bytes of a record batch, in the order in which they are to be written. */
    static ByteBuffer[] encode(Table table, TableBatch batch) {
        List<MemorySegment> buffers = new ArrayList<>();
        for (int c = 0; c < table.columns(); c++) {
            buffers.add(batch.validity()[c]);
            if (table.width(c) == Table.Width.TEXT) {
                buffers.add(batch.offsets()[c]);
            }
            buffers.add(batch.data()[c]);
        }
        long bodyLength = 0;
        long[] starts = new long[buffers.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = bodyLength;
            bodyLength += padded(buffers.get(i).byteSize());
        }
        List<ByteBuffer> out = new ArrayList<>();
        out.add(metadata(table, batch, buffers, starts, bodyLength));
        for (MemorySegment buffer : buffers) {
            out.add(buffer.asByteBuffer());
            out.add(ByteBuffer.wrap(ZEROS, 0, (int) (padded(buffer.byteSize()) - buffer.byteSize())));
        }
        return out.toArray(ByteBuffer[]::new);
    }

    private static ByteBuffer metadata(Table table, TableBatch batch, List<MemorySegment> buffers, long[] starts, long bodyLength) {
        FlatBufferBuilder builder = new FlatBufferBuilder(512);
        RecordBatch.startBuffersVector(builder, starts.length);
        for (int i = starts.length - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, starts[i], buffers.get(i).byteSize());
        }
        int buffersAt = builder.endVector();
        RecordBatch.startNodesVector(builder, table.columns());
        for (int c = table.columns() - 1; c >= 0; c--) {
            FieldNode.createFieldNode(builder, batch.rows(), nulls(batch, c));
        }
        int nodesAt = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, batch.rows());
        RecordBatch.addNodes(builder, nodesAt);
        RecordBatch.addBuffers(builder, buffersAt);
        int header = RecordBatch.endRecordBatch(builder);
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.RecordBatch);
        Message.addHeader(builder, header);
        Message.addVersion(builder, MetadataVersion.V5);
        Message.addBodyLength(builder, bodyLength);
        Message.finishMessageBuffer(builder, Message.endMessage(builder));
        ByteBuffer flat = builder.dataBuffer();
        int length = (int) padded(flat.remaining());
        ByteBuffer framed = ByteBuffer.allocate(PREFIX + length).order(ByteOrder.LITTLE_ENDIAN);
        framed.putInt(CONTINUATION).putInt(length).put(flat).rewind();
        return framed;
    }

    private static long nulls(TableBatch batch, int column) {
        MemorySegment bits = batch.validity()[column];
        if (bits.byteSize() == 0) {
            return 0;
        }
        int set = 0;
        for (long i = 0; i < bits.byteSize(); i++) {
            set += Integer.bitCount(bits.get(java.lang.foreign.ValueLayout.JAVA_BYTE, i) & 0xff);
        }
        return batch.rows() - (long) set;
    }

    private static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * One message in mapped memory.
     *
     * @param metadataLength with the prefix, as a footer counts it
     * @param end            where the next message begins
     */
    record Located(long start, int metadataLength, long bodyLength, long end, byte type, Message message) {}

    /** What lies at {@code at}: a whole message; null at the mark of the end of the stream, or where the memory ends with less than a message. */
    static @Nullable Located locate(MemorySegment memory, long at) {
        if (at < 0 || memory.byteSize() - at < PREFIX || memory.get(TableBatch.INT, at) != CONTINUATION) {
            return null;
        }
        int length = memory.get(TableBatch.INT, at + 4);
        if (length <= 0 || length > memory.byteSize() - at - PREFIX) {
            return null;
        }
        ByteBuffer flat = memory.asSlice(at + PREFIX, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        Message message = Message.getRootAsMessage(flat);
        long body = at + PREFIX + length;
        long bodyLength = message.bodyLength();
        if (bodyLength < 0 || bodyLength > memory.byteSize() - body) {
            return null;
        }
        return new Located(at, PREFIX + length, bodyLength, body + bodyLength, message.headerType(), message);
    }

    /** Whether the bytes at {@code at} are the mark of the end of a stream. */
    static boolean isEnd(MemorySegment memory, long at) {
        return memory.byteSize() - at >= PREFIX && memory.get(TableBatch.INT, at) == CONTINUATION && memory.get(TableBatch.INT, at + 4) == 0;
    }

    /** Whether a schema has the columns of a table, in their order; more may follow. */
    static boolean isSchemaOf(Located located, Table table) throws IOException {
        if (located.type() != MessageHeader.Schema) {
            return false;
        }
        List<Field> found = MessageSerializer.deserializeSchema(located.message()).getFields();
        List<Field> expected = table.schema().getFields();
        for (int i = 0; i < expected.size(); i++) {
            if (i >= found.size()) {
                return table.standIn(i) >= 0;
            }
            if (!found.get(i).getName().equals(expected.get(i).getName()) || !found.get(i).getType().equals(expected.get(i).getType())) {
                return false;
            }
        }
        return true;
    }

    /** The columns of a record batch; null where it does not add up. */
    static @Nullable TableBatch decode(MemorySegment memory, Located located, Table table) {
        if (located.type() != MessageHeader.RecordBatch) {
            return null;
        }
        RecordBatch header = (RecordBatch) located.message().header(new RecordBatch());
        if (header == null || header.length() < 0 || header.length() > Integer.MAX_VALUE - 8) {
            return null;
        }
        int rows = (int) header.length();
        MemorySegment body = memory.asSlice(located.start() + located.metadataLength(), located.bodyLength());
        int n = table.columns();
        MemorySegment[] data = new MemorySegment[n];
        MemorySegment[] offsets = new MemorySegment[n];
        MemorySegment[] validity = new MemorySegment[n];
        int next = 0;
        for (int c = 0; c < n; c++) {
            boolean text = table.width(c) == Table.Width.TEXT;
            if (next >= header.buffersLength() && table.standIn(c) >= 0) {
                data[c] = data[table.standIn(c)];
                offsets[c] = validity[c] = TableBatch.NOTHING;
                continue;
            }
            validity[c] = slice(body, header, next++);
            offsets[c] = text ? slice(body, header, next++) : TableBatch.NOTHING;
            data[c] = slice(body, header, next++);
            if (text ? !addsUp(rows, offsets[c], data[c], validity[c]) : data[c].byteSize() < (long) rows * table.width(c).bytes) {
                return null;
            }
        }
        return new TableBatch(rows, data, offsets, validity);
    }

    private static MemorySegment slice(MemorySegment body, RecordBatch header, int buffer) {
        Buffer place = header.buffers(buffer);
        return body.asSlice(place.offset(), place.length());
    }

    private static boolean addsUp(int rows, MemorySegment offsets, MemorySegment data, MemorySegment validity) {
        if (offsets.byteSize() < 4L * (rows + 1L) || validity.byteSize() > 0 && validity.byteSize() < (rows + 7L) / 8) {
            return false;
        }
        int last = 0;
        for (int row = 0; row <= rows; row++) {
            int at = offsets.get(TableBatch.INT, 4L * row);
            if (at < last || at > data.byteSize()) {
                return false;
            }
            last = at;
        }
        return true;
    }
}

package io.threadlens.recording;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;

/** Writes a table as an Arrow IPC file: magic, schema, record batches, end of the stream, footer, magic. */
final class ArrowFileWriter {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    /** The magic at the beginning is padded to this. */
    static final int START = 8;

    private static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

    private final Table table;
    private final StoredZipWriter.Sink sink;
    private final List<ArrowBlock> blocks = new ArrayList<>();
    private long position;

    ArrowFileWriter(Table table, StoredZipWriter.Sink sink) throws IOException {
        this.table = table;
        this.sink = sink;
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(MAGIC);
        head.write(new byte[START - MAGIC.length]);
        ByteArrayOutputStream schema = new ByteArrayOutputStream();
        ArrowMessages.writeSchema(Channels.newChannel(schema), table.schema());
        schema.writeTo(head);
        sink.write(ByteBuffer.wrap(head.toByteArray()));
        position = head.size();
    }

    void add(TableBatch batch) throws IOException {
        ByteBuffer[] message = ArrowMessages.encode(table, batch);
        int metadata = message[0].remaining();
        long body = 0;
        for (int i = 1; i < message.length; i++) {
            body += message[i].remaining();
        }
        blocks.add(new ArrowBlock(position, metadata, body));
        sink.write(message);
        position += metadata + body;
    }

    /** Writes the end; nothing may follow. */
    void finish() throws IOException {
        sink.write(ByteBuffer.wrap(END_OF_STREAM), footer());
    }

    private ByteBuffer footer() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        builder.finish(new ArrowFooter(table.schema(), List.of(), blocks).writeTo(builder));
        ByteBuffer footer = builder.dataBuffer();
        int length = footer.remaining();
        return ByteBuffer.allocate(length + 4 + MAGIC.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(footer)
                .putInt(length)
                .put(MAGIC)
                .flip();
    }
}

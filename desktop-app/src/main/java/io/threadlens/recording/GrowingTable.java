package io.threadlens.recording;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A table that grows as an Arrow IPC stream on disk. Rows are put into {@link #tail()}, and {@link #flush()} makes them a record batch, which
 * is from then on read through the file: memory does not grow with the table. One thread writes; what it hands out may be read by any.
 */
final class GrowingTable implements AutoCloseable {
    /**
     * So many mappings of one batch each become one of them all: a process may have only some 65 000 mappings. A replaced mapping
     * goes away with the last reader that still has it.
     */
    private static final int MAPPINGS_TO_JOIN = 64;

    private static final byte[] END_OF_STREAM = {-1, -1, -1, -1, 0, 0, 0, 0};

    private final Table table;
    private final FileChannel channel;
    private final RowBuffer tail;
    private final ArrowTable.Growing flushed = new ArrowTable.Growing();
    private final long[] joinable = new long[MAPPINGS_TO_JOIN];
    private long end;

    GrowingTable(Path folder, Table table) throws IOException {
        this.table = table;
        tail = new RowBuffer(table);
        channel = FileChannel.open(
                folder.resolve(table.fileName()), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ArrowMessages.writeSchema(channel, table.schema());
        end = channel.position();
    }

    RowBuffer tail() {
        return tail;
    }

    FileChannel channel() {
        return channel;
    }

    long bytes() {
        return end;
    }

    /** The batches on disk. */
    ArrowTable.Growing flushed() {
        return flushed;
    }

    /** All rows: those on disk, and a copy of those that are not. */
    ArrowTable snapshot() {
        return flushed.snapshot().with(tail.copy());
    }

    /** Writes the tail as one batch. Returns the number of the first batch that is new or lies elsewhere now. */
    int flush() throws IOException {
        if (tail.rows() == 0) {
            return flushed.count();
        }
        long start = end;
        write(tail.view());
        tail.clear();
        int slot = flushed.count() % MAPPINGS_TO_JOIN;
        joinable[slot] = start;
        MemorySegment mapped = map(start);
        flushed.add(decode(mapped, 0));
        if (slot < MAPPINGS_TO_JOIN - 1) {
            return flushed.count() - 1;
        }
        MemorySegment joined = map(joinable[0]);
        int first = flushed.count() - MAPPINGS_TO_JOIN;
        for (int i = 0; i < MAPPINGS_TO_JOIN; i++) {
            flushed.replace(first + i, decode(joined, joinable[i] - joinable[0]));
        }
        return first;
    }

    /** Writes rows for whoever recovers the folder; here they are not read, since later rows will take their place. */
    void flushProvisional(TableBatch rows) throws IOException {
        if (rows.rows() > 0) {
            write(rows);
        }
    }

    /** Writes the mark of the end of the stream; nothing may follow. */
    void finish() throws IOException {
        flush();
        end = append(ByteBuffer.wrap(END_OF_STREAM));
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(TableBatch rows) throws IOException {
        long start = end;
        try {
            end = append(ArrowMessages.encode(table, rows));
        } catch (IOException e) {
            truncate(start);
            throw e;
        }
    }

    private long append(ByteBuffer... buffers) throws IOException {
        channel.position(end);
        return end + StoredZipWriter.write(channel, buffers);
    }

    private void truncate(long length) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            // Half a message at the end is what recovery expects; the failure to write is the one to tell.
        }
    }

    private MemorySegment map(long start) throws IOException {
        return channel.map(MapMode.READ_ONLY, start, end - start, Arena.ofAuto());
    }

    private TableBatch decode(MemorySegment memory, long at) throws IOException {
        ArrowMessages.Located located = ArrowMessages.locate(memory, at);
        TableBatch batch = located == null ? null : ArrowMessages.decode(memory, located, table);
        if (batch == null) {
            throw new IOException(table.fileName() + " was changed by another program while it was written");
        }
        return batch;
    }
}

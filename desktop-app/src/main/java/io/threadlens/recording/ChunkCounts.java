package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts what is known of chunks without reading their rows, into temporary files. The sums go on from chunk to chunk, so the chunks are to come in order of
 * time, with no tick in two of them.
 */
final class ChunkCounts implements AutoCloseable {
    private final SeenTime seen;
    private final Map<Table, CountedTable> counted = new EnumMap<>(Table.class);
    /** Of each thread, and of all together, time per state so far. */
    private final long[][] times;

    private final long[] together = new long[ThreadState.COUNT];

    /**
     * @param beside where the temporary files go: beside the file that is written, which is known to have room
     */
    ChunkCounts(Recording source, Path beside) throws IOException {
        seen = SeenTime.of(source);
        times = new long[source.threads().size()][];
        try {
            for (Table table : Table.COUNTED) {
                counted.put(table, new CountedTable(table, beside.resolveSibling(beside.getFileName() + "." + table.fileName())));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void add(SampleChunk chunk) throws IOException {
        RowBuffer census = rows(Table.CENSUS);
        CensusCounter.put(chunk, census);
        RowBuffer forest = rows(Table.FOREST);
        if (census.rows() > 0) {
            Census counts = new Census(census.view(), chunk.firstTick(), chunk.endTick());
            Nodes.put(forest, Nodes.ALL, counts, 0, counts.rows(), seen, together);
        }
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            times[thread] = Objects.requireNonNullElseGet(times[thread], () -> new long[ThreadState.COUNT]);
            Nodes.put(forest, thread, Nodes.runs(chunk), chunk.firstRow(thread), chunk.endRow(thread), seen, times[thread]);
        }
        ProfileCounter.put(chunk, seen, rows(Table.PROFILE));
        for (CountedTable table : counted.values()) {
            table.flush();
        }
    }

    private RowBuffer rows(Table table) {
        return Objects.requireNonNull(counted.get(table)).rows;
    }

    /** Writes all of a counted table; no chunk may follow. */
    void writeTo(Table table, StoredZipWriter.Sink sink) throws IOException {
        Objects.requireNonNull(counted.get(table)).copyTo(sink);
    }

    @Override
    public void close() throws IOException {
        for (CountedTable table : counted.values()) {
            table.close();
        }
    }

    /** A table on its way, in a file that goes away with it. */
    private static final class CountedTable implements AutoCloseable {
        private final RowBuffer rows;
        private final FileChannel channel;
        private final ArrowFileWriter writer;

        CountedTable(Table table, Path file) throws IOException {
            rows = new RowBuffer(table);
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            writer = new ArrowFileWriter(table, parts -> StoredZipWriter.write(channel, parts));
        }

        void flush() throws IOException {
            writer.add(rows.view());
            rows.clear();
        }

        void copyTo(StoredZipWriter.Sink sink) throws IOException {
            writer.finish();
            channel.position(0);
            ByteBuffer some = ByteBuffer.allocateDirect(1 << 20);
            while (channel.read(some) >= 0) {
                sink.write(some.flip());
                some.clear();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

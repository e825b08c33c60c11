package io.threadlens.recording;

import io.threadlens.model.Progress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Saves a made-up recording as a real one would be, in chunks of few rows, so that there are many. */
public final class Saved {
    private Saved() {}

    /** Writes a recording to a file: all but marks and counters. */
    public static Path save(MemoryRecording source, Path file, int rowsPerChunk) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(file, source.info())) {
            source.define(writer);
            source.threads().forEach(writer::thread);
            putTables(source, writer);
            int ticks = 0;
            for (SampleChunk chunk : source.chunks()) {
                for (; ticks < chunk.endTick(); ticks++) {
                    writer.tick(source.tickTime(ticks), 0);
                }
                put(chunk, writer);
                writer.commit();
            }
            for (; ticks < source.tickCount(); ticks++) {
                writer.tick(source.tickTime(ticks), 0);
            }
            writer.commit();
            writer.finish(source.info().end(), true);
            RecordingSaver.save(writer.live(), file, rowsPerChunk, new Progress());
            writer.discard();
        }
        return file;
    }

    /** The same, opened to be looked at. */
    public static Recording view(MemoryRecording source, Path file, int rowsPerChunk) throws IOException {
        Progress progress = new Progress();
        Recording recording = Recordings.view(save(source, file, rowsPerChunk), progress);
        if (progress.fraction() != Progress.UNKNOWN) {
            throw new AssertionError("it is made anew");
        }
        return recording;
    }

    private static void putTables(MemoryRecording source, RecordingWriter writer) {
        source.locks().forEach(writer::lock);
        source.waits().forEach(writer::wait);
        source.holds().forEach(writer::hold);
        source.refcounts().forEach(writer::refcounts);
        source.cpu().forEach(writer::cpu);
        source.pauses().forEach(writer::pause);
        source.events().forEach(writer::event);
        source.coreSlices().forEach(writer::slice);
        source.systemLoad().forEach(writer::load);
    }

    private static void put(SampleChunk chunk, RecordingWriter writer) {
        ByteBuffer[] columns = new ByteBuffer[Table.SAMPLES.columns()];
        Arrays.setAll(
                columns, c -> ByteBuffer.allocate(chunk.rows() * Table.SAMPLES.width(c).bytes).order(ByteOrder.LITTLE_ENDIAN));
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                columns[ColumnChunk.THREAD].putInt(thread);
                columns[ColumnChunk.TICK].putInt(chunk.tick(row));
                columns[ColumnChunk.COUNT].putInt(chunk.count(row));
                columns[ColumnChunk.STATE].put(chunk.state(row));
                columns[ColumnChunk.FLAGS].put(chunk.flags(row));
                columns[ColumnChunk.CORE].putShort(chunk.core(row));
                columns[ColumnChunk.STACK].putInt(chunk.stack(row));
            }
        }
        MemorySegment[] bytes = Arrays.stream(columns).map(column -> MemorySegment.ofArray(column.array())).toArray(MemorySegment[]::new);
        writer.samples(chunk.rows(), bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6]);
    }
}

package io.threadlens.recording;

import io.threadlens.model.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Writes a recording, as it is at the moment, to one file. The file appears under its name when all of it is on the disk, or not at all.
 * Works for any recording that this package made: live, saved or recovered.
 */
public final class RecordingSaver {
    /** About so many rows of {@code samples} are a chunk: much less would make a long recording slow to open, much more a short range slow to count. */
    private static final int CHUNK_ROWS = 1 << 20;
    /** Rows of a batch of any table but {@code samples}. */
    private static final int BATCH_ROWS = 1 << 18;

    private RecordingSaver() {}

    public static void save(Recording recording, Path target) throws IOException {
        save(recording, target, new Progress());
    }

    /** The same, and tells how far it has come; where it shall not go on, there is no file. */
    public static void save(Recording recording, Path target, Progress progress) throws IOException {
        save(recording, target, CHUNK_ROWS, progress);
    }

    static void save(Recording recording, Path target, int rowsPerChunk, Progress progress) throws IOException {
        if (!(recording instanceof SnapshotRecording source)) {
            throw new IllegalArgumentException("not a recording of this package: " + recording.getClass());
        }
        String damage = Recordings.damage(source, progress.part(0, 0.2));
        if (damage != null) {
            // A copy with fresh checksums would hide it.
            throw new RecordingException("cannot save " + target + ": of the file that is open " + damage + "; open it again to see what is left of it");
        }
        Path file = target.toAbsolutePath();
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            write(new SnapshotRecording(source.snapshot()), fresh, rowsPerChunk, progress.part(0.2, 1));
            PartFolder.move(fresh, file);
            syncFolder(file.getParent());
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            String reason = PartFolder.reason(e);
            throw new RecordingException("cannot save " + target + ": "
                    + (reason.contains("No space left on device") ? "the disk is full; free some space or choose another disk" : reason), e);
        } catch (CancellationException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    private static void write(SnapshotRecording recording, Path path, int rowsPerChunk, Progress progress) throws IOException {
        Snapshot snapshot = recording.snapshot();
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (StoredZipWriter zip = new StoredZipWriter(channel)) {
            byte[] meta = Meta.write(snapshot.info(), snapshot.endNs());
            zip.add(Meta.FILE_NAME, sink -> sink.write(ByteBuffer.wrap(meta)));
            for (Table table : Table.RECORDED) {
                if (table != Table.SAMPLES) {
                    add(zip, table, out -> writeRows(snapshot, table, out));
                }
            }
            if (snapshot.isCompact()) {
                for (Table table : Table.CHUNKS) {
                    add(zip, table, out -> copy(snapshot, table, out));
                }
            } else {
                writeChunks(zip, recording, path, rowsPerChunk, progress);
            }
            zip.finish();
            channel.force(true);
        }
    }

    /** Writes the samples as few large chunks, and what is counted of them. */
    private static void writeChunks(StoredZipWriter zip, Recording recording, Path path, int rowsPerChunk, Progress progress) throws IOException {
        Compactor compactor = new Compactor(recording, rowsPerChunk, progress);
        List<Compactor.Plan> plans = compactor.plan();
        try (ChunkCounts counts = new ChunkCounts(recording, path)) {
            add(zip, Table.PARTS, out -> {
                for (Compactor.Plan plan : plans) {
                    out.add(plan.rows());
                }
            });
            add(zip, Table.RUNS, out -> compactor.make(plans, chunk -> {
                out.add(chunk.batch());
                counts.add(chunk);
            }));
            for (Table table : Table.COUNTED) {
                zip.add(table.fileName(), sink -> counts.writeTo(table, sink));
            }
        }
    }

    private interface Rows {
        void writeTo(ArrowFileWriter out) throws IOException;
    }

    private static void add(StoredZipWriter zip, Table table, Rows rows) throws IOException {
        zip.add(table.fileName(), sink -> {
            ArrowFileWriter out = new ArrowFileWriter(table, sink);
            rows.writeTo(out);
            out.finish();
        });
    }

    private static void copy(Snapshot snapshot, Table table, ArrowFileWriter out) throws IOException {
        for (TableBatch batch : snapshot.table(table).batches()) {
            out.add(batch);
        }
    }

    /** A table's rows in few large batches; of {@code threads}, {@code locks} and {@code marks} the last row of each, which is what holds. */
    private static void writeRows(Snapshot snapshot, Table table, ArrowFileWriter out) throws IOException {
        RowBuffer rows = new RowBuffer(table);
        switch (table) {
            case THREADS -> snapshot.threads().forEach(thread -> RecordingWriter.putThread(rows, thread));
            case LOCKS -> snapshot.locks().forEach(lock -> RecordingWriter.putLock(rows, lock));
            case MARKS -> snapshot.marks().forEach(mark -> RecordingWriter.putMark(rows, mark));
            default -> {
                for (TableBatch batch : snapshot.table(table).batches()) {
                    for (int from = 0; from < batch.rows(); ) {
                        int some = Math.min(batch.rows() - from, BATCH_ROWS - rows.rows());
                        rows.put(batch, from, some);
                        from += some;
                        if (rows.rows() == BATCH_ROWS) {
                            out.add(rows.view());
                            rows.clear();
                        }
                    }
                }
            }
        }
        if (rows.rows() > 0) {
            out.add(rows.view());
        }
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system lets a folder be synced; the file itself is.
        }
    }
}

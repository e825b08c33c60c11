package io.threadlens.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a recording, as it is at the moment, to one file. The file appears under its name when all of it is on the disk, or not at all.
 * Works for any recording that this package made: live, saved or recovered.
 */
public final class RecordingSaver {
    private RecordingSaver() {}

    public static void save(Recording recording, Path target) throws IOException {
        if (!(recording instanceof SnapshotRecording source)) {
            throw new IllegalArgumentException("not a recording of this package: " + recording.getClass());
        }
        Path file = target.toAbsolutePath();
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            write(source.snapshot(), fresh);
            PartFolder.move(fresh, file);
            syncFolder(file.getParent());
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            String reason = PartFolder.reason(e);
            throw new RecordingException("cannot save " + target + ": "
                    + (reason.contains("No space left on device") ? "the disk is full; free some space or choose another disk" : reason), e);
        }
    }

    private static void write(Snapshot snapshot, Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (StoredZipWriter zip = new StoredZipWriter(channel)) {
            byte[] meta = Meta.write(snapshot.info(), snapshot.endNs());
            zip.add(Meta.FILE_NAME, sink -> sink.write(ByteBuffer.wrap(meta)));
            for (Table table : Table.values()) {
                zip.add(table.fileName(), new ArrowFile(table, batches(snapshot, table)));
            }
            zip.finish();
            channel.force(true);
        }
    }

    /** A table's batches as they are; of {@code threads}, {@code locks} and {@code marks} the last row of each, which is what holds. */
    private static List<TableBatch> batches(Snapshot snapshot, Table table) {
        RowBuffer rows = new RowBuffer(table);
        switch (table) {
            case THREADS -> snapshot.threads().forEach(thread -> RecordingWriter.putThread(rows, thread));
            case LOCKS -> snapshot.locks().forEach(lock -> RecordingWriter.putLock(rows, lock));
            case MARKS -> snapshot.marks().forEach(mark -> RecordingWriter.putMark(rows, mark));
            default -> {
                return snapshot.table(table).batches();
            }
        }
        return rows.rows() == 0 ? List.of() : List.of(rows.view());
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system lets a folder be synced; the file itself is.
        }
    }
}

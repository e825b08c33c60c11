package io.threadlens.recording;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Puts other marks into a saved recording. Nothing of the file is changed: the new table and a new directory are appended, and the table of before is no longer
 * listed. Whatever of that gets lost with a crash, the file still ends in one directory or the other that is whole. Whoever has the file mapped goes on reading.
 */
public final class MarkWriter {
    private MarkWriter() {}

    /** @param marks all that the recording is to have from then on */
    public static void write(Path file, List<Recording.Mark> marks) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(channel);
                Arena arena = Arena.ofConfined()) {
            long end = channel.size();
            MemorySegment now = channel.map(MapMode.READ_ONLY, 0, end, arena);
            if (!StoredZip.looksLikeZip(now)) {
                throw new RecordingException("it is not a saved recording");
            }
            RowBuffer rows = new RowBuffer(Table.MARKS);
            marks.forEach(mark -> RecordingWriter.putMark(rows, mark));
            StoredZipWriter zip = StoredZipWriter.append(channel.position(end), StoredZip.entries(now));
            zip.add(Table.MARKS.fileName(), new ArrowFile(Table.MARKS, rows.rows() == 0 ? List.of() : List.of(rows.view())));
            // The table is on the disk before a directory speaks of it.
            channel.force(true);
            zip.finish();
            channel.force(true);
        } catch (IOException e) {
            throw new RecordingException("cannot write marks to " + file + ": " + PartFolder.reason(e), e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // Another window of this process writes.
        }
        throw new RecordingException("somebody else is writing to it");
    }
}

package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.threadlens.recording.Recording.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkWriterTest {
    private static final Path BEFORE = Path.of("src/test/resources/io/threadlens/recording/before/first.threadlens");

    @TempDir
    Path folder;

    private Path file;
    private List<Mark> old;
    private int samples;

    @BeforeEach
    void record() throws IOException {
        file = folder.resolve("app.threadlens");
        Sketch.write(file, 7, 3, new Sketch[1]);
        try (Recording recording = Recordings.open(file)) {
            old = recording.marks();
            samples = recording.chunks().stream().mapToInt(SampleChunk::rows).sum();
        }
        assertThat(samples).isPositive();
    }

    @Test
    void theMarksAreOthersAndNothingElseIs() throws IOException {
        List<Mark> marks = List.of(new Mark(5, 5, "ä moment"), new Mark(7, 90, ""));
        MarkWriter.write(file, marks);
        assertThat(marksOf(file)).isEqualTo(marks);
        MarkWriter.write(file, List.of());
        assertThat(marksOf(file)).isEmpty();
        MarkWriter.write(file, old);
        assertThat(marksOf(file)).isEqualTo(old);
    }

    /** Byte after byte of what is appended may be the last that reached the disk. */
    @Test
    void whereverWritingBreaksOffTheOldOrTheNewMarksAreRead() throws IOException {
        byte[] before = Files.readAllBytes(file);
        List<Mark> marks = List.of(new Mark(5, 5, "new"), new Mark(7, 90, "a stretch"));
        MarkWriter.write(file, marks);
        byte[] after = Files.readAllBytes(file);
        assertThat(Arrays.copyOf(after, before.length)).as("nothing is overwritten").isEqualTo(before);
        Path cut = folder.resolve("cut.threadlens");
        for (int length = before.length; length < after.length; length++) {
            Files.write(cut, Arrays.copyOf(after, length));
            assertThat(marksOf(cut)).as("cut at %d of %d", length, after.length).isEqualTo(old);
        }
        // A file system may have made the file longer and not yet written what is in it.
        for (int length = before.length; length < after.length; length += 7) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(after, length), after.length);
            Files.write(cut, zeros);
            // Where the last bytes are zeros anyhow, nothing is missing.
            assertThat(marksOf(cut)).isEqualTo(Arrays.equals(zeros, after) ? marks : old);
        }
        // What was broken off is left where it is, and the next time all is well.
        Files.write(cut, Arrays.copyOf(after, before.length + 100));
        MarkWriter.write(cut, marks);
        assertThat(marksOf(cut)).isEqualTo(marks);
    }

    /** More than the comment of an archive could hold, so that the directory of before is far from the end. */
    @Test
    void manyMarksMayBreakOffAsWell() throws IOException {
        byte[] before = Files.readAllBytes(file);
        List<Mark> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(new Mark(i, i, "PK\u0005\u0006 " + String.join("", Collections.nCopies(40, "note "))));
        }
        MarkWriter.write(file, many);
        assertThat(marksOf(file)).isEqualTo(many);
        byte[] after = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.threadlens");
        for (int length = before.length; length < after.length; length += 40_009) {
            Files.write(cut, Arrays.copyOf(after, length));
            assertThat(marksOf(cut)).isEqualTo(old);
        }
    }

    @Test
    void othersReadTheArchiveAsWell() throws IOException {
        MarkWriter.write(file, List.of(new Mark(5, 5, "new")));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(Collections.list(zip.entries())).extracting(ZipEntry::getName).doesNotHaveDuplicates().contains("marks.arrow", "samples.arrow");
        }
    }

    @Test
    void aRecordingOfBeforeGetsMarksThatLast() throws IOException {
        Path of = Files.copy(BEFORE, folder.resolve("before.threadlens"));
        List<Mark> marks = List.of(new Mark(5, 9, "a stretch"));
        MarkWriter.write(of, marks);
        try (Recording recording = Recordings.open(of)) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.marks()).isEqualTo(marks);
        }
    }

    @Test
    void whatIsNoSavedRecordingIsLeftAsItIs() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "my notes");
        assertThatThrownBy(() -> MarkWriter.write(other, old)).isInstanceOf(RecordingException.class).hasMessageContaining("not a saved recording");
        assertThat(other).hasContent("my notes");
        assertThatThrownBy(() -> MarkWriter.write(folder.resolve("none.threadlens"), old)).isInstanceOf(RecordingException.class);
    }

    private List<Mark> marksOf(Path path) throws IOException {
        try (Recording recording = Recordings.open(path)) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.chunks().stream().mapToInt(SampleChunk::rows).sum()).isEqualTo(samples);
            return recording.marks();
        }
    }
}

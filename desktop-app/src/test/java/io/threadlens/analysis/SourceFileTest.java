package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.RecordingInfo;
import io.threadlens.recording.MemoryRecording;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    private static final RecordingInfo INFO = new MemoryRecording(1_000).info();
    private static final Instant BEGAN = Instant.ofEpochSecond(0, INFO.startedUnixNs());

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("app.py");
        Files.writeString(file, "def main():\r\n    work()  # größer\n\nmain()\n");
        Files.setLastModifiedTime(file, FileTime.from(BEGAN.minusSeconds(60)));
    }

    @Test
    void aFileThatFitsIsRead() {
        SourceFile source = SourceFile.read(file.toString(), INFO, 4);
        assertThat(source.problem()).isNull();
        assertThat(source.lines()).containsExactly("def main():", "    work()  # größer", "", "main()");
    }

    @Test
    void aFileThatWasChangedAfterwardsIsNotShown() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(BEGAN.plusSeconds(1)));
        problem(SourceFile.read(file.toString(), INFO, 4), "was changed after the recording began");
    }

    @Test
    void aFileThatIsTooShortIsAnotherVersion() {
        problem(SourceFile.read(file.toString(), INFO, 5), "has 4 lines, and the program ran line 5");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        problem(SourceFile.read(folder.resolve("gone.py").toString(), INFO, 1), "gone.py is not on this machine; the program ran on testhost.");
        problem(SourceFile.read(folder.toString(), INFO, 1), "is not a file that can be read");
        problem(SourceFile.read("<frozen importlib._bootstrap>", INFO, 1), "is not a file");
        problem(SourceFile.read("app.py", INFO, 1), "only as app.py");
        problem(SourceFile.read("a\0b", INFO, 1), "is not the name of a file");
    }

    @Test
    void aVeryLongFileIsNotRead() throws IOException {
        try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(SourceFile.LONGEST + 1);
        }
        Files.setLastModifiedTime(file, FileTime.from(BEGAN.minusSeconds(60)));
        problem(SourceFile.read(file.toString(), INFO, 1), "is longer than 5 MB");
    }

    private static void problem(SourceFile source, String text) {
        assertThat(source.lines()).isEmpty();
        assertThat(source.problem()).contains(text);
    }
}

package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.analysis.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings that were made of {@code samples/first_look.py}, at 200 Hz, before there were holds and refcounts, slices and load: one that was saved, with
 * the report of then, and the folder of one whose writer was killed.
 */
class RecordingOfBeforeTest {
    private static final Path BEFORE = Path.of("src/test/resources/io/threadlens/recording/before");

    @TempDir
    Path folder;

    @Test
    void itOpensWholeAndReportsTheSame() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode then = json.readTree(Files.readAllBytes(BEFORE.resolve("first.json")));
        try (Recording recording = Recordings.open(BEFORE.resolve("first.threadlens"))) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.info().complete()).isTrue();
            JsonNode now = json.readTree(ReportJson.write(ReportBuilder.of(recording, then.at("/recording/file").textValue())));
            for (String part : List.of("process", "threads", "busyCores", "cores", "functions")) {
                assertThat(now.get(part)).as(part).isEqualTo(then.get(part));
            }
            // Of these more is told now.
            for (String part : List.of("recording", "pauses")) {
                then.get(part).properties().forEach(was -> assertThat(now.get(part).get(was.getKey())).as(was.getKey()).isEqualTo(was.getValue()));
            }
            assertTellsOfNoLocks(recording);

            Path again = folder.resolve("again.threadlens");
            RecordingSaver.save(recording, again);
            try (Recording saved = Recordings.open(again)) {
                assertThat(saved.damage()).isNull();
                assertThat(saved.info()).isEqualTo(recording.info());
            }
        }
    }

    @Test
    void aFolderOfBeforeIsRecovered() throws Exception {
        Path part = Files.createDirectory(folder.resolve("killed.threadlens.part"));
        try (Stream<Path> files = Files.list(BEFORE.resolve("killed.threadlens.part"))) {
            for (Path file : files.toList()) {
                Files.copy(file, part.resolve(file.getFileName()));
            }
        }
        try (Recording recording = Recordings.open(part)) {
            assertThat(recording.damage()).isEqualTo("the recording was cut short");
            assertThat(recording.tickCount()).isEqualTo(209);
            assertTellsOfNoLocks(recording);
        }
    }

    private static void assertTellsOfNoLocks(Recording recording) {
        assertThat(recording.locks()).isEmpty();
        assertThat(recording.waits()).isEmpty();
        assertThat(recording.holds()).isEmpty();
        assertThat(recording.refcounts()).isEmpty();
        assertThat(recording.coreSlices()).isEmpty();
        assertThat(recording.systemLoad()).isEmpty();
    }

    /** Only a recording with none of the tables that were added together is one of before: one that has one, or a later one, has lost the others. */
    @Test
    void aTableThatWasLostIsMissed() throws Exception {
        Path part;
        try (RecordingWriter writer = new RecordingWriter(folder.resolve("lost.threadlens"), Sketch.HEADER)) {
            part = writer.folder();
            writer.finish(null, true);
        }
        assertThat(damageOf(part)).isNull();
        Path slices = Files.move(part.resolve("slices.arrow"), folder.resolve("slices.arrow"));
        assertThat(damageOf(part)).isEqualTo("the recording was cut short");
        Files.delete(part.resolve("load.arrow"));
        assertThat(damageOf(part)).isNull();
        Files.delete(part.resolve("holds.arrow"));
        assertThat(damageOf(part)).isEqualTo("the recording was cut short");
        Files.delete(part.resolve("refcounts.arrow"));
        assertThat(damageOf(part)).isNull();
        Files.move(slices, part.resolve("slices.arrow"));
        assertThat(damageOf(part)).isEqualTo("the recording was cut short");
        Files.delete(part.resolve("slices.arrow"));
        assertThat(damageOf(part)).isNull();
        Files.delete(part.resolve("waits.arrow"));
        assertThat(damageOf(part)).isEqualTo("the recording was cut short");
    }

    private static @org.jspecify.annotations.Nullable String damageOf(Path path) throws RecordingException {
        try (Recording recording = Recordings.open(path)) {
            return recording.damage();
        }
    }
}

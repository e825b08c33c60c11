package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed loses at most what it had not flushed. */
class KilledWriterTest {
    private static final int SEED = 10;

    @TempDir
    Path folder;

    /** The writer that is killed: goes on until then. */
    public static final class Victim {
        public static void main(String[] arguments) throws Exception {
            Sketch sketch = new Sketch(SEED);
            RecordingWriter writer = new RecordingWriter(Path.of(arguments[0]), Sketch.HEADER);
            sketch.define(writer);
            while (true) {
                sketch.batch(writer);
                if (sketch.ticks() % 1_000 == 0) {
                    System.out.println(sketch.ticks());
                }
            }
        }
    }

    @Test
    void killedAtAnyMomentItIsRecovered() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 5; round++) {
            Path file = folder.resolve("killed" + round + ".threadlens");
            Process victim = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Victim.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int written = 0;
            try (var lines = victim.inputReader()) {
                for (int i = 0; i < 3; i++) {
                    written = Integer.parseInt(lines.readLine());
                }
                Thread.sleep(random.nextInt(100));
            } finally {
                victim.destroyForcibly().waitFor();
            }
            assertThat(file).doesNotExist();
            Path part = PartFolder.pathFor(file);
            try (Recording recording = Recordings.open(part)) {
                assertThat(recording.tickCount()).isGreaterThan(written - 1_200);
                assertThat(recording.info().complete()).isFalse();
                Sketch again = Sketch.until(folder, SEED, recording.tickCount());
                List<List<Sketch.Said>> read = Sketch.read(recording);
                for (int t = 0; t < Sketch.THREADS; t++) {
                    List<Sketch.Said> seen = read.get(t);
                    int covered = seen.contains(null) ? seen.indexOf(null) : seen.size();
                    assertThat(seen.size() - covered).as("ticks without samples").isLessThan(1_200);
                    assertThat(seen.subList(0, covered)).isEqualTo(again.said.get(t).subList(0, covered));
                }
                assertWaits(recording, again);
            }
            Recordings.removeFolder(part);
            assertThat(Files.exists(part)).isFalse();
        }
    }

    /** All waits that were over a second before the end are there as they were, the others as far as was written; each once. */
    private static void assertWaits(Recording recording, Sketch sketch) {
        long flushed = Sketch.time(recording.tickCount() - 1_200);
        assertThat(recording.waits()).containsAll(sketch.waits.values().stream().filter(wait -> wait.end() <= flushed).toList());
        assertThat(recording.waits()).extracting(wait -> List.of((long) wait.thread(), wait.start())).doesNotHaveDuplicates();
        for (Recording.Wait wait : recording.waits()) {
            Recording.Wait last = sketch.waits.get(List.of((long) wait.thread(), wait.start()));
            assertThat(wait).isEqualTo(new Recording.Wait(last.thread(), last.start(), wait.end(), last.lock(), last.stack()));
            assertThat(wait.end()).isLessThanOrEqualTo(last.end()).isGreaterThan(Math.min(last.end() - 1, flushed));
        }
    }
}

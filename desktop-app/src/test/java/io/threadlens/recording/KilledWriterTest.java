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
                Sketch again = new Sketch(SEED);
                try (RecordingWriter same = new RecordingWriter(folder.resolve("same" + round + ".threadlens"), Sketch.HEADER)) {
                    again.define(same);
                    while (again.ticks() < recording.tickCount()) {
                        again.batch(same);
                    }
                    same.discard();
                }
                List<List<Sketch.Said>> read = Sketch.read(recording);
                for (int t = 0; t < Sketch.THREADS; t++) {
                    List<Sketch.Said> seen = read.get(t);
                    int covered = seen.contains(null) ? seen.indexOf(null) : seen.size();
                    assertThat(seen.size() - covered).as("ticks without samples").isLessThan(1_200);
                    assertThat(seen.subList(0, covered)).isEqualTo(again.said.get(t).subList(0, covered));
                }
            }
            Recordings.removeFolder(part);
            assertThat(Files.exists(part)).isFalse();
        }
    }
}

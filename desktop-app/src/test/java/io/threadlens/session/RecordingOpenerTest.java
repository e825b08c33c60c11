package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingException;
import io.threadlens.wire.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingOpenerTest {
    @TempDir
    Path folder;

    @Test
    void aStreamInAFileIsARecording() throws Exception {
        Path file = Files.write(folder.resolve("app.tlstream"), new TestStream().greet("").batch().batch().batch().end("exited").bytes());
        try (Recording recording = RecordingOpener.open(file)) {
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().live()).isFalse();
            assertThat(recording.tickCount()).isEqualTo(30);
            long start = TestStream.START_NS;
            long batch = TestStream.TICKS_PER_BATCH * TestStream.PERIOD_NS;
            long running = 6 * TestStream.PERIOD_NS;
            assertThat(recording.locks()).containsExactly(new Recording.Lock(0, "lock", "threading.Lock", "cache_lock"));
            assertThat(recording.waits())
                    .containsExactly(
                            new Recording.Wait(0, start + running, start + batch, 0, 1),
                            new Recording.Wait(0, start + batch + running, start + 2 * batch, 0, 1),
                            new Recording.Wait(0, start + 2 * batch + running, start + 3 * batch, 0, 1));
            assertThat(recording.holds()).containsExactly(new Recording.Hold(0, 1, start, start + 3 * batch, 0, 2, 3, 0));
            assertThat(recording.refcounts())
                    .hasSize(3)
                    .startsWith(new Recording.RefcountLooks(start + batch, 0, 1, 0x7fff_0000_1234L, "Store", 10, 9));
            Report report = ReportBuilder.of(recording, file.toString());
            assertThat(report.threads().get(0).states().of(ThreadState.RUNNING)).isEqualTo(0.018);
            assertThat(report.threads().get(0).states().of(ThreadState.LOCK)).isEqualTo(0.012);
            assertThat(report.threads().get(1).states().of(ThreadState.IDLE)).isEqualTo(0.030);
            assertThat(report.functions()).extracting(Report.FunctionPart::function).containsExactly("wörk", "main");
        }
    }

    @Test
    void aStreamThatWasCutIsReadToThere() throws Exception {
        byte[] whole = new TestStream().greet("").batch().batch().end("exited").bytes();
        Path file = Files.write(folder.resolve("cut.tlstream"), Arrays.copyOf(whole, whole.length - 30));
        try (Recording recording = RecordingOpener.open(file)) {
            assertThat(recording.info().complete()).isFalse();
            assertThat(recording.tickCount()).isEqualTo(20);
        }
        Path stub = Files.write(folder.resolve("stub.tlstream"), Arrays.copyOf(whole, 20));
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> RecordingOpener.open(stub))
                .withMessageContaining("cut off in the middle");
    }

    @Test
    void recentRecordingsAreRemembered() throws Exception {
        RecentRecordings recent = new RecentRecordings(folder.resolve("config/recent.json"));
        assertThat(recent.list()).isEmpty();
        Path a = Files.createFile(folder.resolve("a.threadlens"));
        Path b = Files.createFile(folder.resolve("b.threadlens"));
        recent.add(a);
        recent.add(b);
        recent.add(a);
        assertThat(new RecentRecordings(folder.resolve("config/recent.json")).list()).containsExactly(a, b);
        Files.delete(a);
        assertThat(recent.list()).containsExactly(b);
        Files.writeString(folder.resolve("config/recent.json"), "{ broken");
        assertThat(recent.list()).isEmpty();
    }
}

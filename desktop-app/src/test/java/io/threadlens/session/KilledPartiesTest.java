package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is killed, whenever: the session ends, and what was recorded is in the file. The app itself is killed in {@code KilledWriterTest}. */
@Timeout(60)
class KilledPartiesTest {
    private static final String BUSY = """
            import threading, time
            def work():
                while True:
                    sum(range(1000)); time.sleep(0.001)
            for _ in range(4):
                threading.Thread(target=work, daemon=True).start()
            time.sleep(60)
            """;

    @TempDir
    Path folder;

    private interface Killing {
        void kill(Process target, LiveSession session);
    }

    private Recording record(int seed, Killing killing) throws Exception {
        Random random = new Random(seed);
        Process target = new ProcessBuilder(RealPython.path(), "-c", BUSY).start();
        Path file = folder.resolve("killed.threadlens");
        try {
            Thread.sleep(300); // it is a Python by then
            Target what = Target.process(Math.toIntExact(target.pid()));
            try (LiveSession session = LiveSession.record(what, file, false, changed -> {})) {
                while (session.recording() == null || session.recording().tickCount() == 0) {
                    assertThat(session.status().state()).as(session.status().message()).isNotEqualTo(LiveSession.State.FAILED);
                    Thread.sleep(5);
                }
                Thread.sleep(random.nextInt(400));
                killing.kill(target, session);
                session.await();
                assertThat(session.status().state()).as(session.status().message()).isEqualTo(LiveSession.State.ENDED);
            }
        } finally {
            target.destroyForcibly().waitFor();
        }
        assertThat(file).isRegularFile();
        return Recordings.open(file);
    }

    @RepeatedTest(8)
    void theTargetIsKilled(RepetitionInfo round) throws Exception {
        try (Recording recording = record(round.getCurrentRepetition(), (target, session) -> target.destroyForcibly())) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().end()).satisfies(end -> assertThat(end.reason()).as("only a parent knows how").isIn("killed", "exited"));
            assertThat(recording.threads()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @RepeatedTest(8)
    void theAgentIsKilled(RepetitionInfo round) throws Exception {
        try (Recording recording = record(100 + round.getCurrentRepetition(), (target, session) -> killAgents())) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.info().complete()).isFalse();
            assertThat(recording.info().end()).isNull();
            assertThat(recording.threads()).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    /** Those that this process has started. */
    private static void killAgents() {
        List<ProcessHandle> agents = ProcessHandle.current()
                .children()
                .filter(child -> child.info().arguments().stream().flatMap(java.util.Arrays::stream).anyMatch("threadlens_agent"::equals))
                .toList();
        assertThat(agents).isNotEmpty();
        agents.forEach(ProcessHandle::destroyForcibly);
    }
}

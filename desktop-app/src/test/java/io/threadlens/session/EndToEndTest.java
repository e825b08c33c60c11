package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real program, the real agent, the real socket: what the threads did is what the file says when it is opened again. */
@Timeout(120)
class EndToEndTest {
    private static final String PROGRAM = """
            import os, threading, time

            lock = threading.Lock()
            event = threading.Event()
            reading, writing = os.pipe()
            until = time.monotonic() + 2.0

            def sleeps():
                time.sleep(2.0)

            def computes():
                x = 0
                while time.monotonic() < until:
                    for _ in range(1000):
                        x += 1

            def waits_for_lock():
                with lock:
                    pass

            def waits_for_event():
                event.wait()

            def reads_pipe():
                os.read(reading, 1)

            lock.acquire()
            threads = [threading.Thread(target=f, name=f.__name__) for f in (sleeps, computes, waits_for_lock, waits_for_event, reads_pipe)]
            for thread in threads:
                thread.start()
            time.sleep(2.0)
            lock.release()
            event.set()
            os.write(writing, b"x")
            for thread in threads:
                thread.join()
            raise SystemExit(7)
            """;

    @TempDir
    Path folder;

    @Test
    void whatTheThreadsDidIsInTheFile() throws Exception {
        String python = RealPython.path();
        Path program = Files.writeString(folder.resolve("program.py"), PROGRAM);
        Path file = folder.resolve("program.threadlens");
        try (LiveSession session = LiveSession.record(Target.program(List.of(python, program.toString())), file, false, changed -> {})) {
            session.await();
            assertThat(session.status()).isEqualTo(new LiveSession.Status(LiveSession.State.ENDED, null));
            assertThat(session.awaitExitCode()).isEqualTo(7);
        }
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().end()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo("exited");
                assertThat(end.exitCode()).isEqualTo(7);
            });
            check(ReportBuilder.of(recording, file.toString()), program);
            checkCores(recording);
        }
    }

    /** The thread that computes was on a core for as long as it had CPU time, and the machine was at least as busy as the program. */
    private static void checkCores(Recording recording) {
        Recording.SystemLoad load = recording.systemLoad().getLast();
        assertThat(load.own()).isPositive();
        assertThat(load.busy() + 20_000_000L * Runtime.getRuntime().availableProcessors()).isGreaterThan(load.own());
        Assumptions.assumeTrue("ok".equals(recording.info().features().get("switches")));
        int computes = recording.threads().stream().filter(thread -> "computes".equals(thread.name())).findFirst().orElseThrow().number();
        long cpu = recording.cpu().stream().filter(row -> row.thread() == computes).mapToLong(Recording.CpuRow::cpu).max().orElseThrow();
        long onCore = recording.coreSlices().stream()
                .filter(slice -> slice.thread() == computes)
                .mapToLong(slice -> slice.end() - slice.start())
                .sum();
        assertThat((double) onCore).isCloseTo(cpu, Percentage.withPercentage(15));
    }

    private static void check(Report report, Path program) {
        Map<String, Report.ThreadPart> threads = report.threads().stream()
                .filter(thread -> thread.name() != null)
                .collect(Collectors.toMap(Report.ThreadPart::name, Function.identity(), (a, b) -> a));
        assertMostly(threads.get("sleeps"), ThreadState.IDLE);
        assertMostly(threads.get("waits_for_lock"), ThreadState.LOCK);
        assertMostly(threads.get("waits_for_event"), ThreadState.SIGNAL);
        assertMostly(threads.get("reads_pipe"), ThreadState.IO);
        // It computes all the time, but on a busy machine it may have to wait for a core.
        Report.ThreadPart computes = threads.get("computes");
        double worked = computes.states().of(ThreadState.RUNNING) + computes.states().of(ThreadState.RUNNABLE) + computes.states().of(ThreadState.NATIVE);
        assertThat(worked / computes.states().total()).as("computes: %s", describe(computes)).isGreaterThan(0.8);

        for (String function : List.of("sleeps", "computes", "waits_for_lock", "waits_for_event", "reads_pipe")) {
            assertThat(report.functions())
                    .filteredOn(part -> function.equals(part.function()))
                    .as(function)
                    .singleElement()
                    .satisfies(part -> {
                        assertThat(part.file()).isEqualTo(program.toString());
                        assertThat(part.line()).isPositive();
                        assertThat(part.total()).isGreaterThan(1.0);
                    });
        }
        assertThat(report.process().info().freeThreadedBuild() || report.process().info().gilEnabled()).isTrue();
    }

    private static void assertMostly(Report.ThreadPart thread, ThreadState state) {
        assertThat(thread).as("a thread that is mostly " + state.label()).isNotNull();
        assertThat(thread.states().of(state) / thread.states().total()).as(describe(thread)).isGreaterThan(0.8);
    }

    private static String describe(Report.ThreadPart thread) {
        StringBuilder text = new StringBuilder(String.valueOf(thread.name()));
        for (ThreadState state : ThreadState.values()) {
            if (thread.states().of(state) > 0) {
                text.append(String.format(" %s %.3f", state.label(), thread.states().of(state)));
            }
        }
        return text.toString();
    }

    @Test
    void aRunningProcessIsAttachedToAndLetGo() throws Exception {
        String python = RealPython.path();
        Process target = new ProcessBuilder(python, "-c", "import time\nwhile True: time.sleep(0.01)").start();
        try {
            Path file = folder.resolve("attached.threadlens");
            Target what = new Target(Math.toIntExact(target.pid()), List.of(), 1000, null, false, true);
            try (LiveSession session = LiveSession.record(what, file, false, changed -> {})) {
                while (session.recording() == null || session.recording().tickCount() < 300) {
                    assertThat(session.status().state()).as(session.status().message()).isNotEqualTo(LiveSession.State.FAILED);
                    Thread.sleep(20);
                }
                session.mark("here");
                session.mark(new Recording.Mark(5, 9, "drat"));
                session.mark(new Recording.Mark(5, 9, "draft"));
                session.mark(new Recording.Mark(7, 7, "taken away"));
                session.mark(new Recording.Mark(7, 7, null));
                session.pause();
                Thread.sleep(200);
                session.resume();
                Thread.sleep(300);
                session.stop();
                session.await();
                assertThat(session.status().state()).as(session.status().message()).isEqualTo(LiveSession.State.ENDED);
                assertThat(session.awaitExitCode()).isZero();
            }
            assertThat(target.isAlive()).isTrue();
            try (Recording recording = Recordings.open(file)) {
                assertThat(recording.marks()).extracting(Recording.Mark::text).containsExactly("draft", "here");
                assertThat(recording.events()).filteredOn(event -> event.kind().equals("sampling")).hasSize(2);
                assertThat(recording.info().end()).satisfies(end -> assertThat(end.reason()).isEqualTo("stopped"));
            }
        } finally {
            target.destroyForcibly();
        }
    }

    @Test
    void anAgentThatServesIsJoined() throws Exception {
        String python = RealPython.path();
        ProcessBuilder serve = AgentCommand.of(List.of("serve", "--duration", "1", "--", python, "-c", "import time; time.sleep(30)"), null);
        Process agent = serve.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var lines = agent.inputReader()) {
            String[] address = lines.readLine().split(" ")[1].split(":");
            String token = lines.readLine().split(" ")[1];
            Path file = folder.resolve("served.threadlens");
            InetSocketAddress where = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
            try (LiveSession session = LiveSession.join(where, token, file, changed -> {})) {
                session.await();
                assertThat(session.status()).isEqualTo(new LiveSession.Status(LiveSession.State.ENDED, null));
            }
            try (Recording recording = Recordings.open(file)) {
                assertThat(recording.info().end()).satisfies(end -> assertThat(end.reason()).isEqualTo("duration"));
                assertThat(recording.tickCount()).isGreaterThan(100);
            }
            try (LiveSession late = LiveSession.join(where, token, folder.resolve("late.threadlens"), changed -> {})) {
                late.await();
                assertThat(late.status().state()).isEqualTo(LiveSession.State.FAILED);
                assertThat(late.status().message()).startsWith("cannot join the agent");
            }
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void mistakesAreToldInOneLine() throws Exception {
        String python = RealPython.path();
        assertFails(Target.process(Integer.MAX_VALUE - 1), "no process");
        assertFails(Target.program(List.of(folder.resolve("nothing").toString())), "there is no program");
        assertFails(Target.program(List.of("/bin/true")), "");
        assertThat(python).isNotEmpty();
    }

    private void assertFails(Target target, String reason) throws Exception {
        try (LiveSession session = LiveSession.record(target, folder.resolve("failed.threadlens"), false, changed -> {})) {
            session.await();
            assertThat(session.status().state()).isEqualTo(LiveSession.State.FAILED);
            assertThat(session.status().message()).contains(reason).doesNotContain("\n");
            assertThat(session.awaitExitCode()).isEqualTo(1);
            assertThat(folder.resolve("failed.threadlens")).doesNotExist();
            assertThat(folder.resolve("failed.threadlens.part")).doesNotExist();
        }
    }

    @Test
    void theListHasARunningProgram() throws Exception {
        String python = RealPython.path();
        Process target = new ProcessBuilder(python, "-c", "import time; time.sleep(60)").start();
        try {
            List<PythonProcess> found = List.of();
            for (int i = 0; i < 20 && found.isEmpty(); i++) {
                found = ProcessLister.list().stream().filter(process -> process.pid() == target.pid() && process.python() != null).toList();
            }
            assertThat(found).singleElement().satisfies(process -> {
                assertThat(process.python()).startsWith("3.");
                assertThat(process.threads()).isEqualTo(1);
                assertThat(process.command()).contains("-c");
            });
        } finally {
            target.destroyForcibly();
        }
    }
}

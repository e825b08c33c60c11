package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.threadlens.recording.Recording;
import io.threadlens.session.Configuration.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs under a real interpreter; the same one stands for two configurations, which the program tells apart by an option. */
@Timeout(120)
class PairRecorderTest {
    @TempDir
    Path folder;

    private final List<PairProgress> told = Collections.synchronizedList(new ArrayList<>());

    private static Interpreters interpreters() throws Exception {
        Interpreter python = Interpreter.ask(RealPython.path());
        return new Interpreters(
                List.of(
                        new Configuration(Kind.FREE_THREADED_GIL_ON, List.of(python.path(), "-X", "gilless=no"), python.version()),
                        new Configuration(Kind.FREE_THREADED, List.of(python.path(), "-X", "gilless=yes"), python.version())),
                List.of(),
                null);
    }

    private RunSet record(String code, int repeats, List<Integer> threads, @Nullable Double seconds, Consumer<PairProgress> listener) throws Exception {
        PairPlan plan = new PairPlan(interpreters(), new Script(List.of("-c", code, "{threads}")), repeats, threads, seconds, 1000);
        return recorder(plan, listener).record();
    }

    private PairRecorder recorder(PairPlan plan, Consumer<PairProgress> listener) {
        return new PairRecorder(plan, folder.resolve("set"), progress -> {
            told.add(progress);
            listener.accept(progress);
        });
    }

    @Test
    void aProgramThatFailsUnderOneConfigurationIsAResult() throws Exception {
        RunSet set = record("""
                import sys, time, os
                print("threads", sys.argv[1], os.environ["THREADS"], os.environ.get("PYTHON_GIL"), flush=True)
                time.sleep(0.3)
                if sys._xoptions["gilless"] == "yes" and sys.argv[1] == "2":
                    raise ValueError("not without the GIL")
                """, 1, List.of(1, 2), null, progress -> {});
        assertThat(set.runs()).extracting(run -> run.step().folder() + " " + run.outcome().kind()).containsExactly(
                "gil-on-1-threads WHOLE", "free-threaded-1-threads WHOLE", "gil-on-2-threads WHOLE", "free-threaded-2-threads FAILED");
        RunSet.Run failed = set.runs().getLast();
        assertThat(failed.outcome().message()).isEqualTo("exit code 1: ValueError: not without the GIL");
        assertThat(failed.log()).content().startsWith("threads 2 2 None").contains("Traceback").doesNotContain("threadlens");
        assertThat(set.runs().getFirst().log()).hasContent("threads 1 1 None");
        for (RunSet.Run run : set.runs()) {
            try (Recording recording = RecordingOpener.open(run.recording())) {
                assertThat(recording.tickCount()).isGreaterThan(100);
                assertThat(recording.info().process().command()).contains("-X", run.step().threads().toString());
            }
        }
        assertThat(RunSet.read(folder.resolve("set"))).isEqualTo(set);
        assertThat(told).filteredOn(progress -> progress.outcome() != null).extracting(PairProgress::what).containsExactly(
                "1 of 4: free-threaded, GIL on, 1 thread", "2 of 4: free-threaded, 1 thread", "3 of 4: free-threaded, GIL on, 2 threads", "4 of 4: free-threaded, 2 threads");
    }

    @Test
    void aProgramThatReadsFindsNothingToRead() throws Exception {
        RunSet set = record("import time; time.sleep(0.2); input()", 1, List.of(), null, progress -> {});
        assertThat(set.runs()).hasSize(2).allSatisfy(run -> assertThat(run.outcome().message()).isEqualTo("exit code 1: EOFError: EOF when reading a line"));
    }

    @Test
    void aProgramThatNeverEndsIsLimited() throws Exception {
        RunSet set = record("""
                import time
                while True:
                    time.sleep(0.01)
                """, 1, List.of(), 0.5, progress -> {});
        assertThat(set.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.outcome().kind()).isEqualTo(RunOutcome.Kind.LIMITED);
            assertThat(run.comparable()).isTrue();
            assertThat(run.log()).isNull();
        });
        assertThat(told.getLast().seconds()).isBetween(0.3, 5.0);
    }

    @Test
    void oneThatIsOverAtOnceSaysWhy() throws Exception {
        RunSet set = record("def", 1, List.of(), null, progress -> {});
        assertThat(set.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.outcome().kind()).isEqualTo(RunOutcome.Kind.FAILED);
            assertThat(run.outcome().message()).contains("exit code 1").endsWith("SyntaxError: invalid syntax");
        });
    }

    /** Stopped in its second run: the first is whole, the second is kept and not compared, and no program is left running. */
    @Test
    void whatWasRecordedStaysWhenItIsStopped() throws Exception {
        Path pids = folder.resolve("pids");
        PairPlan plan = new PairPlan(interpreters(), new Script(List.of("-c", """
                import os, signal, sys, time
                with open(sys.argv[1], "a") as pids:
                    print(os.getpid(), file=pids)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                time.sleep(0.3 if sys._xoptions["gilless"] == "no" else 100)
                """, pids.toString())), 3, List.of(), null, 1000);
        PairRecorder[] recorder = new PairRecorder[1];
        recorder[0] = recorder(plan, progress -> {
            if (progress.number() == 2 && progress.seconds() > 0 && progress.outcome() == null) {
                Thread.ofVirtual().start(recorder[0]::stop);
            }
        });
        RunSet set = recorder[0].record();
        assertThat(set.runs()).extracting(run -> run.outcome().kind()).containsExactly(RunOutcome.Kind.WHOLE, RunOutcome.Kind.STOPPED);
        assertThat(set.runs().getLast().recording()).isNotNull();
        assertThat(set.groups().getLast().recordings()).isEmpty();
        assertThat(RunSet.read(folder.resolve("set"))).isEqualTo(set);
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(2);
        for (String pid : started) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).as("process %s", pid).isEmpty();
        }
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws Exception {
        PairPlan plan = new PairPlan(new Interpreters(List.of(), List.of(), null), new Script(List.of("-c", "pass")), 1, List.of(), null, 1000);
        Files.createDirectory(folder.resolve("set"));
        Path other = Files.createFile(folder.resolve("set").resolve("other"));
        assertThatThrownBy(() -> recorder(plan, progress -> {}).record()).isInstanceOf(IOException.class).hasMessageContaining("is not empty");
        Files.delete(other);
        assertThat(recorder(plan, progress -> {}).record().runs()).isEmpty();
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new PairRecorder(plan, folder.resolve("file"), progress -> {}).record())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a file");
    }
}

package io.threadlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.Recording;
import io.threadlens.session.Interpreters;
import io.threadlens.session.LiveSession;
import io.threadlens.session.RealPython;
import io.threadlens.session.RecordingOpener;
import io.threadlens.session.RunOutcome;
import io.threadlens.session.RunSet;
import io.threadlens.session.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code record} as a process of its own, with what happens to processes: signals, and a disk that takes no more. */
@Timeout(90)
class RecordInTerminalTest {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aSignalEndsTheRecordingAndKeepsIt(String signal) throws Exception {
        Process target = new ProcessBuilder(RealPython.path(), "-c", "import time\nwhile True: time.sleep(0.001)").start();
        Path file = folder.resolve("kept.threadlens");
        Process app = app(List.of(), Main.class, "record", "-o", file.toString(), "--pid", String.valueOf(target.pid()));
        try {
            awaitTicks(app, file);
            new ProcessBuilder("kill", "-" + signal, String.valueOf(app.pid())).start().waitFor();
            assertThat(exitCode(app)).as(errors()).isZero();
            assertThat(target.isAlive()).isTrue();
        } finally {
            app.destroyForcibly();
            target.destroyForcibly();
        }
        assertThat(folder.resolve("kept.threadlens.part")).doesNotExist();
        try (Recording recording = RecordingOpener.open(file)) {
            assertThat(recording.tickCount()).isPositive();
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().end()).satisfies(end -> assertThat(end.reason()).isEqualTo("stopped"));
        }
    }

    /** Its program writes to stdout, which is not ours; what ran until the signal came is in the set, and the program is gone. */
    @Test
    void aSignalEndsARunThatIsToBeComparedAndKeepsIt() throws Exception {
        String python = RealPython.path();
        try {
            Interpreters.find(python, null);
        } catch (IOException e) {
            Assumptions.abort(e.getMessage());
        }
        Path set = folder.resolve("set");
        Path program = Files.writeString(folder.resolve("program.py"), "import os, time\nprint(os.getpid(), flush=True)\nwhile True: time.sleep(0.001)\n");
        Process app = app(List.of(), Main.class, "compare", "--run", "--python", python, "-o", set.toString(), "--", program.toString());
        Path first = set.resolve(System.getenv("THREADLENS_FOUND_GIL_PYTHON") == null ? "gil-on" : "gil-build");
        try {
            awaitTicks(app, first.resolve("1.threadlens"));
            new ProcessBuilder("kill", "-INT", String.valueOf(app.pid())).start().waitFor();
            assertThat(exitCode(app)).as(errors()).isEqualTo(1);
        } finally {
            app.destroyForcibly();
        }
        assertThat(errors()).contains("stopped before its end").contains("there is nothing to compare");
        RunSet kept = RunSet.read(set);
        assertThat(kept.runs()).singleElement().satisfies(run -> {
            assertThat(run.outcome().kind()).isEqualTo(RunOutcome.Kind.STOPPED);
            assertThat(run.recording()).isRegularFile();
            long pid = Long.parseLong(Files.readString(run.log()).lines().findFirst().orElseThrow());
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        });
    }

    /** What a window does: it records, and has no handler for signals. */
    public static final class Window {
        public static void main(String[] arguments) {
            LiveSession.record(Target.process(Integer.parseInt(arguments[0])), Path.of(arguments[1]), false, changed -> {});
        }
    }

    @Test
    void anAppThatIsToldToEndSavesFirst() throws Exception {
        Process target = new ProcessBuilder(RealPython.path(), "-c", "import time\nwhile True: time.sleep(0.001)").start();
        Path file = folder.resolve("closed.threadlens");
        Process app = app(List.of(), Window.class, String.valueOf(target.pid()), file.toString());
        try {
            awaitTicks(app, file);
            app.destroy();
            exitCode(app);
            assertThat(target.isAlive()).isTrue();
        } finally {
            app.destroyForcibly();
            target.destroyForcibly();
        }
        assertThat(folder.resolve("closed.threadlens.part")).doesNotExist();
        try (Recording recording = RecordingOpener.open(file)) {
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().end()).satisfies(end -> assertThat(end.reason()).isEqualTo("stopped"));
        }
    }

    /** A limit on the size of a file stands for the disk: the write fails in the same place. The program is not to suffer from it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aDiskThatTakesNoMoreEndsTheRecordingButNotTheProgram(int code) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PRLIMIT), "no prlimit to limit files with");
        Path done = folder.resolve("done");
        Path program = Files.writeString(folder.resolve("program.py"), """
                import sys, time
                time.sleep(6)
                print("last words", file=sys.stderr)
                open(sys.argv[1], "w").close()
                raise SystemExit(int(sys.argv[2]))
                """);
        Path file = folder.resolve("full.threadlens");
        Process app = app(
                List.of(PRLIMIT.toString(), "--fsize=65536"),
                Main.class,
                "record", "--rate", "4000", "-o", file.toString(), "--", RealPython.path(), program.toString(), done.toString(), "" + code);
        try {
            assertThat(exitCode(app)).as(errors()).isEqualTo(Math.max(code, 1));
        } finally {
            app.destroyForcibly();
        }
        assertThat(done).as("the program went on to its end, and we with it").exists();
        assertThat(errors().lines().filter(line -> line.startsWith("threadlens: cannot write"))).as(errors()).hasSize(1);
        assertThat(errors().lines().toList()).as("told when it happened").last().isEqualTo("last words");
        assertThat(file).doesNotExist();
        try (Recording recording = RecordingOpener.open(folder.resolve("full.threadlens.part"))) {
            assertThat(recording.tickCount()).isPositive();
            assertThat(recording.info().complete()).isFalse();
            assertThat(recording.damage()).isNotNull();
        }
    }

    private Process app(List<String> before, Class<?> main, String... words) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private void awaitTicks(Process app, Path file) throws Exception {
        Path ticks = file.resolveSibling(file.getFileName() + ".part").resolve("ticks.arrow");
        while (!Files.exists(ticks) || Files.size(ticks) < 4_096) {
            assertThat(app.isAlive()).as(errors()).isTrue();
            Thread.sleep(20);
        }
    }

    private static int exitCode(Process app) throws Exception {
        assertThat(app.waitFor(40, TimeUnit.SECONDS)).as("it ended").isTrue();
        return app.exitValue();
    }

    private String errors() throws Exception {
        return Files.readString(folder.resolve("errors.txt"));
    }
}

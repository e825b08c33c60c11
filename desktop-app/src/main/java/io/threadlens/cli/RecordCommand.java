package io.threadlens.cli;

import io.threadlens.session.LiveSession;
import io.threadlens.session.Target;
import io.threadlens.session.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code record}: without a window, until the program ends, the time is up or Ctrl+C. */
@Command(
        name = "record",
        description = "Records a running process, or a program that it starts.",
        customSynopsis = {
            "threadlens record [-o FILE] [--rate HZ] [--duration S] --pid PID",
            "       threadlens record [-o FILE] [--rate HZ] [--duration S [--leave-running]] -- PYTHON ARGS…"
        },
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    private static final double MAX_RATE = 20_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "where to keep the recording (default: NAME-DATE-TIME.threadlens)")
    private @Nullable Path output;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "1000", description = "looks a second, 1 to 20000 (default: 1000)")
    private double rate;

    @Option(names = "--duration", paramLabel = "S", description = "end after so many seconds; a program that was started is ended too")
    private @Nullable Double duration;

    @Option(names = "--leave-running", description = "with --duration: let the program go on")
    private boolean leaveRunning;

    @Option(names = "--no-refcounts", description = "do not look at reference counts: costs less, and sees no fight over them")
    private boolean noRefcounts;

    @Option(names = "--pid", paramLabel = "PID", description = "the process to attach to")
    private @Nullable Integer pid;

    @Parameters(paramLabel = "PYTHON ARGS…", arity = "0..*", description = "the program to start")
    private List<String> command = List.of();

    @Override
    public Integer call() throws Exception {
        Target target = target();
        Path file = output != null ? output : Path.of(UserFolders.newName(target));
        return record(target, file);
    }

    private Target target() {
        if ((pid == null) == command.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say what to record: either --pid PID or -- PYTHON ARGS…");
        }
        if (pid != null && pid <= 0) {
            throw new ParameterException(spec.commandLine(), pid + " is not a process id");
        }
        checkRate(rate, spec);
        checkDuration(duration, spec);
        return new Target(pid, command, rate, duration, leaveRunning, !noRefcounts);
    }

    static void checkRate(double rate, CommandSpec spec) {
        if (!(rate >= 1 && rate <= MAX_RATE)) {
            throw new ParameterException(spec.commandLine(), "--rate must be from 1 to 20000");
        }
    }

    static void checkDuration(@Nullable Double duration, CommandSpec spec) {
        if (duration != null && !(duration > 0 && duration < 1e9)) {
            throw new ParameterException(spec.commandLine(), "--duration must be a number of seconds");
        }
    }

    /** Records to the end, telling on stderr how it goes; returns the exit code. */
    static int record(Target target, Path file) throws InterruptedException {
        RecordProgress progress = new RecordProgress();
        LiveSession session = LiveSession.record(target, file, true, progress::changed);
        StopSignals.send(session::interrupt);
        while (!session.await(RecordProgress.EVERY)) {
            progress.show(session);
        }
        progress.clear();
        LiveSession.Status status = session.status();
        if (status.state() == LiveSession.State.FAILED) {
            System.err.println("threadlens: " + status.message());
        } else {
            progress.done(session);
        }
        return session.awaitExitCode(); // a program that was started may go on in this terminal
    }
}

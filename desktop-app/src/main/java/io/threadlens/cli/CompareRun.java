package io.threadlens.cli;

import io.threadlens.session.Configuration;
import io.threadlens.session.Interpreters;
import io.threadlens.session.PairPlan;
import io.threadlens.session.PairRecorder;
import io.threadlens.session.RunSet;
import io.threadlens.session.Script;
import io.threadlens.session.Target;
import io.threadlens.session.UserFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code compare --run}, and what they make happen: the program is recorded under each configuration. */
final class CompareRun {
    @Option(names = "--run", description = "record SCRIPT under each configuration there is, then compare")
    private boolean run;

    @Option(names = "--repeat", paramLabel = "N", description = "with --run: record each N times, alternating (default: 1)")
    private @Nullable Integer repeat;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "with --run: the thread counts to try, which the program finds in THREADS, or where {threads} stands in its arguments")
    private List<Integer> threads = List.of();

    @Option(names = "--duration", paramLabel = "S", description = "with --run: end each run after so many seconds")
    private @Nullable Double duration;

    @Option(names = "--rate", paramLabel = "HZ", description = "with --run: looks a second, 1 to 20000 (default: 1000)")
    private @Nullable Double rate;

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER", description = "with --run: where to keep the recordings (default: NAME-compare-DATE-TIME)")
    private @Nullable Path output;

    @Option(names = "--python", paramLabel = "PYTHON", description = "with --run: the free-threaded Python (default: the one that is found)")
    private @Nullable String python;

    @Option(names = "--gil-python", paramLabel = "PYTHON", description = "with --run: the Python with the GIL (default: one like the free-threaded one)")
    private @Nullable String gilPython;

    boolean wanted() {
        return run;
    }

    /** Refuses the options that go with {@code --run}, where that was not given. */
    void checkUnused(CommandSpec spec) {
        if (repeat != null || !threads.isEmpty() || duration != null || rate != null || output != null || python != null || gilPython != null) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat, --threads, --duration, --rate, -o, --python and --gil-python go with --run -- SCRIPT ARGS…");
        }
    }

    /**
     * Records, telling on stderr how it goes. Ctrl+C ends it and keeps what there is.
     *
     * @param words the script and its arguments
     */
    RunSet record(List<String> words, CommandSpec spec) throws IOException, InterruptedException {
        Script script = new Script(words);
        check(script, spec);
        script.check();
        Interpreters interpreters = Interpreters.find(python, gilPython);
        tell(interpreters);
        if (!interpreters.missing().isEmpty() || interpreters.note() != null) {
            System.err.println("threadlens: --python and --gil-python name other interpreters");
        }
        if (interpreters.configurations().size() < 2) {
            throw new IOException("there is nothing to compare: only " + interpreters.configurations().size() + " of "
                    + Configuration.Kind.values().length + " configurations can be had");
        }
        PairPlan plan = new PairPlan(
                interpreters, script, repeat == null ? 1 : repeat, threads, duration, rate == null ? Target.DEFAULT_RATE_HZ : rate);
        Path folder = output != null ? output : Path.of(UserFolders.newSetName(script));
        CompareProgress progress = new CompareProgress();
        PairRecorder recorder = new PairRecorder(plan, folder, progress::changed);
        StopSignals.send(recorder::stop);
        RunSet set = recorder.record();
        System.err.println("threadlens: the recordings are in " + folder + ", and beside each what the program wrote");
        return set;
    }

    /** Says on stderr which configurations are left out, and what is to be known of the others. */
    static void tell(Interpreters interpreters) {
        for (Interpreters.Missing missing : interpreters.missing()) {
            System.err.println("threadlens: left out: " + missing.kind().label() + ": " + missing.reason());
        }
        if (interpreters.note() != null) {
            System.err.println("threadlens: " + interpreters.note());
        }
    }

    private void check(Script script, CommandSpec spec) {
        if (repeat != null && (repeat < 1 || repeat > PairPlan.MOST_REPEATS)) {
            throw new ParameterException(spec.commandLine(), "--repeat must be from 1 to " + PairPlan.MOST_REPEATS);
        }
        if (threads.stream().anyMatch(count -> count < 1 || count > PairPlan.MOST_THREADS) || new HashSet<>(threads).size() < threads.size()) {
            throw new ParameterException(spec.commandLine(), "--threads must be different numbers from 1 to " + PairPlan.MOST_THREADS + ", with commas between");
        }
        RecordCommand.checkDuration(duration, spec);
        if (rate != null) {
            RecordCommand.checkRate(rate, spec);
        }
        String misuse = script.misuse();
        if (misuse != null) {
            throw new ParameterException(spec.commandLine(), misuse);
        }
    }
}

package io.threadlens.cli;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Side;
import io.threadlens.session.RunSet;
import io.threadlens.session.SetComparison;
import io.threadlens.session.SetSides;
import io.threadlens.session.SideReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: two recordings side by side, two folders with recordings of one configuration each, or what it is told to record first. */
@Command(
        name = "compare",
        description = "Compares two recordings of one program, or two folders with several of each; or records it with the GIL and without.",
        customSynopsis = {
            "threadlens compare [--json] [--fail-below RATIO] (A B | FOLDER)",
            "       threadlens compare --run [OPTIONS] -- SCRIPT ARGS…"
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final ComparisonPrinter printer = new ComparisonPrinter();

    @Mixin
    private final CompareRun run = new CompareRun();

    @Parameters(
            paramLabel = "A B",
            arity = "0..*",
            description = "what is compared with, and what is compared: a recording, or a folder of recordings; or the one FOLDER that --run has made")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        printer.check(spec);
        if (run.wanted()) {
            return print(run.record(words, spec));
        }
        run.checkUnused(spec);
        return switch (words.size()) {
            case 1 -> {
                RunSet set = RunSet.read(Path.of(words.getFirst()));
                CompareRun.tell(set.plan().interpreters());
                SetSides.failures(set).forEach(line -> System.err.println("threadlens: " + line));
                yield print(set);
            }
            case 2 -> {
                List<Path> paths = words.stream().map(Path::of).toList();
                List<Side> sides = SideReader.read(List.of(SideReader.recordings(paths.getFirst()), SideReader.recordings(paths.getLast())));
                yield printer.print(Comparison.of(sides.getFirst(), sides.getLast(), null));
            }
            default -> throw new ParameterException(spec.commandLine(), "say what to compare: A B, the FOLDER that --run has made, or --run -- SCRIPT ARGS…");
        };
    }

    /** Returns the exit code. */
    private int print(RunSet set) throws IOException {
        SetComparison compared = SetComparison.of(set);
        return compared.sweep() == null ? printer.print(compared.comparison()) : printer.print(compared.sweep());
    }
}

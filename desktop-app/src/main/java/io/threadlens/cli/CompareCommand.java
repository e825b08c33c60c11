package io.threadlens.cli;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Side;
import io.threadlens.session.SideReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: two recordings side by side, or two folders with recordings of one configuration each. */
@Command(
        name = "compare",
        description = "Compares two recordings of one program, or two folders with several of each.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final ComparisonPrinter printer = new ComparisonPrinter();

    @Parameters(paramLabel = "A B", arity = "2", description = "what is compared with, and what is compared: a recording, or a folder of recordings")
    private List<Path> paths = List.of();

    @Override
    public Integer call() throws IOException {
        printer.check(spec);
        List<Side> sides = SideReader.read(List.of(SideReader.recordings(paths.getFirst()), SideReader.recordings(paths.getLast())));
        return printer.print(Comparison.of(sides.getFirst(), sides.getLast(), null));
    }
}

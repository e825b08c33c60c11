package io.threadlens.cli;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Decomposition;
import io.threadlens.comparison.Run;
import io.threadlens.comparison.RunReader;
import io.threadlens.comparison.Side;
import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.RecordingOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code compare}: two recordings side by side. */
@Command(name = "compare", description = "Compares two recordings of one program.", mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "A B", arity = "2", description = "the recordings: what is compared with, and what is compared")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        Comparison comparison = Comparison.of(side(files.getFirst()), side(files.getLast()), null);
        Decomposition parts = comparison.decomposition();
        System.out.printf(Locale.ROOT, "%.3f s against %.3f s: %.2f times as fast, %.2f at best%n", parts.wallA(), parts.wallB(), parts.speedup(), parts.idealSpeedup());
        for (Decomposition.Part part : parts.parts()) {
            System.out.printf(Locale.ROOT, "  %-40s %8.3f %8.3f core-seconds%n", part.kind().words(), part.a(), part.b());
        }
        return 0;
    }

    private static Side side(Path file) throws IOException {
        try (Recording recording = RecordingOpener.view(file, new Progress())) {
            Run run = RunReader.read(recording, file.toString());
            return new Side(List.of(run));
        }
    }
}

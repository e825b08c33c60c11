package io.threadlens.cli;

import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.RecordingOpener;
import io.threadlens.session.RunSet;
import io.threadlens.session.SetComparison;
import io.threadlens.view.Snapshot;
import io.threadlens.view.compare.PairData;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snapshot}: the window of a recording, or of two that are compared, as a picture, without a display. */
@Command(
        name = "snapshot",
        description = "Paints the window of a recording, or of two that are compared, as a PNG, without a display.",
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
    /** The views there are. */
    enum View {
        timeline(Topic.FINDINGS),
        contention(Topic.CONTENTION),
        cores(Topic.CORES),
        flame(Topic.FLAME),
        /** Of two recordings. */
        compare(null);

        /** What is in front below the timeline; null where there are two. */
        private final @Nullable Topic front;

        View(@Nullable Topic front) {
            this.front = front;
        }
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "1..2",
            description = "a .threadlens, the folder of one that was cut short, or a .tlstream; for --view compare two, A and B, or the folder that compare --run has made")
    private List<Path> files = List.of();

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT.png", description = "the picture")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path output;

    @Option(names = "--view", defaultValue = "timeline", paramLabel = "VIEW", description = "${COMPLETION-CANDIDATES} (default: timeline)")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private View view;

    @Option(names = "--dark", description = "in the dark theme")
    private boolean dark;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Topic front = view.front;
        boolean isSet = front == null && files.size() == 1 && RunSet.is(files.getFirst());
        if (files.size() != (front == null && !isSet ? 2 : 1)) {
            throw new ParameterException(
                    spec.commandLine(), front == null ? "--view compare is of two recordings: snapshot A B -o OUT.png --view compare" : "two recordings are painted with --view compare");
        }
        Theme theme = dark ? Theme.DARK : Theme.LIGHT;
        if (isSet) {
            SetComparison set = SetComparison.of(RunSet.read(files.getFirst()));
            compare(theme, set.front().a(), set.front().b(), pair -> pair.in(set));
            return 0;
        }
        if (front == null) {
            compare(theme, files.getFirst(), files.getLast(), pair -> pair);
            return 0;
        }
        try (Recording recording = told(files.getFirst(), RecordingOpener.open(files.getFirst()))) {
            paint(recording, files.getFirst(), front, theme, output);
        }
        return 0;
    }

    private void compare(Theme theme, Path a, Path b, UnaryOperator<PairData> whole) throws IOException {
        try (Recording first = told(a, RecordingOpener.view(a, new Progress()));
                Recording second = told(b, RecordingOpener.view(b, new Progress()))) {
            check(output);
            Snapshot.DEFAULT.in(theme).save(whole.apply(PairData.of(PairData.nameOf(a, b), first, PairData.nameOf(b, a), second)), page -> {}, output);
        }
    }

    private static Recording told(Path file, Recording recording) {
        if (recording.damage() != null) {
            System.err.println("threadlens: " + file + ": " + recording.damage());
        }
        return recording;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void check(Path png) throws IOException {
        Path folder = png.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException("cannot write " + png + ": " + folder + " is not a folder that can be written to");
        }
    }

    static void paint(Recording recording, Path file, Topic front, Theme theme, Path png) throws IOException {
        check(png);
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        Snapshot.DEFAULT.in(theme).save(recording, name(file), () -> size, front, png);
    }
}

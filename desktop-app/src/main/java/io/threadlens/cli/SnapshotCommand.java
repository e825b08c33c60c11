package io.threadlens.cli;

import io.threadlens.recording.Recording;
import io.threadlens.session.RecordingOpener;
import io.threadlens.view.Snapshot;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code snapshot}: a recording's window as a picture, without a display. */
@Command(name = "snapshot", description = "Paints a recording's window as a PNG, without a display.", mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
    /** The views there are: what is in front below the timeline. */
    enum View {
        timeline(Topic.FINDINGS),
        contention(Topic.CONTENTION),
        cores(Topic.CORES),
        flame(Topic.FLAME);

        private final Topic front;

        View(Topic front) {
            this.front = front;
        }
    }

    @Parameters(paramLabel = "FILE", description = "a .threadlens, the folder of one that was cut short, or a .tlstream")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT.png", description = "the picture")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path output;

    @Option(names = "--view", defaultValue = "timeline", paramLabel = "VIEW", description = "${COMPLETION-CANDIDATES} (default: timeline)")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private View view;

    @Option(names = "--dark", description = "in the dark theme")
    private boolean dark;

    @Override
    public Integer call() throws IOException {
        try (Recording recording = RecordingOpener.open(file)) {
            if (recording.damage() != null) {
                System.err.println("threadlens: " + file + ": " + recording.damage());
            }
            paint(recording, file, view.front, dark ? Theme.DARK : Theme.LIGHT, output);
        }
        return 0;
    }

    static void paint(Recording recording, Path file, Topic front, Theme theme, Path png) throws IOException {
        Path folder = png.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException("cannot write " + png + ": " + folder + " is not a folder that can be written to");
        }
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        Snapshot.DEFAULT.in(theme).save(recording, String.valueOf(file.getFileName()), () -> size, front, png);
    }
}

package io.threadlens.cli;

import io.threadlens.recording.Recording;
import io.threadlens.session.LiveSession;
import io.threadlens.session.RecordingOpener;
import io.threadlens.session.Target;
import io.threadlens.session.UserFolders;
import io.threadlens.view.DesktopApp;
import io.threadlens.view.DesktopApp.Begin;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: a first look, on a sample program. The launcher finds the Python and the sample. */
@Command(name = "demo", description = "A first look: records a sample program for ten seconds and shows it.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final double SECONDS = 10;

    @Option(names = "--headless", description = "no window: the report, the recording and a picture instead")
    private boolean headless;

    @Option(names = "--python", required = true, hidden = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String python;

    @Option(names = "--sample", required = true, hidden = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path sample;

    @Override
    public Integer call() throws Exception {
        Target target = new Target(null, List.of(python, sample.toString()), Target.DEFAULT_RATE_HZ, SECONDS, false, true);
        if (!headless && DesktopApp.hasDisplay()) {
            Path file = UserFolders.newRecording(target);
            DesktopApp.run(new Begin.Follow(LiveSession.record(target, file, false, changed -> {})));
            return 0;
        }
        Path file = Path.of(UserFolders.newName(target));
        int code = RecordCommand.record(target, file);
        if (!Files.exists(file)) {
            return code;
        }
        try (Recording recording = RecordingOpener.open(file)) {
            ReportCommand.print(recording, file, false);
            Path picture = Path.of(file.toString().replaceFirst("\\.threadlens$", ".png"));
            SnapshotCommand.paint(recording, file, Topic.FINDINGS, Theme.LIGHT, picture);
            System.err.println("threadlens: the recording is " + file + ", a picture of it is " + picture);
        }
        return code;
    }
}

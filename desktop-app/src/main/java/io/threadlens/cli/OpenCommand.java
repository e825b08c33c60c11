package io.threadlens.cli;

import io.threadlens.session.RecordingOpener;
import io.threadlens.session.RunSet;
import io.threadlens.view.DesktopApp;
import io.threadlens.view.DesktopApp.Begin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code open}: recordings in the app. */
@Command(name = "open", description = "Opens recordings in the app.", mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE…", arity = "1..*", description = "a .threadlens, the folder of one that was cut short, a .tlstream, or the folder that compare --run has made")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!RunSet.is(file)) {
                RecordingOpener.check(file); // a mistake is told where it was made, not in a window
            }
        }
        DesktopApp.run(new Begin.Open(files));
        return 0;
    }
}

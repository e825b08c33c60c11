package io.threadlens.view.bench;

import io.threadlens.view.DesktopApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Window;

/** Opens the app on a recording as the command line does, says when its window has been painted, and ends. */
public final class FirstWindow {
    public static final String PAINTED = "painted";
    private static final long LOOK_EVERY_NS = 2_000_000;

    private FirstWindow() {}

    public static void run(Path file) throws IOException {
        Thread.ofPlatform().daemon().start(FirstWindow::watch);
        DesktopApp.run(new DesktopApp.Begin.Open(List.of(file)));
    }

    private static void watch() {
        while (true) {
            try {
                Platform.runLater(() -> new AnimationTimer() {
                    private int painted;

                    @Override
                    public void handle(long now) {
                        painted = Window.getWindows().isEmpty() ? 0 : painted + 1;
                        // The first pulse hands the picture to the painter; when the next has begun, it is done.
                        if (painted == 3) {
                            System.out.println(PAINTED);
                            Runtime.getRuntime().halt(0);
                        }
                    }
                }.start());
                return;
            } catch (IllegalStateException e) {
                LockSupport.parkNanos(LOOK_EVERY_NS); // JavaFX has not started yet
            }
        }
    }
}

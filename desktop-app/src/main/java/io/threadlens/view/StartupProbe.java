package io.threadlens.view;

import io.threadlens.view.shell.AppWindow;
import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;

/**
 * Measures the start. With the system property {@code threadlens.startup} set to {@code window} the app prints how many milliseconds after the start of its process its
 * first window had been painted, with {@code picture} how many until the recording that it was to open was shown; then it ends.
 *
 * <pre>{@code
 * THREADLENS_JAVA_OPTIONS=-Dthreadlens.startup=picture ./threadlens open app.threadlens
 * }</pre>
 */
final class StartupProbe {
    private static final String PROPERTY = "threadlens.startup";
    /** In the first pulse after it is shown a window is laid out and painted; when the next one begins that is done. */
    private static final int PAINTED = 2;

    private StartupProbe() {}

    static void watch(AppWindow window, Stage stage) {
        String until = System.getProperty(PROPERTY, "");
        if (until.isEmpty()) {
            return;
        }
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                boolean there = until.equals("window") ? stage.isShowing() : window.isSettled();
                pulses = there ? pulses + 1 : 0;
                if (pulses > PAINTED) {
                    stop();
                    Instant began = ProcessHandle.current().info().startInstant().orElseThrow();
                    System.out.println(Duration.between(began, Instant.now()).toMillis());
                    Platform.exit();
                }
            }
        }.start();
    }
}

package io.threadlens.view;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;

/** Starts JavaFX, on a display or without one, and says in a line why where it cannot. */
public final class Toolkit {
    static final String NO_DISPLAY =
            "there is no display to open a window on: set DISPLAY, or use `threadlens report` and `threadlens snapshot`";

    private static final long PATIENCE_SECONDS = 60;
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private Toolkit() {}

    /** Whether there is a display to open a window on. */
    static boolean hasDisplay() {
        return !System.getProperty("os.name", "").startsWith("Linux")
                || isSet("DISPLAY")
                || isSet("WAYLAND_DISPLAY")
                || isHeadless();
    }

    /** Whether JavaFX was told to paint in memory. */
    static boolean isHeadless() {
        return "Headless".equals(System.getProperty("glass.platform"));
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** Makes JavaFX paint in memory, with nothing but this program. To be called before anything of it is used. */
    static void goHeadless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        // Writing a PNG must not look for a display either.
        System.setProperty("java.awt.headless", "true");
    }

    /** JavaFX warns of being on the class path, which is how the app is laid out. Loggers are held weakly, so this one is kept. */
    static void beQuiet() {
        JAVAFX_LOG.setLevel(Level.SEVERE);
    }

    /** Starts JavaFX where it is not running yet. */
    public static void start(boolean headless) throws IOException {
        SystemLibraries.check(!headless);
        beQuiet();
        if (headless) {
            goHeadless();
        }
        CountDownLatch started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) {
            return; // it is running
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(explain(e), e);
        }
        try {
            if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("JavaFX did not start within " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Platform.setImplicitExit(false);
    }

    /** What to do about JavaFX not starting, in a line. */
    static String explain(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (message.contains("Unable to open DISPLAY")) {
            return NO_DISPLAY;
        }
        return "JavaFX could not start: " + (message.isEmpty() ? failure.toString() : message);
    }
}

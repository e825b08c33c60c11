package io.threadlens.view;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;

/** Starts JavaFX, on a display or without one, and says in a line what is missing where it cannot. */
final class Toolkit {
    private static final long PATIENCE_SECONDS = 60;
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private Toolkit() {}

    /** Whether there is a display to open a window on. */
    static boolean hasDisplay() {
        return !System.getProperty("os.name", "").startsWith("Linux")
                || isSet("DISPLAY")
                || isSet("WAYLAND_DISPLAY")
                || "Headless".equals(System.getProperty("glass.platform"));
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
    static void start(boolean headless) throws IOException {
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

    /** What to do about JavaFX not starting: nearly always a library of the system is missing. */
    static String explain(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            all.append(t).append('\n');
        }
        String text = all.toString();
        if (text.contains("Unable to open DISPLAY") || text.contains("no display")) {
            return "there is no display to open a window on: set DISPLAY, or use `threadlens report` and `threadlens snapshot`";
        }
        String missing = text.contains("libgtk") || text.contains("glassgtk") || text.contains("libXtst") || text.contains("libXxf86vm")
                ? "libgtk-3-0 libxtst6 libxxf86vm1 libgl1"
                : text.contains("freetype") || text.contains("pango") || text.contains("font")
                        ? "libpangoft2-1.0-0 fonts-dejavu-core"
                        : "libgtk-3-0 libxtst6 libxxf86vm1 libgl1 libpangoft2-1.0-0 fonts-dejavu-core";
        return "JavaFX could not start, a library of the system is missing: on Debian and Ubuntu `apt-get install " + missing + "` ("
                + firstLine(failure) + ")";
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.getClass().getSimpleName());
    }
}

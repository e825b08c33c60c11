package io.threadlens.view;

import io.threadlens.session.LiveSession;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.shell.AppWindow;
import io.threadlens.view.shell.ComparisonWindow;
import io.threadlens.view.shell.Desk;
import io.threadlens.view.shell.LiveRecording;
import io.threadlens.view.shell.LocalDesk;
import io.threadlens.view.shell.MainWindow;
import io.threadlens.view.theme.Appearance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The app with its windows. */
public final class DesktopApp extends Application {
    /** What to begin with. */
    public sealed interface Begin {
        /** The welcome page, at the process picker. */
        record Welcome() implements Begin {}

        record Attach(int pid) implements Begin {}

        record Open(List<Path> files) implements Begin {}

        /** Two recordings, a and b, one above the other. */
        record Compare(Path a, Path b) implements Begin {}

        /** Starts a program and records it; the interpreter is the first word. */
        record Program(List<String> command) implements Begin {}

        /** Shows what is being recorded. */
        record Follow(LiveSession session) implements Begin {}
    }

    /** JavaFX makes the application itself, so this is the only way to hand it something. */
    private static final AtomicReference<@Nullable Begin> BEGIN = new AtomicReference<>();

    /** Whether there is a display to open a window on. */
    public static boolean hasDisplay() {
        return Toolkit.hasDisplay();
    }

    /**
     * Runs the app until its last window is closed. Once in the life of a process.
     *
     * @throws IOException where there is no display, or JavaFX cannot start; the message says what to do
     */
    public static void run(Begin begin) throws IOException {
        if (!Toolkit.hasDisplay()) {
            throw new IOException(Toolkit.NO_DISPLAY);
        }
        SystemLibraries.check(!Toolkit.isHeadless());
        Toolkit.beQuiet();
        BEGIN.set(begin);
        try {
            Application.launch(DesktopApp.class);
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(Toolkit.explain(e), e);
        }
    }

    private final LocalDesk desk = new LocalDesk();

    /** What was set last is written before the process ends. */
    @Override
    public void stop() {
        desk.settings().flush();
    }

    @Override
    public void start(Stage stage) {
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) ->
                System.getLogger(DesktopApp.class.getName()).log(System.Logger.Level.ERROR, "a fault in the window", failure));
        Appearance.follow(desk.settings());
        KeyPreset.follow(desk.settings());
        StartupProbe.watch(open(stage, desk, BEGIN.get() instanceof Begin begin ? begin : new Begin.Welcome()), stage);
    }

    /** Opens the first window. */
    static AppWindow open(Stage stage, Desk desk, Begin begin) {
        if (begin instanceof Begin.Compare(Path a, Path b)) {
            ComparisonWindow comparison = new ComparisonWindow(stage, desk);
            comparison.show();
            comparison.compare(a, b);
            return comparison;
        }
        MainWindow window = new MainWindow(stage, desk);
        window.show();
        switch (begin) {
            case Begin.Welcome welcome -> {}
            case Begin.Compare compare -> {}
            case Begin.Attach attach -> window.attach(attach.pid());
            case Begin.Open open -> open.files().forEach(window::open);
            case Begin.Program program -> window.start(program.command());
            case Begin.Follow follow -> window.follow(LiveRecording.of(follow.session()));
        }
        return window;
    }
}

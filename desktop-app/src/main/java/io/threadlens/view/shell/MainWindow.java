package io.threadlens.view.shell;

import io.threadlens.model.Progress;
import io.threadlens.recording.Recording;
import io.threadlens.session.RunSet;
import io.threadlens.session.Target;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.RecordingFeed;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.welcome.WelcomePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** A window: the welcome page, or one recording. Opening something else while a recording is shown opens another window. */
public final class MainWindow implements AppWindow {
    private static final Duration LOOK_EVERY = Duration.millis(100);

    private final Stage stage;
    private final Desk desk;
    private final WindowFrame frame;
    private final Banners banners;
    private @Nullable WelcomePage welcome;
    private @Nullable RecordingPage page;
    private @Nullable RecordingFeed feed;
    private @Nullable MarkKeeper keeper;
    private @Nullable Path file;
    /** What is to be done once the recording is in the window. */
    private Runnable whenShown = () -> {};
    private @Nullable LiveRecording live;
    private @Nullable Timeline watch;
    private boolean taken;
    private boolean closing;

    public MainWindow(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
        this.frame = new WindowFrame(stage, desk, this, this::dropped);
        this.banners = frame.banners();
        stage.setOnCloseRequest(this::closeRequested);
        stage.setOnHiding(e -> WindowLayout.remember(stage, page, desk.settings()));
        stage.setOnHidden(e -> release());
        showWelcome();
    }

    @Override
    public void show() {
        stage.show();
    }

    // ---- what the user, or the command line, asks for

    /** The page to attach or open from, with the list of processes in front. */
    public void showWelcome() {
        WelcomePage shown = new WelcomePage(desk::processes, desk.python(), desk.recent(), desk::samples, desk.sample(), new WelcomeActions());
        frame.endWaiting();
        welcome = shown;
        taken = false;
        frame.setPage(shown);
        frame.setTitle("");
    }

    public void attach(int pid) {
        forSomethingNew().record(Target.process(pid));
    }

    public void start(List<String> command) {
        forSomethingNew().record(Target.program(command));
    }

    /** Opens a recording; of a set of them a window that compares. */
    public void open(Path file) {
        if (RunSet.is(file)) {
            ComparisonWindow.of(frame.beside(), desk, file);
        } else {
            forSomethingNew().read(file);
        }
    }

    /** Shows a recording that is being made. */
    public void follow(LiveRecording recording) {
        forSomethingNew().watch(recording);
    }

    @Override
    public void chooseRecording() {
        Path chosen = frame.chooseOpen();
        if (chosen != null) {
            open(chosen);
        }
    }

    @Override
    public void chooseComparison() {
        Path other = file == null ? null : frame.chooseOpen();
        if (file == null) {
            new ComparisonWindow(frame.beside(), desk).show();
        } else if (other != null) {
            ComparisonWindow.of(frame.beside(), desk, file, other);
        }
    }

    @Override
    public void chooseRuns() {
        ComparisonWindow window = new ComparisonWindow(frame.beside(), desk);
        window.chooseRuns();
        window.show();
    }

    private void dropped(List<Path> files) {
        if (files.size() != 2) {
            files.forEach(this::open);
            return;
        }
        banners.ask("Two recordings", "Compare them, or open each for itself?", "Compare", () -> {
            banners.clear();
            ComparisonWindow.of(frame.beside(), desk, files.getFirst(), files.getLast());
        }, "Open both", () -> files.forEach(this::open)).requestFocus();
    }

    @Override
    public void chooseAttach() {
        forSomethingNew().welcomeInFront(true);
    }

    @Override
    public void chooseProgram() {
        forSomethingNew().welcomeInFront(false);
    }

    @Override
    public void saveAs() {
        RecordingPage shown = page;
        if (shown == null || shown.model().data().get().isLive()) {
            return;
        }
        String name = frame.bar().name();
        Path to = frame.chooseSave(name.endsWith(".threadlens") ? name : name + ".threadlens");
        if (to == null) {
            return;
        }
        Progress progress = new Progress();
        frame.wait(new Waiting("Saving " + to.getFileName() + " …", progress, banners::show, banners::clear), true);
        Background.run(
                progress,
                () -> {
                    desk.save(shown.model().data().get().recording(), to, progress);
                    desk.addRecent(to);
                    return to;
                },
                saved -> {
                    frame.endWaiting();
                    banners.good("Saved", "The recording is in " + saved + ".");
                    savedAs(saved);
                },
                failure -> {
                    frame.endWaiting();
                    banners.bad("The recording could not be saved", failure);
                });
    }

    @Override
    public void stopRecording() {
        LiveRecording running = live;
        if (running != null) {
            running.stop();
            banners.good("Stopping", "The recording is being saved.");
        }
    }

    public @Nullable RecordingPage page() {
        return page;
    }

    @Override
    public @Nullable TimelineModel model() {
        return page == null ? null : page.model();
    }

    @Override
    public boolean isComparison() {
        return false;
    }

    @Override
    public boolean isSettled() {
        return page != null && page.isSettled();
    }

    @Override
    public void focusTimeline() {
        if (page != null) {
            page.focusTimeline();
        }
    }

    // ---- how it is done

    /** This window where nothing is open in it, else a new one. */
    private MainWindow forSomethingNew() {
        if (!taken) {
            return this;
        }
        MainWindow other = new MainWindow(frame.beside(), desk);
        other.show();
        return other;
    }

    private void welcomeInFront(boolean attach) {
        WelcomePage shown = welcome;
        if (shown == null) {
            return;
        }
        if (attach) {
            shown.showAttach();
        } else {
            shown.showStart();
        }
    }

    private void record(Target target) {
        watch(desk.record(target));
    }

    private void watch(LiveRecording recording) {
        taken = true;
        live = recording;
        banners.clear();
        frame.wait(new Waiting("Connecting to " + recording.what() + " …", new Progress(), frame::setPage, recording::stop), false);
        Timeline timer = new Timeline(new KeyFrame(LOOK_EVERY, e -> lookAt(recording)));
        timer.setCycleCount(Animation.INDEFINITE);
        timer.play();
        watch = timer;
    }

    private void lookAt(LiveRecording recording) {
        Recording growing = recording.recording();
        if (growing != null && feed == null) {
            feed(growing, recording.what(), recording::bytes);
        }
        switch (recording.status().state()) {
            case WAITING, RECORDING -> {}
            case ENDED -> {
                forget();
                desk.addRecent(recording.file());
                savedAs(recording.file());
                String message = recording.status().message();
                banners.good("The recording has ended", "It is saved as " + recording.file() + "." + (message == null ? "" : " " + message));
                finish();
            }
            case FAILED -> {
                forget();
                String message = String.valueOf(recording.status().message());
                if (growing == null) {
                    showWelcome();
                    banners.bad("Nothing was recorded", message);
                } else {
                    banners.bad("The recording could not be kept to its end", message);
                }
                finish();
            }
        }
    }

    private void savedAs(Path saved) {
        file = saved;
        MarkKeeper keeping = keeper;
        if (keeping != null) {
            keeping.savedAs(saved);
        }
    }

    private void forget() {
        live = null;
        if (watch != null) {
            watch.stop();
        }
    }

    private void finish() {
        if (closing) {
            stage.close();
        }
    }

    private void read(Path file) {
        taken = true;
        banners.clear();
        Progress progress = new Progress();
        frame.wait(new Waiting("Opening " + file.getFileName() + " …", progress, frame::setPage, this::stopOpening), false);
        Background.run(
                progress,
                () -> desk.open(file, progress),
                recording -> {
                    this.file = file;
                    desk.addRecent(file);
                    feed(recording, String.valueOf(file.getFileName()), () -> sizeOf(file));
                    whenShown = () -> mend(recording, file);
                    warnOfDamage(recording, file);
                },
                failure -> {
                    showWelcome();
                    banners.bad("The recording could not be opened", failure);
                });
    }

    private void stopOpening() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
        showWelcome();
    }

    private void warnOfDamage(Recording recording, Path file) {
        if (!recording.info().complete()) {
            String damage = recording.damage();
            banners.warn("Recovered", "What there is of it is shown: " + (damage == null ? "the recording was cut short" : damage) + "."
                    + (Files.isDirectory(file) ? " Save it to have it in one file." : ""));
        }
    }

    /** Reads what was left unread so that the window could be there at once; where there is damage, shows the recording without it. */
    private void mend(Recording shown, Path file) {
        RecordingFeed mine = feed;
        Background.run(
                () -> Optional.ofNullable(desk.mended(shown, file)),
                mended -> {
                    if (mended.isPresent() && feed == mine) {
                        closeRecording();
                        feed(mended.get(), String.valueOf(file.getFileName()), () -> sizeOf(file));
                        warnOfDamage(mended.get(), file);
                    }
                },
                failure -> banners.bad("The recording is damaged", failure));
    }

    private void closeRecording() {
        if (feed != null) {
            feed.close();
        }
        if (page != null) {
            page.close();
            page = null;
        }
        if (keeper != null) {
            keeper.close();
            keeper = null;
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void feed(Recording recording, String name, LongSupplier size) {
        RecordingFeed started = new RecordingFeed(recording, data -> arrived(data, name, size), this::failed);
        feed = started;
        started.start();
    }

    private void arrived(RecordingData data, String name, LongSupplier size) {
        RecordingPage shown = page;
        if (shown != null) {
            shown.model().update(data);
            return;
        }
        frame.endWaiting();
        RecordingPage fresh = new RecordingPage(data, size, 0, this::failed);
        page = fresh;
        keeper = new MarkKeeper(desk, banners, fresh.model().marks(), live, file);
        welcome = null;
        WindowBar named = new WindowBar();
        named.show(fresh.model(), name);
        frame.setBar(named);
        frame.setPage(fresh);
        // The parts of a split pane are in the window, and can have the focus, only when it is styled.
        fresh.applyCss();
        WindowLayout.restore(fresh, desk.settings());
        frame.setTitle(name);
        fresh.focusTimeline();
        whenShown.run();
        whenShown = () -> {};
    }

    private void failed(Throwable failure) {
        banners.bad("Something went wrong while this was drawn", failure);
    }

    private void closeRequested(WindowEvent e) {
        LiveRecording running = live;
        if (running == null) {
            askAboutMarks(e);
            return;
        }
        e.consume();
        if (closing) {
            return;
        }
        Node question = banners.ask(
                "The recording is still going on",
                "Stop it, save it as " + running.file() + " and close?",
                "Stop, save and close",
                () -> {
                    closing = true;
                    running.stop();
                });
        question.requestFocus();
    }

    private void askAboutMarks(WindowEvent e) {
        if (keeper == null || !keeper.hasUnkept() || closing) {
            return;
        }
        e.consume();
        Node question = banners.ask("Some marks are not in the recording", "Save the recording as a file of its own to keep them.", "Close without them", () -> {
            closing = true;
            stage.close();
        });
        question.requestFocus();
    }

    private void release() {
        if (watch != null) {
            watch.stop();
        }
        closeRecording();
        LiveRecording running = live;
        if (running != null) {
            // The app ends: what was recorded is kept.
            running.stop();
        }
    }

    private final class WelcomeActions implements WelcomePage.Actions {
        @Override
        public void attach(int pid) {
            MainWindow.this.attach(pid);
        }

        @Override
        public void start(List<String> command) {
            MainWindow.this.start(command);
        }

        @Override
        public void chooseRecording() {
            MainWindow.this.chooseRecording();
        }

        @Override
        public void open(Path recording) {
            MainWindow.this.open(recording);
        }

        @Override
        public void chooseComparison() {
            MainWindow.this.chooseComparison();
        }

        @Override
        public void chooseRuns() {
            MainWindow.this.chooseRuns();
        }
    }
}

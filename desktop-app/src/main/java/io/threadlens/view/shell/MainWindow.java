package io.threadlens.view.shell;

import io.threadlens.recording.Recording;
import io.threadlens.session.Target;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.RecordingFeed;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
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
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** A window: the welcome page, or one recording. Opening something else while a recording is shown opens another window. */
public final class MainWindow {
    private static final Duration LOOK_EVERY = Duration.millis(100);
    private static final String APP = "Threadlens";

    private final Stage stage;
    private final Desk desk;
    private final BorderPane root = new BorderPane();
    private final Banners banners = new Banners();
    private WindowBar bar = new WindowBar();
    private final KeysHelp keysHelp = new KeysHelp();
    private @Nullable WelcomePage welcome;
    private @Nullable RecordingPage page;
    private @Nullable RecordingFeed feed;
    /** What is to be done once the recording is in the window. */
    private Runnable whenShown = () -> {};
    private @Nullable LiveRecording live;
    private @Nullable Timeline watch;
    private boolean taken;
    private boolean closing;

    public MainWindow(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
        Scene scene = new Scene(root, 1200, 780);
        Theme.dress(scene);
        new WindowKeys(this).install(scene);
        stage.setScene(scene);
        // Less, and the status line and the list of processes would be cut off.
        stage.setMinWidth(900);
        stage.setMinHeight(520);
        stage.setOnCloseRequest(this::closeRequested);
        stage.setOnHidden(e -> release());
        setBar(bar);
        showWelcome();
    }

    public void show() {
        stage.show();
    }

    // ---- what the user, or the command line, asks for

    /** The page to attach or open from, with the list of processes in front. */
    public void showWelcome() {
        WelcomePage shown = new WelcomePage(desk::processes, desk.python(), desk.recent(), desk.sample(), new WelcomeActions());
        welcome = shown;
        taken = false;
        root.setCenter(shown);
        stage.setTitle(APP);
    }

    public void attach(int pid) {
        forSomethingNew().record(Target.process(pid));
    }

    public void start(List<String> command) {
        forSomethingNew().record(Target.program(command));
    }

    /** Opens a recording. */
    public void open(Path file) {
        forSomethingNew().read(file);
    }

    /** Shows a recording that is being made. */
    public void follow(LiveRecording recording) {
        forSomethingNew().watch(recording);
    }

    void chooseRecording() {
        Path file = desk.chooseOpen(stage);
        if (file != null) {
            open(file);
        }
    }

    void chooseAttach() {
        forSomethingNew().welcomeInFront(true);
    }

    void chooseProgram() {
        forSomethingNew().welcomeInFront(false);
    }

    void saveAs() {
        RecordingPage shown = page;
        if (shown == null || shown.model().data().get().isLive()) {
            return;
        }
        Path file = desk.chooseSave(stage, bar.name().endsWith(".threadlens") ? bar.name() : bar.name() + ".threadlens");
        if (file == null) {
            return;
        }
        Background.run(
                () -> {
                    desk.save(shown.model().data().get().recording(), file);
                    desk.addRecent(file);
                    return file;
                },
                saved -> banners.good("Saved", "The recording is in " + saved + "."),
                failure -> banners.bad("The recording could not be saved", failure));
    }

    void stopRecording() {
        LiveRecording running = live;
        if (running != null) {
            running.stop();
            banners.good("Stopping", "The recording is being saved.");
        }
    }

    void showKeys() {
        keysHelp.show(bar.keys());
    }

    @Nullable TimelineModel model() {
        return page == null ? null : page.model();
    }

    WindowBar bar() {
        return bar;
    }

    public @Nullable RecordingPage page() {
        return page;
    }

    // ---- how it is done

    /** This window where nothing is open in it, else a new one. */
    private MainWindow forSomethingNew() {
        if (!taken) {
            return this;
        }
        MainWindow other = new MainWindow(new Stage(), desk);
        other.stage.setX(stage.getX() + 30);
        other.stage.setY(stage.getY() + 30);
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
        showWaiting("Connecting to " + recording.what() + " …", recording::stop);
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
        showWaiting("Opening " + file.getFileName() + " …", null);
        Background.run(
                () -> desk.open(file),
                recording -> {
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
                        close();
                        feed(mended.get(), String.valueOf(file.getFileName()), () -> sizeOf(file));
                        warnOfDamage(mended.get(), file);
                    }
                },
                failure -> banners.bad("The recording is damaged", failure));
    }

    private void close() {
        if (feed != null) {
            feed.close();
        }
        if (page != null) {
            page.close();
            page = null;
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
        RecordingPage fresh = new RecordingPage(data, size, 0, this::failed);
        page = fresh;
        welcome = null;
        WindowBar named = new WindowBar();
        named.show(fresh.model(), name);
        setBar(named);
        root.setCenter(fresh);
        // The parts of a split pane are in the window, and can have the focus, only when it is styled.
        fresh.applyCss();
        stage.setTitle(name + " – " + APP);
        fresh.focusTimeline();
        whenShown.run();
        whenShown = () -> {};
    }

    private void failed(Throwable failure) {
        banners.bad("Something went wrong while this was drawn", failure);
    }

    private void setBar(WindowBar shown) {
        bar = shown;
        root.setTop(new VBox(shown, banners));
        shown.attach().setOnAction(e -> chooseAttach());
        shown.startProgram().setOnAction(e -> chooseProgram());
        shown.open().setOnAction(e -> chooseRecording());
        shown.save().setOnAction(e -> saveAs());
        shown.stop().setOnAction(e -> stopRecording());
        shown.keys().setOnAction(e -> showKeys());
    }

    private void showWaiting(String text, @Nullable Runnable cancel) {
        ProgressIndicator progress = new ProgressIndicator();
        progress.setMaxSize(40, 40);
        VBox waiting = new VBox(progress, new Label(text));
        if (cancel != null) {
            Button button = new Button("Cancel");
            button.setCancelButton(true);
            button.setOnAction(e -> cancel.run());
            waiting.getChildren().add(button);
        }
        waiting.getStyleClass().add("waiting");
        root.setCenter(waiting);
    }

    private void closeRequested(WindowEvent e) {
        LiveRecording running = live;
        if (running == null) {
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

    private void release() {
        if (watch != null) {
            watch.stop();
        }
        close();
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
    }
}

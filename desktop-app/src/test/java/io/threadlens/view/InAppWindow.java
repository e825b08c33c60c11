package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.MemoryRecording;
import io.threadlens.session.LiveSession;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.shell.MainWindow;
import io.threadlens.view.shell.RecordingPage;
import io.threadlens.view.theme.Theme;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.stage.Stage;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The app's window on a desk that is made up, light, and as large as a test wants it. */
abstract class InAppWindow extends OnScreen {
    static final long MS = 1_000_000;
    static final long START = MemoryRecording.START_NS;
    static final Path FILE = Path.of("/data/known.threadlens");

    final FakeDesk desk = new FakeDesk();
    MainWindow window;
    Stage stage;

    private final double width;
    private final double height;

    InAppWindow(double width, double height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public void start(Stage shown) {
        stage = shown;
        Theme.LIGHT.use();
        window = (MainWindow) DesktopApp.open(shown, desk, new DesktopApp.Begin.Welcome());
        shown.setX(0);
        shown.setY(0);
        shown.setWidth(width);
        shown.setHeight(height);
    }

    @Override
    public void stop() throws Exception {
        FxToolkit.hideStage();
    }

    final void open(MemoryRecording recording) throws Exception {
        desk.files.put(FILE, recording);
        interact(() -> window.open(FILE));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null);
        settle();
    }

    final FakeDesk.FakeLive attach(MemoryRecording recording) throws Exception {
        interact(() -> window.attach(4242));
        FakeDesk.FakeLive live = desk.live;
        assertThat(live).isNotNull();
        live.recording = recording;
        live.status = new LiveSession.Status(LiveSession.State.RECORDING, null);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null);
        WaitForAsyncUtils.waitForFxEvents();
        return live;
    }

    final RecordingPage page() {
        RecordingPage page = window.page();
        assertThat(page).isNotNull();
        return page;
    }

    final TimelineModel model() {
        return page().model();
    }

    /** Until what was clicked or typed has been dealt with, and what is on the screen is what the model says. */
    final void settle() throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        if (window.page() != null && !model().following().get()) {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> page().isSettled()));
        }
        WaitForAsyncUtils.waitForFxEvents();
    }
}

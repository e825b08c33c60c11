package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.session.LiveSession;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.shell.MainWindow;
import io.threadlens.view.shell.RecordingPage;
import io.threadlens.view.theme.Theme;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** The window as a person uses it: on JavaFX's headless platform, with real pixels, real mouse and real keys. */
class WindowTest extends ApplicationTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private static final Path FILE = Path.of("/data/known.threadlens");

    private final FakeDesk desk = new FakeDesk();
    private MainWindow window;
    private Stage stage;

    @Override
    public void start(Stage shown) {
        stage = shown;
        Theme.LIGHT.use();
        window = DesktopApp.open(shown, desk, new DesktopApp.Begin.Welcome());
        shown.setX(0);
        shown.setY(0);
        shown.setWidth(960);
        shown.setHeight(700);
    }

    @Override
    public void stop() throws Exception {
        FxToolkit.hideStage();
    }

    // ---- a saved recording

    @Test
    void aLaneHasTheColourOfTheStateAtEveryTime() throws Exception {
        open(known());
        assertThat(colourAt(0, 100)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
        assertThat(colourAt(0, 900)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.IO));
        assertThat(colourAt(1, 250)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.SIGNAL));
        assertThat(hasColour(1, 750, ThreadState.LOCK)).as("striped").isTrue();
        awaitText("#thread-count", "2 threads");
        assertThat(stage.getScene().getFocusOwner()).as("keys go to the timeline").hasSameClassAs(lookup(".timeline").query());
    }

    @Test
    void theThemeChangesWhatIsPainted() throws Exception {
        open(known());
        clickOn("#theme");
        settle();
        assertThat(Theme.current().get()).isEqualTo(Theme.DARK);
        assertThat(colourAt(0, 100)).isEqualTo(Theme.DARK.palette().of(ThreadState.RUNNING));
        clickOn("#theme");
        settle();
        assertThat(colourAt(0, 100)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
    }

    @Test
    void keysZoomPanFitAndUndo() throws Exception {
        open(known());
        TimeRange all = visible();
        moveTo(at(0, 250));
        press(KeyCode.W).release(KeyCode.W);
        settle();
        assertThat(visible().lengthNs()).isCloseTo(Math.round(all.lengthNs() / 1.4), within(MS));
        assertThat(visible().startNs()).as("zoomed at the pointer").isLessThan(START + 100 * MS);
        TimeRange zoomed = visible();
        press(KeyCode.D).release(KeyCode.D);
        settle();
        assertThat(visible().startNs()).isGreaterThan(zoomed.startNs());
        assertThat(visible().lengthNs()).isCloseTo(zoomed.lengthNs(), within(10L));
        press(KeyCode.END).release(KeyCode.END);
        assertThat(visible().endNs()).isCloseTo(START + 1_000 * MS, within(10L));
        press(KeyCode.HOME).release(KeyCode.HOME);
        assertThat(visible().startNs()).isEqualTo(START);
        press(KeyCode.F).release(KeyCode.F);
        assertThat(visible()).isEqualTo(all);
        press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        settle();
        assertThat(visible()).isNotEqualTo(all);
    }

    @Test
    void aDragSelectsARangeAndTheTableFollows() throws Exception {
        open(known());
        drag(at(0, 600), MouseButton.PRIMARY).dropTo(at(0, 800));
        settle();
        TimeRange selected = model().selection().get();
        assertThat(selected).isNotNull();
        assertThat(selected.startNs()).isCloseTo(START + 600 * MS, within(3 * MS));
        assertThat(selected.endNs()).isCloseTo(START + 800 * MS, within(3 * MS));
        awaitText("#threads-summary", "Selected range, ");
        assertThat(text("#threads-summary")).contains("to locks");
        press(KeyCode.F).release(KeyCode.F);
        settle();
        assertThat(visible()).isEqualTo(selected);
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(model().selection().get()).isNull();
        awaitText("#threads-summary", "Whole recording");
    }

    @Test
    void aClickShowsTheStackAndTheArrowsStep() throws Exception {
        open(known());
        clickOn(at(1, 750));
        settle();
        awaitText(".stack-title", "worker  ·  lock for 500 ms");
        ListView<?> calls = lookup("#calls").queryListView();
        assertThat(calls.getItems()).hasSize(2);
        assertThat(calls.getItems().getFirst().toString()).contains("Store.put");
        press(KeyCode.LEFT).release(KeyCode.LEFT);
        settle();
        awaitText(".stack-title", "worker  ·  signal for 500 ms");
        press(KeyCode.UP).release(KeyCode.UP);
        settle();
        awaitText(".stack-title", "MainThread  ·  running for 800 ms");
        assertThat(lookup(".timeline").query().getAccessibleText()).contains("MainThread", "running");
    }

    @Test
    void theSearchFiltersLanes() throws Exception {
        open(known());
        clickOn(at(0, 100));
        write("/");
        settle();
        write("work");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(1);
        awaitText("#thread-count", "1 of 2 threads");
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(0, 1);
    }

    @Test
    void theTableSaysWhatTheLanesShow() throws Exception {
        open(known());
        TableView<?> threads = lookup("#threads").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> threads.getItems().size() == 2);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> columnsOf(threads) <= threads.getWidth()));
        clickOn("Functions");
        TableView<?> functions = lookup("#functions").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !functions.getItems().isEmpty());
        assertThat(functions.getItems().toString()).contains("Store.put");
        awaitText("#functions-summary", "Whole recording   ·   all threads");
        interact(() -> model().select(new TimeRange(START, START + 400 * MS)));
        awaitText("#functions-summary", "Selected range, 400 ms");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !onFx(() -> functions.getItems().toString()).contains("Store.put"));
    }

    @Test
    void aRecordingIsSavedUnderAnotherName() throws Exception {
        open(known());
        clickOn("#save");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> FakeDesk.SAVED.equals(desk.savedTo));
    }

    @Test
    void whatCannotBeOpenedIsSaidInTheWindow() throws Exception {
        interact(() -> window.open(Path.of("/data/photo.jpg")));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> banner().contains("not a Threadlens recording"));
        assertThat(window.page()).isNull();
    }

    // ---- attaching, and a recording that grows

    @Test
    void aProcessIsFoundAndAttachedTo() throws Exception {
        TableView<?> processes = lookup("#processes").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> processes.getItems().size() == 3);
        clickOn("#process-search").write("backup");
        settle();
        assertThat(processes.getItems()).hasSize(1);
        assertThat(lookup("#attach-selected").queryButton().isDisabled()).as("it may not be read").isTrue();
        doubleClickOn("#process-search").write("app.py");
        settle();
        assertThat(processes.getItems()).hasSize(1);
        clickOn("#attach-selected");
        settle();
        assertThat(desk.asked).hasSize(1);
        assertThat(desk.asked.getFirst().pid()).isEqualTo(4242);
    }

    @Test
    void aProgramIsStarted() throws Exception {
        clickOn("Start a program");
        clickOn("#start-python").write("python3.14t");
        clickOn("#start-run");
        settle();
        assertThat(desk.asked).as("no program was named").isEmpty();
        clickOn("#start-script").write("-m app");
        clickOn("#start-arguments").write("--name \"two words\"");
        clickOn("#start-run");
        settle();
        assertThat(desk.asked.getFirst().command()).containsExactly("python3.14t", "-m", "app", "--name", "two words");
    }

    @Test
    void theSampleProgramIsRecorded() {
        clickOn("#welcome-sample");
        assertThat(desk.asked.getFirst().command()).containsExactly("python3.14t", "/opt/samples/first_look.py");
    }

    @Test
    void theLiveEdgeIsFollowedAndLetGo() throws Exception {
        MemoryRecording growing = grow(new MemoryRecording(1_000).live(true), 12_000);
        FakeDesk.FakeLive live = attach(growing);
        TimeRange before = visible();
        assertThat(model().following().get()).isTrue();
        grow(growing, 1_500);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(this::visible).endNs() > before.endNs() + 1_000 * MS);
        assertThat(visible().lengthNs()).isEqualTo(before.lengthNs());
        awaitText("#follow", "00:13  following");

        press(KeyCode.A).release(KeyCode.A);
        TimeRange stays = visible();
        assertThat(model().following().get()).isFalse();
        grow(growing, 1_000);
        awaitText("#follow", "00:14  recording");
        settle();
        assertThat(visible()).isEqualTo(stays);

        press(KeyCode.L).release(KeyCode.L);
        settle();
        assertThat(model().following().get()).isTrue();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(this::visible).endNs() > stays.endNs());

        clickOn("#stop");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> live.stopped);
        growing.live(false);
        live.status = new LiveSession.Status(LiveSession.State.ENDED, null);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> desk.remembered.contains(live.file()));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !onFx(() -> model().following().get()));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> lookup("#save").query().isVisible()));
    }

    @Test
    void closingWhileRecordingAsksAndKeepsTheRecording() throws Exception {
        FakeDesk.FakeLive live = attach(grow(new MemoryRecording(1_000).live(true), 2_000));
        interact(() -> stage.getOnCloseRequest().handle(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        settle();
        assertThat(stage.isShowing()).isTrue();
        clickOn("#banner-yes");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> live.stopped);
        live.status = new LiveSession.Status(LiveSession.State.ENDED, null);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !stage.isShowing());
    }

    @Test
    void whatCannotBeAttachedToIsSaidInTheWindow() throws Exception {
        interact(() -> window.attach(1));
        FakeDesk.FakeLive live = desk.live;
        assertThat(live).isNotNull();
        live.status = new LiveSession.Status(LiveSession.State.FAILED, "process 1 is not a Python");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> banner().contains("process 1 is not a Python"));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> lookup("#processes").tryQuery().isPresent());
    }

    // ---- helpers

    /** A second in which it is known what two threads did. */
    private static MemoryRecording known() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int run = recording.stack(-1, "Worker.run", "/srv/app/worker.py", 41);
        int put = recording.stack(run, "Store.put", "/srv/app/store.py", 23);
        recording.run(main, 0, 800, ThreadState.RUNNING, 0, run).run(main, 800, 200, ThreadState.IO, 0, run);
        recording.run(worker, 0, 500, ThreadState.SIGNAL, 1, run).run(worker, 500, 500, ThreadState.LOCK, 1, put);
        return recording;
    }

    private static MemoryRecording grow(MemoryRecording recording, int ticks) {
        int from = recording.tickCount();
        if (from == 0) {
            recording.thread("MainThread");
        }
        recording.ticks(ticks);
        recording.run(0, from, ticks, ThreadState.RUNNING, 0, -1).cut();
        return recording;
    }

    private void open(MemoryRecording recording) throws Exception {
        desk.files.put(FILE, recording);
        interact(() -> window.open(FILE));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null);
        settle();
    }

    private FakeDesk.FakeLive attach(MemoryRecording recording) throws Exception {
        interact(() -> window.attach(4242));
        FakeDesk.FakeLive live = desk.live;
        assertThat(live).isNotNull();
        live.recording = recording;
        live.status = new LiveSession.Status(LiveSession.State.RECORDING, null);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null);
        WaitForAsyncUtils.waitForFxEvents();
        return live;
    }

    private RecordingPage page() {
        RecordingPage page = window.page();
        assertThat(page).isNotNull();
        return page;
    }

    private TimelineModel model() {
        return page().model();
    }

    private TimeRange visible() {
        return model().viewport().get().range();
    }

    /** Until what was clicked or typed has been dealt with, and the lanes show what the model says. */
    private void settle() throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        if (window.page() != null && !page().model().following().get()) {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> page().settledProperty().get()));
        }
    }

    private static <T> T onFx(Callable<T> question) throws Exception {
        return WaitForAsyncUtils.asyncFx(question).get(10, TimeUnit.SECONDS);
    }

    private String banner() throws Exception {
        return onFx(() -> lookup("#banners").lookup((Node node) -> node instanceof Text).queryAll().stream()
                .map(node -> ((Text) node).getText())
                .collect(Collectors.joining("\n")));
    }

    private static double columnsOf(TableView<?> table) {
        return table.getVisibleLeafColumns().stream().mapToDouble(TableColumn::getWidth).sum();
    }

    /** Waits for a text that background work brings. */
    private void awaitText(String query, String beginning) throws Exception {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> text(query).startsWith(beginning));
        } catch (TimeoutException e) {
            assertThat(text(query)).startsWith(beginning);
        }
    }

    private String text(String query) {
        return ((Labeled) lookup(query).query()).getText();
    }

    /** The middle of a lane at a time of the known second, on the screen. */
    private Point2D at(int lane, int ms) {
        Node lanes = lookup("#lanes").query();
        double x = model().viewport().get().pxOf(START + ms * MS);
        double y = model().lanes().get().top(lane) + model().lanes().get().laneHeight() / 2;
        return lanes.localToScreen(x, y);
    }

    private Color colourAt(int lane, int ms) throws Exception {
        return colours(lane, ms)[0];
    }

    private boolean hasColour(int lane, int ms, ThreadState state) throws Exception {
        Color wanted = Theme.current().get().palette().of(state);
        for (Color colour : colours(lane, ms)) {
            if (colour.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Some pixels of a lane from a time on, as they are on the screen. */
    private Color[] colours(int lane, int ms) throws Exception {
        Node lanes = lookup("#lanes").query();
        double x = model().viewport().get().pxOf(START + ms * MS);
        // Below the words.
        double y = model().lanes().get().top(lane) + model().lanes().get().laneHeight() - 5;
        return onFx(() -> {
            WritableImage image = stage.getScene().snapshot(null);
            Bounds bounds = lanes.localToScene(lanes.getBoundsInLocal());
            Color[] colours = new Color[8];
            for (int i = 0; i < colours.length; i++) {
                colours[i] = image.getPixelReader().getColor((int) (bounds.getMinX() + x) + i, (int) (bounds.getMinY() + y));
            }
            return colours;
        });
    }
}

package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.LaneRows;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import io.threadlens.view.theme.ThreadColours;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** The cores as a person uses them, and the moments that are chosen by how many were busy. */
class CoresWindowTest extends InAppWindow {
    private static final Moments ONE_BUSY = new Moments.Builder().add(400, 700).add(900, 1_000).build();

    CoresWindowTest() {
        super(1000, 700);
    }

    // ---- choosing moments

    @Test
    void aBarChoosesItsMomentsForEveryView() throws Exception {
        openCores(known());
        assertThat(lookup("#moments-chip").query().isVisible()).isFalse();
        Color running = Theme.LIGHT.palette().of(ThreadState.RUNNING);
        assertThat(laneColour(0, 100)).isEqualTo(running);
        clickOn(bar(1));
        awaitText("#moments-text", "only moments with 1 busy core: 400 ms of 1.00 s");
        settle();
        assertThat(model().moments().get()).isEqualTo(ONE_BUSY);
        assertThat(laneColour(0, 100)).as("two were busy").isNotEqualTo(running);
        assertThat(laneColour(0, 500)).isEqualTo(running);
        interact(() -> model().topic().set(Topic.FUNCTIONS));
        awaitText("#functions-summary", "Whole recording, 1.00 s, of it the chosen moments");
        TableView<?> functions = lookup("#functions").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> functions.getItems().toString()).contains("total=0.4"));
        assertThat(lookup("#moments-chip").query().isVisible()).as("whatever tab is in front").isTrue();
        interact(() -> model().topic().set(Topic.THREADS));
        awaitText("#threads-summary", "Whole recording, 1.00 s, of it the chosen moments   ·   1.0 busy cores");

        clickOn("#moments-all");
        settle();
        assertThat(model().moments().get()).isNull();
        assertThat(laneColour(0, 100)).isEqualTo(running);
        awaitText("#threads-summary", "Whole recording, 1.00 s   ·   1.6 busy cores");
    }

    @Test
    void dragShiftAndAnotherClick() throws Exception {
        openCores(known());
        drag(bar(0), MouseButton.PRIMARY).dropTo(bar(1));
        settle();
        assertThat(model().busyChoice().counts().get()).containsExactly(0, 1);
        clickOn(bar(2));
        settle();
        assertThat(model().busyChoice().counts().get()).as("instead").containsExactly(2);
        interact(() -> pressWithShift(bar(0)));
        settle();
        assertThat(model().busyChoice().counts().get()).as("as well").containsExactly(0, 2);
        awaitText("#moments-text", "only moments with 0 or 2 busy cores: 600 ms of 1.00 s");
        clickOn("#busy-all");
        settle();
        assertThat(model().moments().get()).isNull();
        clickOn(bar(1)).clickOn(bar(1));
        settle();
        assertThat(model().busyChoice().counts().get()).as("a second click lets go").isEmpty();
        assertThat(model().moments().get()).isNull();
    }

    @Test
    void theHistogramHasKeys() throws Exception {
        openCores(known());
        interact(() -> lookup("#busy-histogram").query().requestFocus());
        push(KeyCode.DOWN).push(KeyCode.SPACE);
        settle();
        assertThat(model().busyChoice().counts().get()).containsExactly(1);
        assertThat(lookup("#busy-histogram").query().getAccessibleText()).isEqualTo("1 busy cores, 400 ms, 40 %, chosen");
        press(KeyCode.SHIFT).push(KeyCode.DOWN).release(KeyCode.SHIFT);
        settle();
        assertThat(model().busyChoice().counts().get()).containsExactly(1, 2);
        push(KeyCode.SPACE);
        settle();
        assertThat(model().busyChoice().counts().get()).containsExactly(1);
        interact(() -> model().select(new TimeRange(START, START + 500 * MS)));
        push(KeyCode.ESCAPE);
        settle();
        assertThat(model().moments().get()).isNull();
        assertThat(model().selection().get()).as("that was not meant").isNotNull();
        push(KeyCode.ESCAPE);
        assertThat(model().selection().get()).isNull();
    }

    @Test
    void theHistogramIsOfTheSelectedRange() throws Exception {
        openCores(known());
        awaitText("#busy-mean", "1.60 of 2 on average in 1.00 s");
        interact(() -> model().select(new TimeRange(START + 300 * MS, START + 500 * MS)));
        awaitText("#busy-mean", "1.50 of 2 on average in 200 ms");
    }

    @Test
    void whatIsChosenGrowsWithALiveRecording() throws Exception {
        MemoryRecording growing = known().live(true);
        attach(growing);
        interact(() -> model().topic().set(Topic.CORES));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> text("#busy-mean").startsWith("1.60"));
        clickOn(bar(1));
        awaitText("#moments-text", "only moments with 1 busy core: 400 ms of 1.00 s");
        interact(() -> model().topic().set(Topic.FINDINGS));
        growing.ticks(500);
        growing.run(0, 1_000, 500, ThreadState.RUNNING, 0, -1).cut();
        growing.live(false);
        awaitText("#moments-text", "only moments with 1 busy core: 900 ms of 1.50 s");
    }

    // ---- core × time

    @Test
    void aCoreHasTheColourOfTheThreadThatWasOnIt() throws Exception {
        openCores(sliced());
        awaitText("#cores-summary", "Exact, from context switches   ·   colour: the thread");
        assertThat(coreColour(0, 100)).isEqualTo(ThreadColours.of(0));
        assertThat(coreColour(0, 300)).isEqualTo(ThreadColours.of(1));
        assertThat(coreColour(1, 300)).isEqualTo(ThreadColours.of(0));
        assertThat(coreColour(1, 100)).as("nobody").isEqualTo(Theme.LIGHT.palette().subtle());
        assertThat(lookup("#core-body").query().getAccessibleText()).isEqualTo("core 0 60 % busy; core 2 40 % busy; Cores 1, 3 were never used by the program.");
    }

    @Test
    void aSliceTellsWhoWasThereAndWhereItCameFrom() throws Exception {
        openCores(sliced());
        assertThat(colour("#core-body", coreX(200), 40)).as("between the rows").isEqualTo(Theme.LIGHT.palette().background());
        moveTo(core(1, 300));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> listWindows().stream()
                .anyMatch(shown -> shown instanceof Tooltip tooltip
                        && tooltip.getText().equals("MainThread on core 2 for 400 ms, from 0.200 000 s\nrunning in work\n"
                                + "before: core 0\nthen: core 0, 200 ms later"))));
        assertThat(model().hovered().get()).isNotNull().extracting(TimelineModel.Instant::thread).isEqualTo(0);
        assertThat(colour("#core-body", coreX(200), 40).getBrightness()).as("a line to the core before").isLessThan(0.7);
        clickOn(core(0, 300));
        settle();
        assertThat(model().pinned().get()).isNotNull().extracting(TimelineModel.Instant::thread).isEqualTo(1);
        assertThat(model().topic().get()).as("who looks at cores goes on looking at cores").isEqualTo(Topic.CORES);
    }

    @Test
    void theLoadOfTheMachineStandsAboveWhereItIsKnown() throws Exception {
        MemoryRecording recording = sliced();
        recording.load(START, 0, 0).load(START + 1_000 * MS, 3_000 * MS, 1_000 * MS);
        openCores(recording);
        assertThat(coreColour(0, 100)).as("moved down").isEqualTo(ThreadColours.of(0));
        // Two cores of the program, and above them two of others.
        // Steps narrower than a pixel leave a little of the ground between them.
        assertThat(colour("#overview", 350, 40).getSaturation()).as("green").isGreaterThan(0.4);
        assertThat(colour("#overview", 350, 20).getSaturation()).as("grey").isLessThan(0.15);
        assertThat(colour("#overview", 350, 20).getBrightness()).as("but not the ground").isLessThan(0.9);
        Node body = lookup("#core-body").query();
        moveTo(body.localToScreen(200, 10));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> listWindows().stream()
                .anyMatch(shown -> shown instanceof Tooltip tooltip
                        && tooltip.getText().equals("Load of the machine: this program 1.0, others 2.0, free 1.0 of 4 cores"))));
    }

    @Test
    void theTableCountsMigrationsAndSaysHowSureTheyAre() throws Exception {
        MemoryRecording recording = sliced();
        recording.cpu(0, START, 0, 0);
        recording.cpu(0, START + 1_000 * MS, 800 * MS, 200 * MS);
        openCores(recording);
        clickOn("#cores-threads");
        awaitText("#core-use-summary", "Whole recording, 1.00 s   ·   all threads   ·   2 migrations");
        assertThat(cell(0, "Migrations")).isEqualTo("2");
        assertThat(cell(0, "Cores")).isEqualTo("0, 2");
        assertThat(cell(0, "Run delay")).isEqualTo("200000000");
        assertThat(cell(0, "Delay share")).isEqualTo("0.2");
        assertThat(cell(1, "Run delay")).as("the kernel was not asked").isEqualTo("null");

        interact(() -> model().select(new TimeRange(START, START + 500 * MS)));
        awaitText("#core-use-summary", "Selected range, 500 ms from 0.000 000 s   ·   all threads   ·   1 migration");
    }

    @Test
    void staysThatAreMissingAreCounted() throws Exception {
        MemoryRecording recording = sliced();
        recording.event(START + 100 * MS, "lostSlices", 40, null);
        recording.event(START + 200 * MS, "lostSlices", 2, null);
        recording.event(START + 300 * MS, "lostSlices", 0, null);
        openCores(recording);
        awaitText("#cores-summary", "Exact, from context switches   ·   colour: the thread   ·   42 stays on a core came too fast and are missing");
    }

    @Test
    void whatComesFromSamplesIsCalledAnEstimate() throws Exception {
        openCores(known());
        awaitText("#cores-summary", "Estimated, from samples");
        clickOn("#cores-threads");
        awaitText("#core-use-summary", "Whole recording, 1.00 s   ·   all threads   ·   at least 1 migration");
        assertThat(cell(1, "Migrations, at least")).isEqualTo("1");
    }

    // ---- helpers

    /**
     * A second on two cores: both busy for 400 ms, the first alone until 700, both until 900, and the first alone again. The second thread comes back on another core.
     */
    private static MemoryRecording known() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000).cores(2);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int work = recording.stack(-1, "work", "/srv/app/worker.py", 41);
        int get = recording.stack(-1, "get", "/srv/app/store.py", 7);
        recording.run(main, 0, 700, ThreadState.RUNNING, 0, work).run(main, 700, 300, ThreadState.RUNNING, -1, work);
        recording.run(worker, 0, 400, ThreadState.NATIVE, 1, get).run(worker, 400, 300, ThreadState.LOCK, 1, get);
        recording.run(worker, 700, 200, ThreadState.RUNNING, 0, get).run(worker, 900, 100, ThreadState.GIL, 1, get);
        return recording.cut();
    }

    /** A second of which it is known who was on which of four cores. */
    private static MemoryRecording sliced() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000).cores(4);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int work = recording.stack(-1, "work", "/srv/app/worker.py", 41);
        recording.run(main, 0, 1_000, ThreadState.RUNNING, 0, work).run(worker, 0, 1_000, ThreadState.RUNNING, 0, work);
        recording.slice(main, 0, START, START + 200 * MS).slice(worker, 0, START + 200 * MS, START + 400 * MS);
        recording.slice(main, 2, START + 200 * MS, START + 600 * MS).slice(main, 0, START + 800 * MS, START + 1_000 * MS);
        return recording;
    }

    private void openCores(MemoryRecording recording) throws Exception {
        open(recording);
        interact(() -> model().topic().set(Topic.CORES));
        settle();
    }

    /** What a cell of the table of threads says, by its column's title. */
    private String cell(int row, String column) throws Exception {
        TableView<?> table = lookup("#core-use").queryTableView();
        return onFx(() -> table.getColumns().stream()
                .filter(each -> each.getText().equals(column))
                .map(each -> String.valueOf(each.getCellData(row)))
                .findFirst()
                .orElseThrow());
    }

    /** As the mouse would with the key held down, which the headless platform does not tell it. */
    private void pressWithShift(Point2D place) {
        Node histogram = lookup("#busy-histogram").query();
        Point2D at = histogram.screenToLocal(place);
        for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            Event.fireEvent(histogram, new MouseEvent(
                    type, at.getX(), at.getY(), place.getX(), place.getY(), MouseButton.PRIMARY, 1, true, false, false, false, true, false, false, true, false, true, null));
        }
    }

    /** The bar of a number of busy cores, on the screen. */
    private Point2D bar(int busy) {
        Node histogram = lookup("#busy-histogram").query();
        double row = histogram.getBoundsInLocal().getHeight() / 3;
        return histogram.localToScreen(60, (busy + 0.5) * row);
    }

    /** A row of the cores at a time, on the screen. */
    private Point2D core(int row, int ms) {
        return lookup("#core-body").query().localToScreen(coreX(ms), coreY(row));
    }

    private double coreX(int ms) {
        return model().viewport().get().pxOf(START + ms * MS);
    }

    private double coreY(int row) {
        double top = model().data().get().load().isKnown() ? 36 : 0;
        // Two rows have room to be as high as they get.
        return top + row * 40 + 34;
    }

    private Color coreColour(int row, int ms) throws Exception {
        return colour("#core-body", coreX(ms), coreY(row));
    }

    private Color laneColour(int lane, int ms) throws Exception {
        double y = model().lanes().get().top(lane) + LaneRows.LANE_HEIGHT - 5;
        return colour("#lanes", model().viewport().get().pxOf(START + ms * MS), y);
    }

    private Color colour(String query, double x, double y) throws Exception {
        Node node = lookup(query).query();
        return onFx(() -> {
            WritableImage image = stage.getScene().snapshot(null);
            Bounds bounds = node.localToScene(node.getBoundsInLocal());
            return image.getPixelReader().getColor((int) (bounds.getMinX() + x), (int) (bounds.getMinY() + y));
        });
    }
}

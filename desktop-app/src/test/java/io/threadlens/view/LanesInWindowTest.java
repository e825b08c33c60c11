package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneOrder.Sorting;
import io.threadlens.timeline.LaneOrder.Spent;
import io.threadlens.timeline.LaneRows;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import io.threadlens.view.shell.RecordingPage;
import io.threadlens.view.shell.WindowBar;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Lanes as a person uses them: chosen, grouped, sorted, filtered, pinned, opened into calls, compared at two instants. */
class LanesInWindowTest extends OnScreen {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
    private RecordingPage page;
    private Stage stage;

    /** Main runs; workers 0 to 3 wait for a lock for 0, 100, 200 and 300 ms at the end, and then are in {@code put}. */
    @Override
    public void start(Stage shown) {
        stage = shown;
        int main = recording.thread("MainThread");
        int run = recording.stack(-1, "Worker.run", "/srv/app/worker.py", 41);
        int put = recording.stack(run, "Store.put", "/srv/app/store.py", 23);
        recording.run(main, 0, 1_000, ThreadState.IDLE, 0, run);
        for (int worker = 0; worker < 4; worker++) {
            int thread = recording.thread("worker-" + worker);
            recording.run(thread, 0, 1_000 - 100 * worker, ThreadState.RUNNING, 0, run);
            if (worker > 0) {
                recording.run(thread, 1_000 - 100 * worker, 100 * worker, ThreadState.LOCK, 0, put);
            }
        }
        Theme.LIGHT.use();
        page = new RecordingPage(RecordingData.of(recording), () -> 0, 0, failure -> {
            throw new IllegalStateException(failure);
        });
        WindowBar bar = new WindowBar();
        bar.show(page.model(), "known");
        BorderPane root = new BorderPane(page);
        root.setTop(bar);
        Scene scene = new Scene(root, 960, 700);
        Theme.dress(scene);
        shown.setScene(scene);
        shown.show();
    }

    @Override
    public void stop() throws Exception {
        page.close();
        FxToolkit.hideStage();
    }

    @Test
    void aClickOnANameChoosesAndTheTablesFollow() throws Exception {
        settle();
        interact(() -> model().topic().set(Topic.FUNCTIONS));
        clickOn(header(2));
        settle();
        assertThat(chosen()).containsExactly(2);
        awaitText("#functions-summary", "Whole recording, 1.00 s   ·   worker-1");
        click(header(4), headers(), true, false);
        assertThat(chosen()).containsExactlyInAnyOrder(2, 3, 4);
        click(header(3), headers(), false, true);
        click(header(0), headers(), false, true);
        settle();
        assertThat(chosen()).containsExactlyInAnyOrder(0, 2, 4);
        assertThat(chips()).containsExactly("3 threads chosen  ×");
        assertThat(colourAt(1, 300)).as("the others step back").isNotEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
        assertThat(colourAt(2, 300)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
        click(header(0), headers(), false, true);
        clickOn(".lane-chip");
        settle();
        assertThat(chosen()).isEmpty();
        assertThat(chips()).isEmpty();
    }

    @Test
    void aGroupIsOneLaneUntilItIsOpened() throws Exception {
        want(LaneOrder.DEFAULT.grouped(Grouping.NAME));
        assertThat(model().lanes().get().rows().count()).isEqualTo(2);
        assertThat(chips()).containsExactly("grouped by name  ×");
        // Of four workers three wait at the end: the upper three quarters of the lane are red.
        assertThat(isPainted(1, 950, ThreadState.LOCK)).isTrue();
        assertThat(isPainted(1, 500, ThreadState.LOCK)).isFalse();
        clickOn(header(1));
        assertThat(chosen()).as("the group").containsExactlyInAnyOrder(1, 2, 3, 4);
        clickOn(headers().localToScreen(8, model().lanes().get().middle(1)));
        settle();
        assertThat(model().lanes().get().rows().count()).isEqualTo(6);
        assertThat(model().lanes().get().rows().lane(2)).isEqualTo(new Lane.OfThread(1, true, 0));
        awaitText("#thread-count", "5 threads");
    }

    @Test
    void theOrderFollowsTheRangeAndTheTableFollowsTheLanes() throws Exception {
        want(LaneOrder.DEFAULT.sorted(Sorting.by(ThreadState.LOCK)).spending(new Spent(ThreadState.LOCK, 0.1)));
        assertThat(model().lanes().get().threads()).containsExactly(4, 3, 2);
        awaitText("#thread-count", "3 of 5 threads");
        assertThat(chips()).containsExactly("sorted by time waiting for locks  ×", "only 10 % or more waiting for locks  ×");
        TableView<?> threads = lookup("#threads").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> threads.getItems().size()) == 3);
        awaitText("#threads-summary", "Whole recording, 1.00 s   ·   3 of 5 threads");
        interact(() -> model().select(new TimeRange(START, START + 750 * MS)));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> model().lanes().get().threads()).isEmpty());
        interact(() -> model().select(new TimeRange(START + 650 * MS, START + 850 * MS)));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> model().lanes().get().threads()).equals(List.of(4, 3)));
        want(LaneOrder.DEFAULT.calling("put"));
        assertThat(model().lanes().get().threads()).containsExactly(3, 4);
    }

    @Test
    void lanesAreSortedAgainWhileARecordingGrows() throws Exception {
        recording.live(true).cut();
        interact(() -> model().update(model().data().get().grow()));
        want(LaneOrder.DEFAULT.sorted(Sorting.by(ThreadState.LOCK)));
        assertThat(model().lanes().get().threads()).containsExactly(4, 3, 2, 0, 1);
        recording.ticks(1_000).run(1, 1_000, 1_000, ThreadState.LOCK, 0, -1);
        interact(() -> model().update(model().data().get().grow()));
        assertThat(model().lanes().get().threads()).as("not at once").startsWith(4);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> model().lanes().get().threads()).equals(List.of(1, 4, 3, 2, 0)));
    }

    @Test
    void lanesArePinnedAndHiddenFromTheirMenu() throws Exception {
        settle();
        rightClickOn(header(3));
        clickOn("Pin to the top");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(3, 0, 1, 2, 4);
        assertThat(model().lanes().get().top(1)).isEqualTo(LaneRows.LANE_HEIGHT + LaneLayout.SEPARATOR);
        rightClickOn(header(1));
        clickOn("Hide");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(3, 1, 2, 4);
        clickOn("1 hidden  ×");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(3, 0, 1, 2, 4);
        rightClickOn(header(4));
        clickOn("Hide all others");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(4);
        clickOn("#thread-count");
        clickOn("All threads, as they were started");
        settle();
        assertThat(model().lanes().get().threads()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aDoubleClickOnANameOpensTheCalls() throws Exception {
        settle();
        doubleClick(header(4));
        settle();
        assertThat(chosen()).as("a double click chooses nothing").isEmpty();
        assertThat(model().lanes().get().rows().height(4)).isGreaterThan(LaneRows.LANE_HEIGHT);
        Color outer = callAt(4, 230, 0);
        assertThat(callAt(4, 900, 0)).as("the same call all the time").isEqualTo(outer);
        assertThat(callAt(4, 900, 1)).isNotEqualTo(outer);
        assertThat(callAt(4, 230, 1)).as("not called then").isEqualTo(Theme.LIGHT.palette().background());
        moveTo(place(4, 900, LaneRows.LANE_HEIGHT + LaneRows.CALL_HEIGHT + 4));
        awaitText("#hover-card", "Store.put  store.py:23\nseen from 0.700 000 s to 1.000 000 s\n300 ms, at 300 ticks");
        doubleClick(header(4));
        settle();
        assertThat(model().lanes().get().rows().height(4)).isEqualTo(LaneRows.LANE_HEIGHT);
    }

    @Test
    void theMouseTellsWhatIsUnderIt() throws Exception {
        settle();
        moveTo(place(4, 900, 10));
        awaitText("#hover-card", "worker-3  ·  lock for 300 ms\nfrom 0.700 000 s\nin Store.put");
        want(LaneOrder.DEFAULT.grouped(Grouping.NAME));
        moveTo(place(1, 950, 10));
        awaitText("#hover-card", "worker-0 … 3  ·  4 threads");
        assertThat(text("#hover-card")).endsWith("lock 75 %  ·  running 25 %");
    }

    @Test
    void twoInstantsAreCompared() throws Exception {
        settle();
        clickOn(place(4, 100, 10));
        click(place(4, 800, 10), lookup("#lanes").query(), true, false);
        settle();
        assertThat(model().second().get()).isNotNull();
        TableView<?> difference = lookup("#difference").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> difference.getItems().size()) == 5);
        awaitText("#difference-summary", "From 0.");
        assertThat(text("#difference-summary")).contains("3 same stack, 2 changed");
        ListView<?> after = lookup("#calls-after").queryListView();
        assertThat(after.getItems().getFirst().toString()).contains("Store.put");
        assertThat(lookup("#calls-before").queryListView().getItems()).hasSize(1);
        assertThat(lookup(".timeline").query().getAccessibleText()).contains("compared with ");
        interact(() -> model().pin(new TimelineModel.Instant(3, START + 100 * MS)));
        interact(() -> model().compareFromHere());
        interact(() -> model().movePinned(START + 950 * MS));
        awaitText("#difference-summary", "From 0.100 000 s to 0.950 000 s, 850 ms");
        interact(() -> model().clear());
        settle();
        assertThat(model().second().get()).isNull();
    }

    @Test
    void theArrowsTellEveryLaneAndStretch() throws Exception {
        settle();
        Node timeline = lookup(".timeline").query();
        interact(() -> model().pin(new TimelineModel.Instant(4, START + 900 * MS)));
        assertThat(timeline.getAccessibleText())
                .isEqualTo("worker-3, lock for 300 ms, from 0.700 000 s, at 0.900 000 s, in Store.put  store.py:23");
        interact(() -> model().moveLane(-1));
        assertThat(timeline.getAccessibleText()).startsWith("worker-2, lock for 200 ms, from 0.800 000 s");
        interact(() -> model().moveLane(-10));
        assertThat(timeline.getAccessibleText()).startsWith("MainThread, idle for 1.00 s");
        want(LaneOrder.DEFAULT.grouped(Grouping.NAME));
        interact(() -> model().moveLane(1));
        assertThat(timeline.getAccessibleText()).as("the group's first thread").startsWith("worker-0");
    }

    // ---- helpers

    private TimelineModel model() {
        return page.model();
    }

    private Set<Integer> chosen() {
        return model().chosenThreads().get();
    }

    private void want(LaneOrder order) throws Exception {
        interact(() -> model().arranging().change(now -> order));
        settle();
    }

    private List<String> chips() throws Exception {
        return onFx(() -> lookup(".lane-chip").queryAll().stream().map(chip -> ((Labeled) chip).getText()).toList());
    }

    private void settle() throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> page.isSettled()));
    }

    private Node headers() {
        return lookup("#lane-headers").query();
    }

    private Point2D header(int row) {
        return headers().localToScreen(60, model().lanes().get().middle(row));
    }

    /** Two clicks of which a slow machine does not make two. */
    private void doubleClick(Point2D screen) {
        click(screen, headers(), 1, false, false);
        click(screen, headers(), 2, false, false);
    }

    /** The headless platform's mouse knows of no keys that are held meanwhile. */
    private void click(Point2D screen, Node node, boolean shift, boolean control) {
        click(screen, node, 1, shift, control);
    }

    private void click(Point2D screen, Node node, int count, boolean shift, boolean control) {
        interact(() -> {
            Point2D at = node.localToScene(node.screenToLocal(screen));
            for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
                Event.fireEvent(node, new MouseEvent(
                        type, at.getX(), at.getY(), screen.getX(), screen.getY(), MouseButton.PRIMARY, count, shift, control, false, false,
                        type == MouseEvent.MOUSE_PRESSED, false, false, true, false, true, null));
            }
        });
    }

    private Point2D place(int row, int ms, double below) {
        Node lanes = lookup("#lanes").query();
        return lanes.localToScreen(model().viewport().get().pxOf(START + ms * MS), model().lanes().get().top(row) + below);
    }

    private Color callAt(int row, int ms, int depth) throws Exception {
        return colour(row, ms, LaneRows.LANE_HEIGHT + (depth + 1) * LaneRows.CALL_HEIGHT - 5);
    }

    private Color colourAt(int row, int ms) throws Exception {
        return colour(row, ms, LaneRows.LANE_HEIGHT - 5);
    }

    private Color colour(int row, int ms, double below) throws Exception {
        Node lanes = lookup("#lanes").query();
        double x = model().viewport().get().pxOf(START + ms * MS);
        double y = model().lanes().get().top(row) + below;
        return onFx(() -> {
            WritableImage image = stage.getScene().snapshot(null);
            Bounds bounds = lanes.localToScene(lanes.getBoundsInLocal());
            return image.getPixelReader().getColor((int) (bounds.getMinX() + x), (int) (bounds.getMinY() + y));
        });
    }

    /** Whether a state's colour is anywhere in a column of a lane. */
    private boolean isPainted(int row, int ms, ThreadState state) throws Exception {
        for (double below = 4; below < LaneRows.LANE_HEIGHT - 4; below++) {
            if (colour(row, ms, below).equals(Theme.LIGHT.palette().of(state))) {
                return true;
            }
        }
        return false;
    }
}

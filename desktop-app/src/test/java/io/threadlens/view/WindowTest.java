package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.LockContention;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.session.LiveSession;
import io.threadlens.session.Samples;
import io.threadlens.timeline.LaneRows;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** The window as a person uses it: on JavaFX's headless platform, with real pixels, real mouse and real keys. */
class WindowTest extends InAppWindow {
    WindowTest() {
        super(960, 700);
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
        awaitText("#functions-summary", "Whole recording, 1.00 s   ·   all threads");
        interact(() -> model().select(new TimeRange(START, START + 400 * MS)));
        awaitText("#functions-summary", "Selected range, 400 ms");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !onFx(() -> functions.getItems().toString()).contains("Store.put"));
    }

    // ---- what threads wait for

    @Test
    void aClickOnABlockedStretchShowsTheLockAndBothStacks() throws Exception {
        open(contended());
        clickOn(at(1, 250));
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.CONTENTION);
        awaitText("#meeting-waiter", "worker-1 waits");
        awaitText("#meeting-holder", "worker-2 holds it");
        assertThat(lookup("#meeting-waiter-calls").queryListView().getItems().getFirst().toString()).contains("Store.put");
        assertThat(lookup("#meeting-holder-calls").queryListView().getItems().getFirst().toString()).contains("Store.flush");
        assertThat(text("#meeting")).startsWith("At 0.250");
        TableView<LockContention> locks = lookup("#locks").queryTableView();
        assertThat(locks.getSelectionModel().getSelectedItem().label()).isEqualTo("Store.lock");
        assertThat(lookup(".timeline").query().getAccessibleText()).endsWith("waits for Store.lock, held by worker-2");
        // From the waiter's lane to the holder's.
        assertThat(isPaintedAt(1, 250, 20, Theme.LIGHT.palette().accent())).isTrue();

        clickOn(at(1, 750));
        settle();
        awaitText("#meeting-waiter", "worker-1 waits");
        assertThat(locks.getSelectionModel().getSelectedItem().label()).as("another lock").isEqualTo("Store.index");
    }

    @Test
    void theBracketsLeadToTheHolderAndBack() throws Exception {
        open(contended());
        clickOn(at(1, 250));
        write("[");
        settle();
        assertThat(model().pinned().get()).isNotNull().extracting(TimelineModel.Instant::thread).isEqualTo(2);
        write("]");
        settle();
        assertThat(model().pinned().get()).isNotNull().extracting(TimelineModel.Instant::thread).isEqualTo(1);
        write("]");
        settle();
        assertThat(model().pinned().get()).as("the next that waits for the same").isNotNull().extracting(TimelineModel.Instant::thread).isEqualTo(3);
        awaitText("#meeting-waiter", "worker-3 waits");
    }

    @Test
    void aSelectedLockShowsItsWaitersItsHoldersItsLifeAndWhoWaitedForWhom() throws Exception {
        open(contended());
        clickOn("Contention");
        TableView<LockContention> locks = lookup("#locks").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> locks.getItems().size() == 2);
        assertThat(locks.getItems()).as("most time lost first").extracting(LockContention::label).containsExactly("Store.lock", "Store.index");
        settle();
        clickOn("#side-threads");
        TableView<LockContention.Waiter> waiters = lookup("#waiters").queryTableView();
        TableView<LockContention.Holder> holders = lookup("#holders").queryTableView();
        assertThat(waiters.getItems()).extracting(LockContention.Waiter::thread).containsExactly(1, 3);
        assertThat(holders.getItems()).extracting(LockContention.Holder::thread).containsExactly(2);

        interact(() -> model().select(new TimeRange(START + 600 * MS, START + 1_000 * MS)));
        awaitText("#contention-summary", "Selected range, 400 ms");
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> locks.getItems().size() == 1));
        assertThat(locks.getItems().getFirst().label()).isEqualTo("Store.index");
        awaitText("#lock-hint", "Nobody waited for Store.lock in this range.");
        interact(() -> locks.getSelectionModel().selectFirst());
        settle();
        assertThat(holders.getItems()).extracting(LockContention.Holder::thread).containsExactly(3);
        clickOn("#side-over-time");
        settle();
        assertThat(colours("#lock-life", ThreadState.LOCK)).isGreaterThan(1_000);
        clickOn("#side-who-for-whom");
        settle();
        assertThat(colours("#wait-matrix", ThreadState.LOCK)).isGreaterThan(500);
    }

    @Test
    void aLockUnderTheMouseIsLitInEveryLane() throws Exception {
        open(contended());
        moveTo(at(1, 250));
        settle();
        assertThat(model().locks().hovered().get()).isEqualTo(0);
        assertThat(colourAt(0, 300)).as("everything else steps back").isNotEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
        assertThat(colourAt(2, 300)).as("the holder does not").isEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
        moveTo(at(0, 250));
        settle();
        assertThat(model().locks().hovered().get()).isNull();
        assertThat(colourAt(0, 300)).isEqualTo(Theme.LIGHT.palette().of(ThreadState.RUNNING));
    }

    @Test
    void aFindingLeadsToWhereItIsSeenBest() throws Exception {
        open(contended());
        awaitText("#findings-summary", "Whole recording, 1.00 s");
        clickOn(lookup(".finding .place").match((Hyperlink link) -> link.getText().contains("store.py")).<Hyperlink>query());
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> model().pinned().get() != null));
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.CONTENTION);
        assertThat(model().locks().selected().get()).isEqualTo(0);
        awaitText("#meeting-holder", "worker-2 holds it");
    }

    @Test
    void aFindingWithoutALockLeadsToItsLine() throws Exception {
        MemoryRecording recording = contended();
        int ask = recording.stack(-1, "collect_garbage", "/srv/app/memory.py", 7);
        int asker = recording.thread("asker");
        recording.run(asker, 0, 900, ThreadState.PAUSED, 4, ask).run(asker, 900, 100, ThreadState.RUNNING, 4, ask);
        for (int at = 0; at < 900; at += 90) {
            recording.pause(START + at * MS, START + (at + 90) * MS, 0, asker, ask);
        }
        open(recording);
        awaitText("#findings-summary", "Whole recording, 1.00 s");
        clickOn(lookup(".finding .place").match((Hyperlink link) -> link.getText().contains("collect_garbage")).<Hyperlink>query());
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> model().topic().get() == Topic.SOURCE));
        assertThat(model().pinned().get()).isEqualTo(new TimelineModel.Instant(asker, START + 450 * MS));
        awaitText("#source-file", "/srv/app/memory.py");
        TableView<?> lines = lookup("#source-lines").queryTableView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> String.valueOf(lines.getSelectionModel().getSelectedItem()).contains("number=7,")));
    }

    @Test
    void contentionFollowsALiveRecording() throws Exception {
        MemoryRecording growing = grow(new MemoryRecording(1_000).live(true), 2_000);
        int worker = growing.thread("worker");
        int lock = growing.lock("lock", "threading.Lock", "Store.lock");
        attach(growing);
        interact(() -> model().topic().set(Topic.CONTENTION));
        awaitText("#contention-summary", "Whole recording, ");
        assertThat(text("#contention-summary")).endsWith("nothing lost to locks");
        growing.ticks(1_000);
        growing.run(0, 2_000, 1_000, ThreadState.RUNNING, 0, -1).run(worker, 2_000, 1_000, ThreadState.LOCK, 1, -1);
        growing.wait(worker, START + 2_000 * MS, START + 3_000 * MS, lock, -1);
        growing.hold(lock, 0, START + 1_900 * MS, START + 3_000 * MS, -1, 2, 0);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> text("#contention-summary").endsWith("1.00 s lost to locks"));
        awaitText("#meeting-waiter", "worker waits");
        awaitText("#meeting-holder", "MainThread holds it");
    }

    @Test
    void whoLooksThroughTheMeetingsIsLeftThereWhileTheWaitGoesOn() throws Exception {
        MemoryRecording growing = contended().live(true);
        attach(growing);
        interact(() -> model().click(new TimelineModel.Instant(3, START + 250 * MS)));
        awaitText("#meeting", "At 0.250");
        clickOn("#meeting-on");
        awaitText("#meeting", "Meeting 1 of ");
        growing.ticks(100);
        growing.wait(3, START + 200 * MS, START + 1_100 * MS, 0, -1);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> {
            LockSelection.Blocked blocked = model().locks().blocked().get();
            return blocked != null && blocked.waiting().end() == START + 1_100 * MS;
        }));
        assertThat(text("#meeting")).startsWith("Meeting 1 of ");
        clickOn("#meeting-back");
        awaitText("#meeting", "At 0.250");
    }

    @Test
    void pausesHaveALaneThatSaysWhoAsked() throws Exception {
        MemoryRecording recording = contended();
        int collect = recording.stack(-1, "collect_garbage", "/srv/app/gc.py", 7);
        recording.pause(START + 400 * MS, START + 450 * MS, 0, 1, collect);
        open(recording);
        awaitText("#pause-count", "1 pause, 50.0 ms");
        Node pauses = lookup("#pauses").query();
        double x = model().viewport().get().pxOf(START + 425 * MS);
        moveTo(pauses.localToScreen(x, 10));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> onFx(() -> listWindows().stream()
                .anyMatch(shown -> shown instanceof Tooltip tooltip
                        && tooltip.getText().equals("Stop of the world, 50.0 ms at 0.400 000 s, asked for by worker-1 in collect_garbage (gc.py:7)"))));
    }

    @Test
    void whatIsOffIsNamedInTheStatusLine() throws Exception {
        MemoryRecording recording = contended();
        recording.feature("refcounts", "this interpreter keeps no shared counts");
        open(recording);
        awaitText("#features-off", "refcounts off");
        Tooltip why = onFx(() -> ((Labeled) lookup("#features-off").query()).getTooltip());
        assertThat(why.getText()).isEqualTo("refcounts: this interpreter keeps no shared counts");
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
    void everySampleSaysWhatItShowsAndIsRecordedWithOneClick() throws Exception {
        clickOn("Try a sample");
        ListView<Samples.Sample> samples = lookup("#samples").queryListView();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> samples.getItems().size() > 20);
        assertThat(samples.getItems().getFirst().name()).isEqualTo("first_look");
        assertThat(samples.getItems()).allSatisfy(sample -> assertThat(sample.about()).isNotBlank()).noneMatch(sample -> sample.name().startsWith("_"));
        settle();
        clickOn("#record-blocking_io");
        assertThat(desk.asked.getFirst().command()).containsExactly("python3.14t", "../samples/blocking_io.py");
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

    /** A long recording is shown before it has been read; what is found then is told, and what is left of it shown. */
    @Test
    void damageThatIsFoundLaterIsTold() throws Exception {
        MemoryRecording left = known().damaged("samples.arrow is not as it was written");
        desk.mended = left;
        desk.files.put(FILE, known());
        interact(() -> window.open(FILE));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null && window.page().model().data().get().recording() == left);
        assertThat(banner()).contains("samples.arrow is not as it was written");
    }

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

    /**
     * A second in which 1 waits for a lock that 2 holds, from 100 to 500 ms, and 3 from 200 ms on; and 1 for another one that 3 holds, from 600
     * to 900 ms. Nobody else loses time.
     */
    private static MemoryRecording contended() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
        int main = recording.thread("MainThread");
        int run = recording.stack(-1, "Worker.run", "/srv/app/worker.py", 41);
        int put = recording.stack(run, "Store.put", "/srv/app/store.py", 23);
        int flush = recording.stack(run, "Store.flush", "/srv/app/store.py", 52);
        int find = recording.stack(run, "Store.find", "/srv/app/store.py", 71);
        for (int worker = 1; worker <= 3; worker++) {
            recording.thread("worker-" + worker);
        }
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        int index = recording.lock("critical-section", "dict", "Store.index");
        recording.run(main, 0, 1_000, ThreadState.RUNNING, 0, run);
        recording.run(1, 0, 100, ThreadState.RUNNING, 1, run).run(1, 100, 400, ThreadState.LOCK, 1, put).run(1, 500, 100, ThreadState.RUNNING, 1, run);
        recording.run(1, 600, 300, ThreadState.LOCK, 1, find).run(1, 900, 100, ThreadState.RUNNING, 1, run);
        recording.run(2, 0, 1_000, ThreadState.RUNNING, 2, flush);
        recording.run(3, 0, 200, ThreadState.RUNNING, 3, run).run(3, 200, 300, ThreadState.LOCK, 3, put).run(3, 500, 500, ThreadState.RUNNING, 3, find);
        recording.wait(1, START + 100 * MS, START + 500 * MS, lock, put);
        recording.wait(3, START + 200 * MS, START + 500 * MS, lock, put);
        recording.wait(1, START + 600 * MS, START + 900 * MS, index, find);
        recording.hold(lock, 2, START, START + 500 * MS, flush, 1, 0);
        recording.hold(index, 3, START + 500 * MS, START + 1_000 * MS, find, 3, 0);
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

    private TimeRange visible() {
        return model().viewport().get().range();
    }

    private String banner() throws Exception {
        return onFx(() -> lookup("#banners").lookup((Node node) -> node instanceof Text).queryAll().stream()
                .map(node -> ((Text) node).getText())
                .collect(Collectors.joining("\n")));
    }

    private static double columnsOf(TableView<?> table) {
        return table.getVisibleLeafColumns().stream().mapToDouble(TableColumn::getWidth).sum();
    }

    /** The middle of a lane at a time of the known second, on the screen. */
    private Point2D at(int lane, int ms) {
        Node lanes = lookup("#lanes").query();
        double x = model().viewport().get().pxOf(START + ms * MS);
        double y = model().lanes().get().middle(lane);
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

    /** Whether a colour is in a few pixels around a place so far below the middle of a lane. */
    private boolean isPaintedAt(int lane, int ms, int below, Color wanted) throws Exception {
        Point2D middle = at(lane, ms);
        return onFx(() -> {
            WritableImage image = stage.getScene().snapshot(null);
            Point2D place = stage.getScene().getRoot().screenToLocal(middle);
            for (int x = -3; x <= 3; x++) {
                if (image.getPixelReader().getColor((int) place.getX() + x, (int) place.getY() + below).equals(wanted)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** How many pixels of a part of the window have the colour of a state. */
    private int colours(String query, ThreadState state) throws Exception {
        Node node = lookup(query).query();
        Color wanted = Theme.current().get().palette().of(state);
        return onFx(() -> {
            WritableImage image = stage.getScene().snapshot(null);
            Bounds bounds = node.localToScene(node.getBoundsInLocal());
            int count = 0;
            for (int y = (int) bounds.getMinY(); y < Math.min(image.getHeight(), bounds.getMaxY()); y++) {
                for (int x = (int) bounds.getMinX(); x < Math.min(image.getWidth(), bounds.getMaxX()); x++) {
                    count += image.getPixelReader().getColor(x, y).equals(wanted) ? 1 : 0;
                }
            }
            return count;
        });
    }

    /** Some pixels of a lane from a time on, as they are on the screen. */
    private Color[] colours(int lane, int ms) throws Exception {
        Node lanes = lookup("#lanes").query();
        double x = model().viewport().get().pxOf(START + ms * MS);
        // Below the words.
        double y = model().lanes().get().top(lane) + LaneRows.LANE_HEIGHT - 5;
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

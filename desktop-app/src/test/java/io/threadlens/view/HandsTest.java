package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.Mark;
import io.threadlens.session.LiveSession;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.data.TimelineModel.Instant;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** Keys, the palette, marks and settings, as a person uses them. */
class HandsTest extends InAppWindow {
    HandsTest() {
        super(960, 700);
    }

    @Override
    public void start(Stage shown) {
        KeyPreset.current().set(KeyPreset.THREADLENS);
        super.start(shown);
    }

    @Override
    public void stop() throws Exception {
        interact(() -> {
            Theme.LIGHT.use();
            KeyPreset.current().set(KeyPreset.THREADLENS);
        });
        super.stop();
    }

    // ---- keys

    @Test
    void aRangeIsSelectedByKeysAlone() throws Exception {
        open();
        key(KeyCode.DOWN);
        interact(() -> model().movePinned(START + 200 * MS));
        key(KeyCode.I);
        assertThat(model().selection().get()).isEqualTo(new TimeRange(START + 200 * MS, START + 1_000 * MS));
        interact(() -> model().movePinned(START + 700 * MS));
        key(KeyCode.O);
        assertThat(model().selection().get()).isEqualTo(new TimeRange(START + 200 * MS, START + 700 * MS));
        key(KeyCode.SHIFT, KeyCode.RIGHT);
        assertThat(model().selection().get()).as("to the next change of state").isEqualTo(new TimeRange(START + 200 * MS, START + 800 * MS));
        key(KeyCode.F);
        assertThat(visible()).isEqualTo(model().selection().get());
        key(KeyCode.CONTROL, KeyCode.Z);
        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(visible()).as("redone").isEqualTo(model().selection().get());
        key(KeyCode.ESCAPE);
        key(KeyCode.R);
        assertThat(model().selection().get()).isEqualTo(new TimeRange(START + 200 * MS, START + 800 * MS));
    }

    @Test
    void pointAndCommaGoFromEventToEvent() throws Exception {
        open();
        interact(() -> model().pin(new Instant(1, START)));
        write(".");
        assertThat(pinned()).isEqualTo(new Instant(1, START + 500 * MS));
        write(".");
        assertThat(pinned()).as("a pause").isEqualTo(new Instant(1, START + 900 * MS));
        write(",");
        assertThat(pinned()).isEqualTo(new Instant(1, START + 500 * MS));
    }

    @Test
    void tabsHaveNumbers() throws Exception {
        open();
        key(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(model().topic().get()).isEqualTo(Topic.values()[1]);
        key(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertThat(model().topic().get()).isEqualTo(Topic.values()[0]);
    }

    @Test
    void anotherPresetHasOtherKeysAndStays() throws Exception {
        open();
        TimeRange all = visible();
        key(KeyCode.CONTROL, KeyCode.COMMA);
        clickOn("As in Firefox Profiler");
        key(KeyCode.ESCAPE);
        key(KeyCode.W);
        assertThat(visible()).as("W scrolls there").isEqualTo(all);
        key(KeyCode.Q);
        assertThat(visible().lengthNs()).isLessThan(all.lengthNs());
        assertThat(desk.settings().get().keys()).isEqualTo("firefox");
    }

    // ---- the palette and the page of keys

    @Test
    void thePaletteFindsCommandsAndThreadsAndDoesThem() throws Exception {
        open();
        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        ListView<?> list = lookup("#palette-list").queryListView();
        assertThat(list.getItems()).hasSizeGreaterThan(40);
        write("show contention");
        key(KeyCode.ENTER);
        assertThat(lookup("#palette").tryQuery()).isEmpty();
        assertThat(model().topic().get()).isEqualTo(Topic.CONTENTION);

        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        write("gowork");
        key(KeyCode.ENTER);
        assertThat(pinned().thread()).isEqualTo(1);
        key(KeyCode.UP);
        assertThat(pinned().thread()).as("keys are the timeline's again").isEqualTo(0);
    }

    @Test
    void whatCannotBeDoneNowIsSaidAndNotDone() throws Exception {
        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        write("zoom in");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("Move and zoom, not now").tryQuery()).isPresent();
        key(KeyCode.ENTER);
        assertThat(lookup("#palette").tryQuery()).as("nothing happened").isPresent();
        key(KeyCode.ESCAPE);
        assertThat(lookup("#palette").tryQuery()).isEmpty();
    }

    @Test
    void thePageOfKeysIsShownAndKeepsTheTimelineStill() throws Exception {
        open();
        TimeRange all = visible();
        write("?");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#keys-page").tryQuery()).isPresent();
        assertThat(lookup("Next event: a wait for a lock, or a pause").tryQuery()).isPresent();
        key(KeyCode.W);
        assertThat(visible()).isEqualTo(all);
        key(KeyCode.ESCAPE);
        assertThat(lookup("#keys-page").tryQuery()).isEmpty();
        key(KeyCode.W);
        assertThat(visible()).isNotEqualTo(all);
    }

    // ---- marks

    @Test
    void aMarkIsWrittenListedChangedAndRemoved() throws Exception {
        open();
        interact(() -> model().pin(new Instant(1, START + 600 * MS)));
        key(KeyCode.M);
        write("here it stalls");
        key(KeyCode.ENTER);
        assertThat(marks()).containsExactly(new Mark(START + 600 * MS, START + 600 * MS, "here it stalls"));
        interact(() -> model().select(new TimeRange(START + 100 * MS, START + 300 * MS)));
        key(KeyCode.SHIFT, KeyCode.M);
        write("warm");
        clickOn("#mark-keep");
        assertThat(marks()).hasSize(2);

        interact(() -> model().clear());
        interact(() -> model().pin(new Instant(0, START + 400 * MS)));
        key(KeyCode.N);
        assertThat(pinned()).isEqualTo(new Instant(0, START + 600 * MS));
        key(KeyCode.N);
        assertThat(pinned()).as("round to the first").isEqualTo(new Instant(0, START + 100 * MS));
        assertThat(model().selection().get()).isEqualTo(new TimeRange(START + 100 * MS, START + 300 * MS));

        key(KeyCode.CONTROL, KeyCode.M);
        TableView<Mark> table = lookup("#marks").queryTableView();
        assertThat(table.getItems()).hasSize(2);
        clickOn("#mark-edit");
        write("warming up");
        key(KeyCode.ENTER);
        assertThat(marks().getFirst().text()).isEqualTo("warming up");
        key(KeyCode.CONTROL, KeyCode.M);
        clickOn("#mark-remove");
        WaitForAsyncUtils.waitForFxEvents();
        key(KeyCode.ESCAPE);
        assertThat(marks()).singleElement().extracting(Mark::text).isEqualTo("here it stalls");
    }

    @Test
    void marksGoIntoTheFileAndWhereThatCannotBeTheWindowSaysSo() throws Exception {
        open();
        Mark mark = new Mark(START + 600 * MS, START + 600 * MS, "here");
        interact(() -> model().marks().put(mark.time(), mark.end(), "here"));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> List.of(mark).equals(desk.kept.get(FILE)));
        desk.readOnly = true;
        interact(() -> model().marks().put(START, START, "lost?"));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> lookup("Marks are not in the recording yet").tryQuery().isPresent());
        desk.readOnly = false;
        key(KeyCode.CONTROL, KeyCode.S);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> desk.kept.containsKey(FakeDesk.SAVED));
        assertThat(desk.kept.get(FakeDesk.SAVED)).hasSize(2);
    }

    @Test
    void marksOfARecordingThatGrowsGoIntoIt() throws Exception {
        MemoryRecording growing = new MemoryRecording(1_000).live(true).ticks(500);
        growing.thread("MainThread");
        interact(() -> window.attach(4242));
        FakeDesk.FakeLive live = desk.live;
        assertThat(live).isNotNull();
        live.recording = growing;
        live.status = new LiveSession.Status(LiveSession.State.RECORDING, null);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> window.page() != null);
        interact(() -> model().marks().put(START, START, "began"));
        assertThat(live.marks).containsExactly(new Mark(START, START, "began"));
        assertThat(desk.kept).isEmpty();
        growing.live(false);
        live.status = new LiveSession.Status(LiveSession.State.ENDED, null);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> desk.kept.containsKey(live.file()));
    }

    // ---- settings

    @Test
    void theThemeAndTheColoursAreChosenByKeysAndStay() throws Exception {
        open();
        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
        assertThat(Theme.current().get()).isEqualTo(Theme.DARK);
        key(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
        assertThat(Theme.current().get()).isEqualTo(Theme.DARK_SAFE);
        assertThat(desk.settings().get().theme()).isEqualTo("dark");
        assertThat(desk.settings().get().colours()).isEqualTo("safe");
        key(KeyCode.CONTROL, KeyCode.COMMA);
        clickOn("Light");
        clickOn("Standard");
        assertThat(Theme.current().get()).isEqualTo(Theme.LIGHT);
    }

    // ---- what takes long

    @Test
    void whatTakesLongIsShownAndCanBeStopped() throws Exception {
        desk.slow = true;
        interact(() -> window.open(FILE));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> lookup("#waiting-bar").tryQuery().isPresent());
        ProgressBar bar = lookup("#waiting-bar").queryAs(ProgressBar.class);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> bar.getProgress() == 0.25);
        key(KeyCode.ESCAPE);
        assertThat(lookup("#waiting-bar").tryQuery()).isEmpty();
        assertThat(lookup("#welcome-open").tryQuery()).as("where one came from").isPresent();
        desk.slow = false;
        open();
    }

    // ---- helpers

    /** A second: the worker waits for a lock from 500 ms on, and there is a pause at 900. */
    private void open() throws Exception {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int run = recording.stack(-1, "Worker.run", "/srv/app/worker.py", 41);
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        recording.run(main, 0, 800, ThreadState.RUNNING, 0, run).run(main, 800, 200, ThreadState.IO, 0, run);
        recording.run(worker, 0, 500, ThreadState.SIGNAL, 1, run).run(worker, 500, 500, ThreadState.LOCK, 1, run);
        recording.wait(worker, START + 500 * MS, START + 1_000 * MS, lock, run);
        recording.pause(START + 900 * MS, START + 910 * MS, 0, main, run);
        open(recording);
    }

    private void key(KeyCode... codes) {
        press(codes);
        for (int i = codes.length - 1; i >= 0; i--) {
            release(codes[i]);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private TimeRange visible() {
        return model().viewport().get().range();
    }

    private Instant pinned() {
        Instant pinned = model().pinned().get();
        assertThat(pinned).isNotNull();
        return pinned;
    }

    private List<Mark> marks() {
        return model().marks().all().get();
    }
}

package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.analysis.Measure;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.view.compare.FlameDifferenceView;
import io.threadlens.view.compare.SideNames;
import io.threadlens.view.theme.DifferenceColours;
import io.threadlens.view.theme.Theme;
import java.util.Arrays;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The differential flame graph of two programs whose times are known, with real pixels, mouse and keys. */
class FlameDifferenceTest extends OnScreen {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    /** Pixels: a row of the flame graph, and where in it the line along its foot is. */
    private static final int ROW = 21;

    private static final int FOOT = 17;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private Stage stage;
    private FlameDifferenceView view;

    @Override
    public void start(Stage shown) {
        Theme.LIGHT.use();
        stage = shown;
        shown.setX(0);
        shown.setY(0);
        shown.setWidth(1_000);
        shown.setHeight(500);
    }

    @Override
    public void stop() throws Exception {
        FxToolkit.hideStage();
        assertThat(failures).isEmpty();
    }

    /** 2 s: parse 500 ms on a core, wait 1000 ms for the GIL, gone 500 ms. */
    private static MemoryRecording before() {
        return program("/old/app.py", 0, 1_000, ThreadState.GIL, "gone", 500);
    }

    /** 1 s: parse 500 ms on a core, wait 250 ms for a lock, and new 250 ms. */
    private static MemoryRecording after() {
        return program("/new/app.py", 1, 250, ThreadState.LOCK, "new", 250);
    }

    /** 1 kHz, with all first lines further down. */
    private static MemoryRecording program(String file, int further, int waits, ThreadState state, String own, int ownTicks) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(500 + waits + ownTicks);
        int thread = recording.thread("MainThread");
        int main = recording.stack(-1, "main", file, 1 + further);
        recording.run(thread, 0, 500, ThreadState.RUNNING, 0, recording.stack(main, "parse", file, 10 + further));
        recording.run(thread, 500, waits, state, 0, recording.stack(main, "wait", file, 20 + further));
        return recording.run(thread, 500 + waits, ownTicks, ThreadState.RUNNING, 0, recording.stack(main, own, file, 30 + further));
    }

    private void open(MemoryRecording a, MemoryRecording b) throws Exception {
        interact(() -> {
            view = new FlameDifferenceView(new SideNames("GIL build", "free-threaded"), a, b, 1, failures::add);
            Scene scene = new Scene(view);
            Theme.dress(scene);
            stage.setScene(scene);
            stage.show();
        });
        settle();
    }

    private void settle() throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> view.isSettled()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void theColourIsThatOfTheDifferenceAndTheSignIsSeenWithoutIt() throws Exception {
        open(before(), after());
        assertThat(text("#flame-difference-summary")).isEqualTo("Whole recordings, all threads   ·   GIL build 2.00 s wall time, free-threaded 1.00 s: −1.00 s, 0.50×");
        assertThat(text("#flame-difference-meaning")).startsWith("By time: seconds, free-threaded against GIL build.");
        assertThat(count(0.3, 1, less())).as("main, dashed").isBetween(2, 6);
        assertThat(foot(0.2, 2)).as("parse, 500 ms in both").doesNotContain(more(), less());
        assertThat(count(0.55, 2, less())).as("wait, a quarter").isBetween(2, 6);
        assertThat(count(0.85, 2, more())).as("new").isEqualTo(8);
    }

    @Test
    void byShareIsAnotherComparisonAndIsSaidSo() throws Exception {
        open(before(), after());
        clickOn("#compared-by-share");
        settle();
        assertThat(text("#flame-difference-meaning")).startsWith("By share: shares of the whole, free-threaded against GIL build.");
        assertThat(foot(0.3, 1)).as("main is everything in both").doesNotContain(more(), less());
        assertThat(count(0.2, 2, more())).as("parse, a half after a quarter").isEqualTo(8);
        clickOn("#compared-by-time");
        settle();
        assertThat(foot(0.2, 2)).doesNotContain(more(), less());
    }

    @Test
    void whatIsGoneIsCountedAndReached() throws Exception {
        open(before(), after());
        assertThat(text("#flame-difference-gone")).isEqualTo("Only in GIL build: 1 call, 500 ms (show)");
        clickOn("#flame-difference-gone");
        settle();
        assertThat(text("#flame-difference-gone")).isEqualTo("Only in free-threaded: 1 call, 250 ms (show)");
        assertThat(count(0.2, 2, less())).as("wait has half of a").isBetween(2, 6);
        clickOn(at(0.1, 0));
        press(KeyCode.DOWN).release(KeyCode.DOWN).press(KeyCode.DOWN).release(KeyCode.DOWN);
        assertThat(accessible("#flame-difference")).startsWith("wait, app.py:21, GIL build 1.00 s 50 %, free-threaded 250 ms 25 %, ▼ −750 ms, 0.25×");
        moveTo(at(0.9, 2));
        await(() -> listWindows().stream().anyMatch(shown -> shown instanceof Tooltip tip
                && List.of("gone, app.py:30, GIL build 500 ms 25 %, free-threaded 0 ns 0 %, ▼ −500 ms, gone", "parse, app.py:11, GIL build 500 ms 25 %, free-threaded 500 ms 50 %, no difference")
                        .contains(tip.getText())));
        clickOn("#widths-of-b");
        settle();
        assertThat(text("#flame-difference-gone")).startsWith("Only in GIL build");
    }

    @Test
    void aClickMakesABoxTheWidestAndKeysLeadBack() throws Exception {
        open(before(), after());
        clickOn(at(0.2, 2));
        settle();
        assertThat(way("#flame-difference-way")).containsExactly("everything", " › ", "main", " › ", "parse");
        assertThat(accessible("#flame-difference")).startsWith("parse, app.py:11, GIL build 500 ms 25 %, free-threaded 500 ms 50 %");
        assertThat(onFx(() -> lookup("#flame-difference-gone").query().isVisible())).as("nothing of parse is gone").isFalse();
        press(KeyCode.BACK_SPACE).release(KeyCode.BACK_SPACE);
        settle();
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(way("#flame-difference-way")).containsExactly("everything");
        press(KeyCode.DOWN).release(KeyCode.DOWN).press(KeyCode.ENTER).release(KeyCode.ENTER);
        settle();
        assertThat(way("#flame-difference-way")).containsExactly("everything", " › ", "main");
        clickOn("everything");
        settle();
        assertThat(way("#flame-difference-way")).hasSize(1);
    }

    @Test
    void theMeasureChangesWhatIsCompared() throws Exception {
        open(before(), after());
        clickOn("#measure-core");
        settle();
        assertThat(text("#flame-difference-summary")).endsWith("   ·   GIL build 1.00 s time on a core, free-threaded 750 ms: −250 ms, 0.75×");
        clickOn("#measure-states").clickOn("#measure-gil");
        settle();
        assertThat(text("#flame-difference-empty")).isEqualTo("free-threaded has no time in gil here; GIL build has 1.00 s.");
        assertThat(text("#flame-difference-gone")).isEqualTo("Only in GIL build: 2 calls, 1.00 s (show)");
        clickOn("#flame-difference-gone");
        settle();
        assertThat(onFx(() -> lookup("#flame-difference-empty").query().isVisible())).isFalse();
        assertThat(count(0.5, 2, less())).isBetween(2, 6);
        clickOn("#measure-wall").clickOn("#measure-states").clickOn("#measure-io");
        settle();
        assertThat(text("#flame-difference-empty")).isEqualTo("Neither side has any time in io here.");
    }

    @Test
    void theSearchMarksWhatMatchesAndSaysTheSharesOfBoth() throws Exception {
        open(before(), after());
        clickOn("#flame-difference-search").write("wait");
        awaitText("#flame-difference-matches", "50 % → 25 %");
        settle();
        assertThat(foot(0.85, 2)).as("new does not match, and steps back").doesNotContain(more());
        assertThat(count(0.55, 2, less())).isBetween(2, 6);
        write("nowhere");
        awaitText("#flame-difference-matches", "no time in what matches");
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(count(0.85, 2, more())).isEqualTo(8);
    }

    @Test
    void itFollowsTheRanges() throws Exception {
        open(before(), after());
        interact(() -> view.setRanges(new TimeRange(START, START + 500 * MS), new TimeRange(START, START + 500 * MS)));
        settle();
        assertThat(text("#flame-difference-summary")).isEqualTo("selected 500 ms of GIL build, selected 500 ms of free-threaded, all threads   ·   GIL build 500 ms wall time, free-threaded 500 ms: no difference");
        interact(() -> view.setRanges(null, new TimeRange(START + 750 * MS, START + 1_000 * MS)));
        settle();
        assertThat(text("#flame-difference-summary")).isEqualTo("all of GIL build, selected 250 ms of free-threaded, all threads   ·   GIL build 2.00 s wall time, free-threaded 250 ms: −1.75 s, 0.13×");
    }

    @Test
    void theSameTwiceHasNoColour() throws Exception {
        open(before(), before());
        for (int row = 0; row < 3; row++) {
            for (double share : new double[] {0.1, 0.6, 0.9}) {
                assertThat(foot(share, row)).doesNotContain(more(), less());
            }
        }
        assertThat(onFx(() -> lookup("#flame-difference-gone").query().isVisible())).isFalse();
    }

    @Test
    void recordingsWithNothingInThemAreSaidSo() throws Exception {
        MemoryRecording nothing = new MemoryRecording(1_000);
        open(nothing, nothing);
        assertThat(text("#flame-difference-empty")).isEqualTo("Neither side has any " + Measure.WALL.name() + " here.");
    }

    private static Color more() {
        return DifferenceColours.of(Theme.LIGHT.palette(), true);
    }

    private static Color less() {
        return DifferenceColours.of(Theme.LIGHT.palette(), false);
    }

    private Color[] foot(double share, int row) throws Exception {
        return colours("#flame-difference", share, row * ROW + FOOT);
    }

    /** How many of eight pixels along the foot of a box have a colour. */
    private int count(double share, int row, Color colour) throws Exception {
        return (int) Arrays.stream(foot(share, row)).filter(colour::equals).count();
    }

    private Point2D at(double share, int row) {
        Region graph = lookup("#flame-difference").query();
        return graph.localToScreen(share * graph.getWidth(), row * ROW + 8);
    }
}

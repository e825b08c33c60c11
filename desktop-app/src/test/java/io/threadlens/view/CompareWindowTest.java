package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Saved;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.compare.ComparePage;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.TimelineModel.Instant;
import io.threadlens.view.shell.ComparisonWindow;
import io.threadlens.view.shell.MainWindow;
import io.threadlens.view.theme.Theme;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Two recordings compared, as a person does it: a is 1 s long, b 600 ms; what takes 500 ms in a takes 100 ms in b. */
class CompareWindowTest extends OnScreen {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private static final Path A = Path.of("/data/gil.threadlens");
    private static final Path B = Path.of("/data/free.threadlens");

    @TempDir
    Path folder;

    private final FakeDesk desk = new FakeDesk();
    private Stage stage;
    private ComparisonWindow window;

    @Override
    public void start(Stage shown) throws IOException {
        stage = shown;
        Theme.LIGHT.use();
        desk.files.put(A, saved("a", 300, 500, 200));
        desk.files.put(B, saved("b", 300, 100, 200));
        window = (ComparisonWindow) DesktopApp.open(shown, desk, new DesktopApp.Begin.Compare(A, B));
        shown.setX(0);
        shown.setY(0);
        shown.setWidth(1100);
        shown.setHeight(860);
    }

    @Override
    public void stop() throws Exception {
        interact(() -> List.copyOf(Window.getWindows()).stream().filter(other -> other != stage).forEach(Window::hide));
        FxToolkit.hideStage();
    }

    @Test
    void bothAreShownWithWhatTheyAreAndTheirColumnsAtTheSamePlace() throws Exception {
        settle();
        assertThat(stage.getTitle()).isEqualTo("A: gil   B: free – Threadlens");
        assertThat(text("#speed-up")).isEqualTo("1.67×");
        assertThat(text("#thread-count")).isEqualTo("2 and 2 threads");
        Bounds above = onFx(() -> lanes("#side-a").localToScene(lanes("#side-a").getBoundsInLocal()));
        Bounds below = onFx(() -> lanes("#side-b").localToScene(lanes("#side-b").getBoundsInLocal()));
        assertThat(above.getMinX()).isEqualTo(below.getMinX());
        assertThat(above.getWidth()).isEqualTo(below.getWidth());
        assertThat(above.getMaxY()).isLessThan(below.getMinY());
        assertThat(text("#states-summary")).startsWith("Whole recordings, 1.00 s of A and 600 ms of B");
        assertThat(lookup("#save").query().isVisible()).as("there is nothing to save").isFalse();
    }

    @Test
    void byTimeBothShowTheSameTimeSinceTheirBeginning() throws Exception {
        settle();
        assertThat(visible(b())).as("b ends earlier").isEqualTo(range(0, 1_000));
        interact(() -> a().zoom(0, 0.5));
        assertThat(visible(b())).isEqualTo(visible(a())).isEqualTo(range(0, 500));
        interact(() -> b().pan(100));
        assertThat(visible(a())).isEqualTo(visible(b())).isNotEqualTo(range(0, 500));
        interact(() -> a().end());
        assertThat(visible(b())).as("beyond the end of b").isEqualTo(range(500, 1_000));
        interact(() -> b().fitAll());
        assertThat(visible(a())).isEqualTo(visible(b())).isEqualTo(range(0, 1_000));
    }

    @Test
    void byTimeARangeIsSelectedInBothAndIsEmptyWhereThereIsNothing() throws Exception {
        settle();
        drag(at("#side-a", a(), 400), MouseButton.PRIMARY).dropTo(at("#side-a", a(), 800));
        settle();
        assertThat(selected(a()).startNs()).isCloseTo(START + 400 * MS, within(3 * MS));
        assertThat(selected(b())).isEqualTo(new TimeRange(selected(a()).startNs(), START + 600 * MS));
        assertThat(text("#states-summary")).startsWith("Selected range, ");
        interact(() -> a().select(range(700, 900)));
        assertThat(selected(b())).as("not everything").isEqualTo(range(600, 600));
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(a().selection().get()).isNull();
        assertThat(b().selection().get()).isNull();
        interact(() -> b().select(range(100, 200)));
        assertThat(selected(a())).isEqualTo(range(100, 200));
    }

    @Test
    void byPhaseBothShowTheSamePartOfTheProgram() throws Exception {
        settle();
        clickOn("#align-phase");
        settle();
        assertThat(desk.settings().get().alignment()).as("kept").isEqualTo("phase");
        assertThat(lookup("#align-phase").queryAs(ToggleButton.class).getTooltip().getText()).contains("2 beginnings of phases of the main thread match");
        assertThat(visible(a())).isEqualTo(range(0, 1_000));
        assertThat(visible(b())).isEqualTo(range(0, 600));
        interact(() -> a().show(range(300, 800)));
        assertThat(visible(b())).isEqualTo(range(300, 400));
        interact(() -> b().show(range(350, 500)));
        assertThat(visible(a())).isEqualTo(range(550, 900));
        interact(() -> a().select(range(400, 600)));
        assertThat(selected(b())).isEqualTo(range(320, 360));
        interact(() -> b().hovered().set(new Instant(1, START + 375 * MS)));
        assertThat(a().beside().get()).isEqualTo(START + 675 * MS);
        assertThat(text("#pair-range")).isEqualTo("showing 350 ms of A, 150 ms of B");
        clickOn("#align-time");
        settle();
        assertThat(visible(b())).isEqualTo(visible(a())).isEqualTo(range(550, 900));
        assertThat(selected(b())).isEqualTo(range(400, 600));
        assertThat(desk.settings().get().alignment()).isEqualTo("time");
    }

    @Test
    void aStepIsTakenBackInBoth() throws Exception {
        settle();
        clickOn("#align-phase");
        interact(() -> a().show(range(300, 800)));
        interact(() -> b().show(range(0, 300)));
        focus("#side-a");
        press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        settle();
        assertThat(visible(a())).isEqualTo(range(300, 800));
        assertThat(visible(b())).isEqualTo(range(300, 400));
        press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        settle();
        assertThat(visible(a())).isEqualTo(range(0, 1_000));
        assertThat(visible(b())).isEqualTo(range(0, 600));
        press(KeyCode.CONTROL, KeyCode.Y).release(KeyCode.Y, KeyCode.CONTROL);
        settle();
        assertThat(visible(b())).isEqualTo(range(300, 400));
    }

    @Test
    void aClickPinsTheThreadOfTheSameNameInTheOther() throws Exception {
        settle();
        clickOn(at("#side-b", b(), 350));
        settle();
        Instant pinned = b().pinned().get();
        assertThat(pinned).isNotNull();
        assertThat(a().pinned().get()).isEqualTo(pinned);
        press(KeyCode.DOWN).release(KeyCode.DOWN);
        settle();
        assertThat(a().pinned().get()).isEqualTo(new Instant(1, pinned.ns()));
        interact(() -> a().pin(new Instant(1, START + 900 * MS)));
        assertThat(b().pinned().get()).as("b has ended then").isNull();
    }

    @Test
    void searchAndGroupsAreTheSameInBoth() throws Exception {
        settle();
        interact(() -> {
            a().search().set("work");
            b().arranging().change(order -> order.grouped(Grouping.ROLE));
        });
        settle();
        assertThat(b().lanes().get().threads()).containsExactly(1);
        assertThat(a().arranging().order().get().grouping()).isEqualTo(Grouping.ROLE);
    }

    @Test
    void aWindowOfAnotherSizeShowsTheSame() throws Exception {
        settle();
        clickOn("#align-phase");
        settle();
        interact(() -> stage.setWidth(940));
        settle();
        assertThat(visible(a())).isEqualTo(range(0, 1_000));
        assertThat(visible(b())).isEqualTo(range(0, 600));
        interact(() -> a().show(range(300, 800)));
        interact(() -> stage.setWidth(1_000));
        settle();
        Viewport now = a().viewport().get();
        assertThat(b().viewport().get().width()).isEqualTo(now.width());
        long there = page().links().map().toB(now.endNs());
        assertThat(visible(b()).endNs()).as("the edges still belong together").isCloseTo(there, within(MS));
    }

    @Test
    void whatCannotBeOpenedIsSaidAndOneCanChooseAgain() throws Exception {
        settle();
        desk.slow = false;
        interact(() -> window.compare(A, Path.of("/data/none.threadlens")));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> Window.getWindows().size() == 2 && banner().contains("none.threadlens"));
        assertThat(banner()).contains("The recordings could not be compared").contains("it is not a Threadlens recording");
        assertThat(text("#pair-a")).isEqualTo(A.toString());
        desk.choices.add(B);
        clickOn("#pair-choose-b");
        clickOn("#pair-swap");
        clickOn("#pair-compare");
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> titles().contains("A: free   B: gil – Threadlens")));
    }

    @Test
    void openingIsShownAndCanBeStopped() throws Exception {
        settle();
        desk.slow = true;
        interact(() -> window.compare(B, A));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> lookup("#waiting-bar").tryQuery().isPresent());
        clickOn("#waiting-cancel");
        settle();
        assertThat(lookup("#pair-form").tryQuery()).isPresent();
        assertThat(text("#pair-a")).isEqualTo(B.toString());
    }

    @Test
    void aRecordingIsComparedWithAnother() throws Exception {
        settle();
        MainWindow[] single = new MainWindow[1];
        interact(() -> {
            single[0] = new MainWindow(new Stage(), desk);
            single[0].show();
            single[0].open(A);
        });
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> single[0].isSettled()));
        desk.choices.add(B);
        interact(single[0]::chooseComparison);
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> titles().stream().filter("A: gil   B: free – Threadlens"::equals).count() == 2));
        assertThat(desk.remembered).startsWith(A, B);
    }

    @Test
    void theWelcomePageAsksForTwo() throws Exception {
        settle();
        interact(() -> new MainWindow(stage, desk).show());
        clickOn("#welcome-compare");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#pair-compare").query().isDisabled()).as("nothing is chosen yet").isTrue();
        desk.choices.addAll(List.of(B, A));
        clickOn("#pair-choose-a");
        clickOn("#pair-choose-b");
        clickOn("#pair-compare");
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> titles().contains("A: free   B: gil – Threadlens")));
    }

    @Test
    void damageThatIsFoundLaterIsTold() throws Exception {
        settle();
        desk.mended = damaged(saved("mended", 300, 100, 200), "samples.arrow is not as it was written");
        interact(() -> window.compare(A, B));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> Window.getWindows().size() == 2 && banner().contains("samples.arrow is not as it was written"));
    }

    @Test
    void aWindowThatIsClosedGoesAway() throws Exception {
        settle();
        WeakReference<?>[] held = new WeakReference<?>[3];
        interact(() -> window.compare(B, A));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> titles().contains("A: free   B: gil – Threadlens")));
        interact(() -> {
            Stage other = (Stage) Window.getWindows().getLast();
            ComparePage page = (ComparePage) other.getScene().getRoot().lookup("#compare-page");
            held[0] = new WeakReference<>(page);
            held[1] = new WeakReference<>(page.links().a());
            held[2] = new WeakReference<>(page.links().b());
            other.close();
        });
        for (WeakReference<?> reference : held) {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> {
                System.gc();
                return reference.get() == null;
            });
        }
    }

    private ComparePage page() {
        ComparePage page = window.page();
        assertThat(page).isNotNull();
        return page;
    }

    private TimelineModel a() {
        return page().links().a();
    }

    private TimelineModel b() {
        return page().links().b();
    }

    private void settle() throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> window.isSettled()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static TimeRange visible(TimelineModel model) {
        return model.viewport().get().range();
    }

    private static TimeRange selected(TimelineModel model) {
        TimeRange selected = model.selection().get();
        assertThat(selected).isNotNull();
        return selected;
    }

    private static TimeRange range(int fromMs, int toMs) {
        return new TimeRange(START + fromMs * MS, START + toMs * MS);
    }

    private Node lanes(String side) {
        return lookup(side + " #lanes").query();
    }

    private void focus(String side) {
        interact(() -> lanes(side).getParent().requestFocus());
    }

    /** In the lane of the main thread. */
    private Point2D at(String side, TimelineModel model, int ms) {
        return lanes(side).localToScreen(model.viewport().get().pxOf(START + ms * MS), model.lanes().get().middle(0));
    }

    private static List<String> titles() {
        return Window.getWindows().stream().map(shown -> ((Stage) shown).getTitle()).toList();
    }

    private String banner() throws Exception {
        return onFx(() -> lookup("#banners").lookup((Node node) -> node instanceof Text).queryAll().stream()
                .map(node -> ((Text) node).getText())
                .collect(Collectors.joining("\n")));
    }

    /** The program below, opened to be looked at. */
    private Recording saved(String name, int... lengths) throws IOException {
        return Saved.view(program(lengths), folder.resolve(name + ".threadlens"), 100);
    }

    /** The same recording when it tells of damage. */
    private static Recording damaged(Recording whole, String what) {
        InvocationHandler answers = (proxy, method, arguments) -> switch (method.getName()) {
            case "damage" -> what;
            case "info" -> whole.info().ended(whole.info().end(), false);
            default -> method.invoke(whole, arguments);
        };
        return (Recording) Proxy.newProxyInstance(Recording.class.getClassLoader(), new Class<?>[] {Recording.class}, answers);
    }

    /** A main thread that is in three phases for so many ms, and a worker. */
    private static MemoryRecording program(int... lengths) {
        MemoryRecording recording = new MemoryRecording(1_000);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int module = recording.stack(-1, new Frame("<module>", "/srv/app/app.py", 1, 88));
        int run = recording.stack(-1, "Worker.run", "/srv/app/worker.py", 41);
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            recording.ticks(lengths[i]);
            int phase = recording.stack(module, new Frame("main", "/srv/app/app.py", 50, 60 + 10 * i));
            recording.run(main, at, lengths[i], ThreadState.RUNNING, 0, phase).run(worker, at, lengths[i], ThreadState.LOCK, 1, run);
            at += lengths[i];
        }
        return recording;
    }
}

package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Saved;
import io.threadlens.session.Configuration.Kind;
import io.threadlens.session.Interpreters;
import io.threadlens.session.PairPlan;
import io.threadlens.session.RunOutcome;
import io.threadlens.session.RunSet;
import io.threadlens.view.FakeDesk.FakeSet;
import io.threadlens.view.shell.ComparisonWindow;
import io.threadlens.view.shell.MainWindow;
import io.threadlens.view.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A program that is recorded with the GIL and without from a window, and compared there. */
class RunsWindowTest extends OnScreen {
    private static final RunOutcome WHOLE = new RunOutcome(RunOutcome.Kind.WHOLE, null);
    private static final RunOutcome CRASHED = new RunOutcome(RunOutcome.Kind.FAILED, "exit code 1: ValueError: not without the GIL");

    @TempDir
    Path folder;

    private final FakeDesk desk = new FakeDesk();
    private ComparisonWindow window;
    private Stage stage;
    private Path script;

    @Override
    public void start(Stage shown) {
        stage = shown;
        Theme.LIGHT.use();
        window = new ComparisonWindow(shown, desk);
        window.chooseRuns();
        window.show();
        shown.setWidth(1000);
        shown.setHeight(760);
    }

    @BeforeEach
    void aScript() throws Exception {
        script = Files.createFile(folder.resolve("an app.py"));
        desk.script = script;
    }

    @Override
    public void stop() throws Exception {
        interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        FxToolkit.hideStage();
    }

    // ---- the form

    @Test
    void whatWasFoundIsProposed() throws Exception {
        awaitText("#compare-free-found", "Python 3.14.7: runs with the GIL on, and without it.");
        assertThat(field("#compare-free").getText()).isEqualTo(FakeDesk.FREE_PYTHON);
        assertThat(field("#compare-gil").getText()).isEqualTo(FakeDesk.GIL_PYTHON);
        assertThat(text("#compare-amount")).isEqualTo("9 runs: 3 configurations × 3 rounds");
        clickOn("#compare-threads").write("1,2");
        assertThat(text("#compare-amount")).isEqualTo("18 runs: 3 configurations × 2 thread counts × 3 rounds");
    }

    @Test
    void whatIsMissingIsNamedAndTheRestGoesOn() throws Exception {
        awaitText("#compare-free-found", "Python");
        desk.found = without(Kind.GIL_BUILD, "none was found");
        write("#compare-gil", "");
        press(KeyCode.TAB).release(KeyCode.TAB);
        awaitText("#compare-gil-found", "Left out: none was found. The free-threaded one with the GIL on is compared instead.");
        assertThat(text("#compare-amount")).isEqualTo("6 runs: 2 configurations × 3 rounds");
        FakeSet set = begin();
        assertThat(set.plan.interpreters().configurations()).hasSize(2);
        assertThat(lookup(".left-out").queryLabeled().getText()).isEqualTo("Left out: GIL build: none was found");
    }

    @Test
    void whatCannotBeRunIsSaid() throws Exception {
        awaitText("#compare-free-found", "Python");
        clickOn("#compare-start");
        assertThat(text("#compare-problem")).isEqualTo("Say which program to run.");
        refused("#compare-script", "python3 app.py", "Leave python3 out");
        refused("#compare-script", "/nowhere/app.py", "There is no script /nowhere/app.py.");
        clickOn("#compare-choose");
        assertThat(field("#compare-script").getText()).isEqualTo("\"" + script + "\"");
        refused("#compare-repeats", "none", "Repeats is a number from 1 to 1000.");
        write("#compare-repeats", "2");
        refused("#compare-threads", "two", "Thread counts are different numbers from 1 to 10000, with commas between.");
        write("#compare-threads", "");
        refused("#compare-limit", "soon", "The time limit is a number of seconds.");
        assertThat(desk.set).isNull();
    }

    @Test
    void aPythonThatIsNoneIsSaidBesideItAndNothingIsRun() throws Exception {
        awaitText("#compare-free-found", "Python");
        clickOn("#compare-choose");
        refused("#compare-gil", "/bin/ls", "/bin/ls is not a Python that runs.");
        assertThat(text("#compare-gil-found")).isEqualTo("/bin/ls is not a Python that runs");
        desk.found = without(Kind.FREE_THREADED, "no free-threaded Python was found");
        desk.found = new Interpreters(desk.found.configurations().subList(0, 1), desk.found.missing(), null);
        refused("#compare-gil", FakeDesk.GIL_PYTHON, "There is nothing to compare: no free-threaded Python was found.");
        assertThat(desk.set).isNull();
    }

    @Test
    void thePlanIsWhatWasWritten() throws Exception {
        clickOn("#compare-arguments").write("--name \"two words\" {threads}");
        clickOn("#compare-threads").write("1 4");
        clickOn("#compare-limit").write("2.5");
        PairPlan plan = begin().plan;
        assertThat(plan.script().words()).containsExactly(script.toString(), "--name", "two words", "{threads}");
        assertThat(plan.threads()).containsExactly(1, 4);
        assertThat(plan.repeats()).isEqualTo(3);
        assertThat(plan.seconds()).isEqualTo(2.5);
        assertThat(plan.interpreters()).isEqualTo(desk.found);
    }

    // ---- the runs

    @Test
    void runsAreShownAndThenCompared() throws Exception {
        FakeSet set = begin();
        assertThat(text("#runs-folder")).isEqualTo("Recorded into " + FakeSet.FOLDER);
        set.goesOn(1.5);
        awaitText("#runs-now", "1 of 9: GIL build, round 1");
        assertThat(text("#runs-times")).endsWith("so far");
        set.ends(3, WHOLE);
        set.ends(2, CRASHED);
        set.goesOn(0.5);
        awaitText("#runs-now", "3 of 9: free-threaded, round 1");
        assertThat(text("#runs-times")).contains("so far, about").endsWith("to go");
        assertThat(rows()).contains("GIL build, round 1|3.0 s", "free-threaded, GIL on, round 1|2.0 s, exit code 1: ValueError: not without the GIL",
                "free-threaded, round 1|0.5 s");
        while (set.plan.steps().size() > set.count()) {
            set.ends(1, WHOLE);
        }
        finish(set);
        assertThat(stage.getTitle()).isEqualTo("A: GIL_BUILD/1   B: FREE_THREADED/1 – Threadlens");
        assertThat(awaitedBanner()).contains("8 of 9 runs ended well", "free-threaded, GIL on, round 1: exit code 1: ValueError: not without the GIL",
                "(what it wrote is in /data/app-compare/1.log)");
        assertThat(desk.remembered).containsExactly(FakeSet.FOLDER);
        assertThat(window.page()).satisfies(page -> {
            assertThat(page.pair().comparison().a().runs()).as("all of them are compared").hasSize(3);
            assertThat(page.pair().comparison().b().runs()).hasSize(3);
            assertThat(page.pair().comparison().gilOn().runs()).as("but what failed").hasSize(2);
            assertThat(page.tabs().getTabs()).extracting(Tab::getText).doesNotContain("Scaling");
            assertThat(lookup("#card-b .side-name").queryLabeled().getText()).isEqualTo("FREE_THREADED");
        });
    }

    /** With four threads the program takes a quarter of the time. */
    @Test
    void ofSeveralThreadCountsTheBestIsInFrontAndAllAreInACurve() throws Exception {
        clickOn("#compare-threads").write("1,4,2");
        write("#compare-repeats", "1");
        FakeSet set = begin();
        set.plan.steps().forEach(step -> set.ends(1, WHOLE));
        finish(set);
        assertThat(stage.getTitle()).isEqualTo("A: GIL_BUILD-4/1   B: FREE_THREADED-4/1 – Threadlens");
        assertThat(awaitedBanner()).contains("9 recordings are in /data/app-compare. The timelines show the first runs with 4 threads.");
        assertThat(window.page()).satisfies(page -> {
            assertThat(page.pair().sweep().counts()).hasSize(3);
            assertThat(page.tabs().getTabs().getLast().getText()).isEqualTo("Scaling");
        });
    }

    @Test
    void whatWasRecordedBeforeItWasStoppedIsCompared() throws Exception {
        FakeSet set = begin();
        set.ends(1, WHOLE);
        set.ends(1, WHOLE);
        set.ends(1, WHOLE);
        set.goesOn(0.5);
        awaitText("#runs-now", "4 of 9");
        clickOn("#runs-cancel");
        assertThat(set.stopped).isTrue();
        assertThat(text("#runs-kept")).isEqualTo("Waiting for the program to end …");
        set.ends(1, new RunOutcome(RunOutcome.Kind.STOPPED, "stopped before its end"));
        finish(set);
        assertThat(awaitedBanner()).contains("3 of 9 runs ended well; their recordings are in /data/app-compare.");
    }

    @Test
    void aSideOfWhichAllFailedIsToldAndNothingIsCompared() throws Exception {
        FakeSet set = begin();
        for (PairPlan.Step step : set.plan.steps()) {
            set.ends(1, step.configuration().kind() == Kind.FREE_THREADED ? CRASHED : WHOLE);
        }
        set.over();
        awaitText("#runs-now", "Nothing to compare");
        assertThat(awaitedBanner()).contains("free-threaded: all 3 runs failed, exit code 1: ValueError: not without the GIL (what it wrote is in /data/app-compare/7.log)");
        assertThat(window.page()).isNull();
        clickOn("#runs-cancel");
        assertThat(field("#compare-script").getText()).as("what was written is there still").contains("an app.py");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        FakeSet set = begin();
        set.breaksOff("cannot make the folder /data/app-compare");
        await(() -> banner().contains("cannot make the folder"));
        assertThat(lookup("#compare-form").tryQuery()).isPresent();
    }

    @Test
    void closingTheWindowStopsTheProgram() throws Exception {
        FakeSet set = begin();
        set.goesOn(1);
        interact(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertThat(stage.isShowing()).isTrue();
        assertThat(set.stopped).isFalse();
        clickOn("#banner-yes");
        assertThat(set.stopped).isTrue();
        assertThat(stage.isShowing()).as("until the program has ended").isTrue();
        set.over();
        await(() -> !stage.isShowing());
    }

    @Test
    void aWindowThatGoesAwayStopsTheProgramAsWell() throws Exception {
        FakeSet set = begin();
        interact(stage::hide);
        assertThat(set.stopped).isTrue();
    }

    // ---- from where one gets there

    @Test
    void theWelcomePageTheBarAndAKeyLeadThere() throws Exception {
        clickOn("#compare-recordings");
        assertThat(lookup("#pair-form").tryQuery()).isPresent();
        clickOn("#pair-runs");
        assertThat(lookup("#compare-form").tryQuery()).isPresent();
        clickOn("#compare");
        assertThat(lookup("#pair-form").tryQuery()).isPresent();
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R).release(KeyCode.R, KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(lookup("#compare-form").tryQuery()).isPresent();
        interact(() -> {
            stage.hide();
            new MainWindow(new Stage(), desk).show();
        });
        clickOn("#welcome-runs");
        assertThat(lookup("#compare-form").tryQuery()).isPresent();
    }

    @Test
    void aSetIsOpenedAgain() throws Exception {
        Path kept = Files.createDirectory(folder.resolve("app-compare"));
        Files.createFile(kept.resolve("compare.json"));
        FakeSet set = begin();
        set.plan.steps().forEach(step -> set.ends(1, WHOLE));
        desk.sets.put(kept, finish(set));
        interact(() -> {
            stage.hide();
            MainWindow other = new MainWindow(new Stage(), desk);
            other.show();
            other.open(kept);
        });
        await(() -> Window.getWindows().stream().anyMatch(shown -> ((Stage) shown).getTitle().startsWith("A: GIL_BUILD/1")));
    }

    /** Starts the script that a person has chosen. */
    private FakeSet begin() throws Exception {
        clickOn("#compare-choose");
        clickOn("#compare-start");
        await(() -> desk.set != null);
        WaitForAsyncUtils.waitForFxEvents();
        FakeSet begun = desk.set;
        assertThat(begun).isNotNull();
        return begun;
    }

    /** Ends a set whose recordings can be opened, and waits for their comparison. */
    private RunSet finish(FakeSet set) throws Exception {
        for (PairPlan.Step step : set.plan.steps()) {
            MemoryRecording recording = recording(800 / (step.threads() == null ? 1 : step.threads()));
            desk.files.put(FakeSet.recording(step), Saved.view(recording, folder.resolve(desk.files.size() + ".threadlens"), 100));
        }
        RunSet all = set.over();
        try {
            WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(() -> window.page() != null && window.isSettled()));
        } catch (TimeoutException e) {
            assertThat(banner()).as("what the window says, which shows no comparison").isEmpty();
        }
        return all;
    }

    private void refused(String query, String written, String why) throws Exception {
        write(query, written);
        clickOn("#compare-start");
        awaitText("#compare-problem", why);
        await(() -> !lookup("#compare-start").query().isDisabled());
    }

    private void write(String query, String written) {
        interact(field(query)::clear);
        clickOn(query).write(written);
    }

    private Interpreters without(Kind kind, String why) {
        return new Interpreters(
                desk.found.configurations().stream().filter(configuration -> configuration.kind() != kind).toList(),
                List.of(new Interpreters.Missing(kind, why)),
                null);
    }

    private TextField field(String query) {
        return lookup(query).queryAs(TextField.class);
    }

    /** What the list of runs says, a line each: the run, and how it is. */
    private List<String> rows() throws Exception {
        return onFx(() -> lookup("#runs .list-cell").queryAll().stream()
                .map(cell -> cell.lookupAll(".label").stream().map(label -> ((Label) label).getText()).collect(Collectors.joining("|")))
                .toList());
    }

    private String awaitedBanner() throws Exception {
        await(() -> !banner().isEmpty());
        return banner();
    }

    private String banner() throws Exception {
        return onFx(() -> lookup("#banners").lookup((Node node) -> node instanceof Text).queryAll().stream()
                .map(node -> ((Text) node).getText())
                .collect(Collectors.joining("\n")));
    }

    private static MemoryRecording recording(int ms) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(ms);
        recording.run(recording.thread("MainThread"), 0, ms, ThreadState.RUNNING, 0, -1);
        return recording;
    }
}

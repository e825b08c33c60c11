package io.threadlens.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.Measure;
import io.threadlens.model.Frame;
import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import io.threadlens.view.theme.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flame graph, the call tree and the source of a program whose times are known, with real pixels, mouse and keys. */
class CodeViewsTest extends InAppWindow {
    /** Pixels: a row of the flame graph, and where in it its foot is, above the frame of the box that the keys are at. */
    private static final int ROW = 21;

    private static final int FOOT = 17;

    @TempDir
    Path folder;

    CodeViewsTest() {
        super(1000, 760);
    }

    // ---- the flame graph

    @Test
    void aBoxIsDividedAsItsTimeIs() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        awaitText("#flame-summary", "Whole recording, 1.00 s   ·   2.00 s wall time");
        for (int row = 0; row < 2; row++) {
            assertThat(colour(0.2, row)).as("800 of 2000 ms").isEqualTo(of(ThreadState.RUNNING));
            assertThat(colour(0.45, row)).as("200 of them").isEqualTo(of(ThreadState.IO));
            assertThat(colour(0.6, row)).as("500 of them").isEqualTo(of(ThreadState.SIGNAL));
            assertThat(hasColour(0.9, row, ThreadState.LOCK)).as("striped, 500 of them").isTrue();
        }
        assertThat(hasColour(0.1, 2, ThreadState.LOCK)).as("Store.put, on its caller").isTrue();
        assertThat(colour(0.3, 2)).as("nothing was called there").isEqualTo(Color.WHITE);
    }

    @Test
    void aClickMakesABoxTheWidestAndKeysLeadBack() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        clickOn(flameAt(0.1, 2));
        await(() -> hasColour(0.9, 0, ThreadState.LOCK) && hasColour(0.05, 0, ThreadState.LOCK));
        assertThat(wayOfZoom()).containsExactly("all threads", " › ", "Worker.run", " › ", "Store.put");
        press(KeyCode.BACK_SPACE).release(KeyCode.BACK_SPACE);
        settle();
        assertThat(wayOfZoom()).containsExactly("all threads", " › ", "Worker.run");
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(wayOfZoom()).containsExactly("all threads");
        assertThat(accessible()).startsWith("Everything, 2.00 s, 100 % of the wall time, running 40 %, io 10 %, signal 25 %, lock 25 %");
        press(KeyCode.DOWN).release(KeyCode.DOWN);
        assertThat(accessible()).startsWith("Worker.run, app.py:40, 2.00 s, 100 % of the wall time; itself 1.50 s, 75 %");
        press(KeyCode.DOWN).release(KeyCode.DOWN);
        assertThat(accessible()).startsWith("Store.put, app.py:20, 500 ms, 25 % of the wall time; itself 500 ms, 25 %, lock 100 %");
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        settle();
        assertThat(wayOfZoom()).hasSize(5);
        clickOn("all threads");
        settle();
        assertThat(wayOfZoom()).containsExactly("all threads");
    }

    @Test
    void fromTheLeafTheInnermostCallsAreBesideEachOther() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        clickOn("#flame-from-leaf");
        settle();
        assertThat(colour(0.1, 1)).as("Worker.run itself").isEqualTo(of(ThreadState.RUNNING));
        assertThat(hasColour(0.9, 1, ThreadState.LOCK)).as("Store.put").isTrue();
        assertThat(hasColour(0.9, 2, ThreadState.LOCK)).as("called by Worker.run").isTrue();
        assertThat(colour(0.1, 2)).isEqualTo(Color.WHITE);
    }

    @Test
    void theRootMayBeBelow() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        assertThat(colour(0.2, 0)).isEqualTo(of(ThreadState.RUNNING));
        clickOn("#flame-upwards");
        settle();
        assertThat(colour(0.2, 0)).isEqualTo(Color.WHITE);
        int height = (int) ((Region) lookup("#flame").query()).getHeight();
        assertThat(colourAt(0.2, height - ROW + FOOT)).isEqualTo(of(ThreadState.RUNNING));
        assertThat(colourAt(0.3, height - 3 * ROW + FOOT)).isEqualTo(Color.WHITE);
        clickOn(flame(0.1, height - 3 * ROW + 5));
        settle();
        assertThat(wayOfZoom()).endsWith("Store.put");
    }

    @Test
    void theMeasureChangesWhatIsWide() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        clickOn("#measure-core");
        awaitText("#flame-summary", "Whole recording, 1.00 s   ·   800 ms time on a core");
        settle();
        assertThat(colour(0.9, 1)).isEqualTo(of(ThreadState.RUNNING));
        assertThat(colour(0.1, 2)).as("Store.put has none").isEqualTo(Color.WHITE);
        clickOn("#measure-states").clickOn("#measure-lock");
        awaitText("#flame-summary", "Whole recording, 1.00 s   ·   500 ms time in lock");
        interact(() -> code().measure().set(Measure.of(Set.of(ThreadState.GIL))));
        awaitText("#flame-empty", "No time in gil here");
        assertThat(lookup("#flame-empty").query().isVisible()).isTrue();
    }

    @Test
    void theSearchMarksWhatMatchesAndSaysItsShare() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        clickOn("#flame-search").write("store");
        awaitText("#flame-matches", "25 % of the time, 500 ms");
        settle();
        assertThat(colour(0.2, 1)).as("what does not match is faint").isNotEqualTo(of(ThreadState.RUNNING));
        assertThat(hasColour(0.1, 2, ThreadState.LOCK)).isTrue();
        write("nowhere");
        awaitText("#flame-matches", "no time in what matches");
        press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        settle();
        assertThat(colour(0.2, 1)).isEqualTo(of(ThreadState.RUNNING));
    }

    @Test
    void itFollowsTheRangeTheThreadsAndTheMoments() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        interact(() -> model().select(new TimeRange(START, START + 500 * MS)));
        awaitText("#flame-summary", "Selected range, 500 ms from 0.000 000 s   ·   1.00 s wall time");
        interact(() -> model().chosenThreads().set(Set.of(1)));
        awaitText("#flame-summary", "Selected range, 500 ms from 0.000 000 s   ·   500 ms wall time");
        settle();
        assertThat(wayOfZoom()).containsExactly("worker");
        interact(() -> model().moments().set(new Moments.Builder().add(100, 150).build()));
        awaitText("#flame-summary", "Selected range, 500 ms from 0.000 000 s, of it the chosen moments   ·   50.0 ms wall time");
        interact(() -> model().moments().set(new Moments.Builder().build()));
        awaitText("#flame-empty", "No wall time here");
    }

    @Test
    void theMouseTellsAndAMenuLeadsOn() throws Exception {
        open(Topic.FLAME, known("/srv/app.py"));
        moveTo(flameAt(0.1, 2));
        await(() -> listWindows().stream().anyMatch(shown -> shown instanceof Tooltip tip && tip.getText().startsWith("Store.put, app.py:20, 500 ms, 25 %")));
        rightClickOn(flameAt(0.1, 2)).clickOn("Callers of Store.put");
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.CALLS);
        await(() -> rows().equals(List.of("Store.put 500", "Worker.run 500")));
    }

    // ---- the call tree

    @Test
    void theTreeIsReadInEachDirection() throws Exception {
        open(Topic.CALLS, known("/srv/app.py"));
        assertThat(rows()).as("open down to where its own time is more").containsExactly("null 2000", "Worker.run 2000");
        interact(() -> tree().getTreeItem(1).setExpanded(true));
        assertThat(rows()).containsExactly("null 2000", "Worker.run 2000", "Store.put 500");
        clickOn("#calls-bottom-up");
        await(() -> rows().subList(0, 3).equals(List.of("null 2000", "Worker.run 1500", "Store.put 500")));
        interact(() -> tree().getSelectionModel().select(2));
        clickOn("#calls-callers");
        await(() -> rows().equals(List.of("Store.put 500", "Worker.run 500")));
        awaitText("#calls-callers", "Callers of Store.put");
        interact(() -> code().measure().set(Measure.ON_CORE));
        await(() -> tree().getRoot() == null);
    }

    @Test
    void whatIsOpenStaysOpenWhenThePartChanges() throws Exception {
        open(Topic.CALLS, known("/srv/app.py"));
        interact(() -> model().select(new TimeRange(START + 500 * MS, START + 1_000 * MS)));
        await(() -> rows().equals(List.of("null 1000", "Worker.run 1000")));
        interact(() -> tree().getTreeItem(1).setExpanded(true));
        interact(() -> model().select(null));
        await(() -> rows().equals(List.of("null 2000", "Worker.run 2000", "Store.put 500")));
        interact(() -> tree().getTreeItem(1).setExpanded(false));
        interact(() -> tree().getTreeItem(0).setExpanded(false));
        assertThat(rows()).hasSize(1);
        clickOn("#calls-heaviest");
        assertThat(rows()).hasSize(2);
        assertThat(selected()).isEqualTo("Worker.run");
    }

    @Test
    void enterInTheSearchOpensWhatMatches() throws Exception {
        open(Topic.CALLS, known("/srv/app.py"));
        interact(() -> tree().getTreeItem(0).setExpanded(false));
        assertThat(rows()).hasSize(1);
        clickOn("#calls-search").write("put");
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        await(() -> selected().equals("Store.put"));
        assertThat(rows()).hasSize(3);
    }

    // ---- the source

    @Test
    void theSourceHasTheCostOfEachLine() throws Exception {
        Path source = source(60);
        open(Topic.CALLS, known(source.toString()));
        interact(() -> {
            tree().getTreeItem(1).setExpanded(true);
            tree().getSelectionModel().select(2);
            tree().requestFocus();
        });
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.SOURCE);
        awaitText("#source-file", source.toString());
        assertThat(lookup("#source-problem").query().isVisible()).isFalse();
        TableView<?> lines = lookup("#source-lines").queryTableView();
        assertThat(lines.getItems()).hasSize(60);
        assertThat(lines.getSelectionModel().getSelectedIndex()).as("the hottest line of Store.put").isEqualTo(22);
        assertThat(lines.getSelectionModel().getSelectedItem().toString()).contains("number=23, text=line 23, self=500000000, total=500000000");
        ComboBox<?> functions = lookup("#source-functions").queryComboBox();
        assertThat(functions.getItems()).hasSize(2);
        interact(() -> functions.getSelectionModel().select(0));
        await(() -> lines.getSelectionModel().getSelectedIndex() == 40);
        assertThat(lines.getSelectionModel().getSelectedItem().toString()).contains("number=41, text=line 41, self=1500000000, total=1500000000");
    }

    @Test
    void aFileThatIsGoneIsSaidSoAndItsLinesAreListed() throws Exception {
        open(Topic.SOURCE, known("/srv/no/such/app.py"));
        awaitText("#source-problem", "/srv/no/such/app.py is not on this machine");
        assertThat(lookup("#source-problem").query().isVisible()).isTrue();
        TableView<?> lines = lookup("#source-lines").queryTableView();
        assertThat(lines.getItems()).extracting(Object::toString).hasSize(3);
        assertThat(lines.getItems().getFirst().toString()).contains("number=23, text=in Store.put, self=500000000");
    }

    @Test
    void aFileThatChangedOrDoesNotFitIsNotShown() throws Exception {
        Path source = source(60);
        Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
        open(Topic.SOURCE, known(source.toString()));
        awaitText("#source-problem", source + " was changed after the recording began");
        Path other = source(30);
        interact(() -> model().function().set(new Frame("Store.put", other.toString(), 20, 20)));
        awaitText("#source-problem", other + " has 30 lines, and the program ran line 42");
    }

    @Test
    void aFunctionLeadsToItsSource() throws Exception {
        Path source = source(60);
        open(Topic.FUNCTIONS, known(source.toString()));
        TableView<?> functions = lookup("#functions").queryTableView();
        await(() -> functions.getItems().size() == 2);
        doubleClickOn(lookup("#functions .table-row-cell").match((TableRow<?> row) -> String.valueOf(row.getItem()).contains("Store.put")).<Node>query());
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.SOURCE);
        TableView<?> lines = lookup("#source-lines").queryTableView();
        await(() -> lines.getSelectionModel().getSelectedIndex() == 22);
    }

    @Test
    void aCallOfAStackLeadsToItsLine() throws Exception {
        Path source = source(60);
        open(Topic.STACKS, known(source.toString()));
        interact(() -> model().pin(new TimelineModel.Instant(1, START + 600 * MS)));
        ListView<?> calls = lookup("#calls").queryListView();
        await(() -> calls.getItems().size() == 2);
        interact(() -> {
            calls.requestFocus();
            calls.getSelectionModel().select(1);
        });
        press(KeyCode.ENTER).release(KeyCode.ENTER);
        settle();
        assertThat(model().topic().get()).isEqualTo(Topic.SOURCE);
        TableView<?> lines = lookup("#source-lines").queryTableView();
        await(() -> lines.getSelectionModel().getSelectedIndex() == 41);
    }

    // ---- helpers

    /**
     * A second: MainThread is 800 ms on a core and waits 200 ms for a file, in Worker.run at line 41; worker waits 500 ms for work there, and then at line 42 in
     * Store.put at line 23 for a lock.
     */
    private static MemoryRecording known(String file) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int run = recording.stack(-1, new Frame("Worker.run", file, 40, 41));
        int put = recording.stack(recording.stack(-1, new Frame("Worker.run", file, 40, 42)), new Frame("Store.put", file, 20, 23));
        recording.run(main, 0, 800, ThreadState.RUNNING, 0, run).run(main, 800, 200, ThreadState.IO, 0, run);
        recording.run(worker, 0, 500, ThreadState.SIGNAL, 1, run).run(worker, 500, 500, ThreadState.LOCK, 1, put);
        return recording;
    }

    /** A file that is older than the recording. */
    private Path source(int lines) throws IOException {
        Path file = folder.resolve("app.py");
        List<String> text = new ArrayList<>();
        for (int i = 1; i <= lines; i++) {
            text.add("line " + i);
        }
        Files.write(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_600_000_000)));
        return file;
    }

    private void open(Topic topic, MemoryRecording recording) throws Exception {
        open(recording);
        interact(() -> model().topic().set(topic));
        settle();
    }

    private CodeSelection code() {
        return model().code();
    }

    private String accessible() throws Exception {
        return accessible("#flame");
    }

    /** What the way to the widest box says, piece by piece. */
    private List<String> wayOfZoom() throws Exception {
        return way("#flame-way");
    }

    @SuppressWarnings("unchecked")
    private TreeTableView<CallNode> tree() {
        return (TreeTableView<CallNode>) lookup("#call-tree").<TreeTableView<?>>query();
    }

    /** The rows of the call tree: function and ms. */
    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < tree().getExpandedItemCount(); i++) {
            CallNode node = tree().getTreeItem(i).getValue();
            rows.add((node.function() == null ? null : node.function().name()) + " " + code().measure().get().of(node.times()) / MS);
        }
        return rows;
    }

    private String selected() {
        TreeItem<CallNode> item = tree().getSelectionModel().getSelectedItem();
        return item == null || item.getValue().function() == null ? "" : item.getValue().function().name();
    }

    private static Color of(ThreadState state) {
        return Theme.LIGHT.palette().of(state);
    }

    /** A place in the flame graph, on the screen. */
    private Point2D flame(double share, double y) {
        Region flame = lookup("#flame").query();
        return flame.localToScreen(share * flame.getWidth(), y);
    }

    private Point2D flameAt(double share, int row) {
        return flame(share, row * ROW + 8);
    }

    /** The colour at the foot of a row of the flame graph. */
    private Color colour(double share, int row) throws Exception {
        return colourAt(share, row * ROW + FOOT);
    }

    private Color colourAt(double share, int y) throws Exception {
        return colours("#flame", share, y)[0];
    }

    private boolean hasColour(double share, int row, ThreadState state) throws Exception {
        for (Color colour : colours("#flame", share, row * ROW + FOOT)) {
            if (colour.equals(of(state))) {
                return true;
            }
        }
        return false;
    }
}

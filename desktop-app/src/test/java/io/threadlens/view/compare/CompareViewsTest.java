package io.threadlens.view.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.Difference;
import io.threadlens.comparison.LossClass;
import io.threadlens.view.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** What the views of a comparison say, and what keys and clicks do in them. */
class CompareViewsTest extends ApplicationTest {
    @TempDir
    Path folder;

    private final BorderPane root = new BorderPane();

    @Override
    public void start(Stage stage) {
        Theme.LIGHT.use();
        root.getStyleClass().add("detail");
        Scene scene = new Scene(root, 900, 320);
        Theme.dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @Override
    public void stop() throws Exception {
        FxToolkit.hideStage();
    }

    @Test
    void theWaterfallTellsOfTheBarThatKeysAreAt() throws Exception {
        List<LossClass> chosen = new ArrayList<>();
        Comparison comparison = KnownPair.of(folder);
        show(() -> new WaterfallView(comparison, 1, chosen::add));
        assertThat(text("#waterfall-legend")).isEqualTo("ideal 2.00× on 2 cores   ·   reached 1.43×   ·   predicted at most 2.00×, from the recording with the GIL");
        interact(() -> lookup("#waterfall").query().requestFocus());
        assertThat(text("#waterfall-words")).startsWith("A took 2.00 s.");
        type(KeyCode.DOWN);
        assertThat(text("#waterfall-words")).startsWith("ideal: 1.00 s, 2.00×.");
        for (int i = 0; i < 12 && !text("#waterfall-words").startsWith("lock"); i++) {
            type(KeyCode.DOWN);
        }
        assertThat(text("#waterfall-words")).startsWith("lock: +200 ms, lost (B 400 ms of its cores' time, A 0 s). Without it B would be 1.67×.");
        type(KeyCode.ENTER);
        assertThat(chosen).containsExactly(LossClass.LOCK);
        assertThat(lookup("#waterfall").query().getAccessibleText()).startsWith("lock: +200 ms");
    }

    @Test
    void busyCoresAreToldOfByKeys() throws Exception {
        Comparison comparison = KnownPair.of(folder);
        show(() -> new BusyOverlay(comparison, 1));
        interact(() -> lookup("#busy-chart").query().requestFocus());
        assertThat(text("#busy-words")).startsWith("0 busy cores: A 0 % of the time");
        type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.RIGHT);
        assertThat(text("#busy-words")).as("there are no more").isEqualTo("2 busy cores: A 0 % of the time, 0 s;  B 43 %, 600 ms.");
        type(KeyCode.LEFT);
        assertThat(text("#busy-words")).startsWith("1 busy core: A 100 %");
    }

    @Test
    void theHeadlineSaysWhatTheSidesAreAndHowFastBWas() throws Exception {
        Comparison comparison = KnownPair.of(folder);
        show(() -> new HeadlineView(comparison));
        assertThat(text("#speed-up")).isEqualTo("1.43×");
        assertThat(text("#speed-up-certainty")).isEqualTo("measured once");
        assertThat(texts("#card-a")).contains("app-gil", "free-threaded, GIL on").anyMatch(text -> text.startsWith("2.00 s wall")).anyMatch(text -> text.contains("2 threads   ·   1 run"));
        assertThat(texts("#card-b")).contains("app-ft", "free-threaded").anyMatch(text -> text.endsWith("1.43 of 2 cores busy"));
    }

    @Test
    void theGreatestChangeComesFirstWhateverItsSign() throws Exception {
        ChangeTable table = table();
        assertThat(names(table)).containsExactly("gone", "grown", "noise");
        interact(() -> table.getSortOrder().setAll(List.of(column(table, "B"))));
        assertThat(names(table)).containsExactly("grown", "noise", "gone");
    }

    @Test
    void theFilterLeavesWhatMatchesAndSaysHowMuch() throws Exception {
        ChangeTable table = table();
        assertThat(text("#changes-summary")).isEqualTo("3 rows, 2 real differences   ·   seconds of the test");
        interact(() -> lookup("#changes-filter").queryAs(TextField.class).setText("GRO"));
        assertThat(names(table)).containsExactly("grown");
        assertThat(text("#changes-summary")).startsWith("1 of 3 rows");
        interact(() -> lookup("#changes-filter").queryAs(TextField.class).requestFocus());
        type(KeyCode.ESCAPE);
        assertThat(names(table)).as("the order is as it was").containsExactly("gone", "grown", "noise");
    }

    @Test
    void rowsAreCopiedAsText() throws Exception {
        ChangeTable table = table();
        interact(() -> {
            table.requestFocus();
            table.getSelectionModel().selectRange(0, 2);
        });
        press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        String copied = onFx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied.lines()).containsExactly(
                "Function\tWhere\tA, s\tB, s\tB − A, s\tB ÷ A\treal",
                "gone\tapp.py:1\t2.000000\t0.000000\t-2.000000\t0.000000\treal",
                "grown\tapp.py:9\t1.000000\t2.000000\t1.000000\t2.000000\treal");
    }

    @Test
    void threadsThatDoTheSameOpenIntoPairs() throws Exception {
        List<ChangesView.Rows> rows = ChangeRows.threads(KnownPair.of(folder));
        Change workers = rows.getFirst().changes().getFirst();
        assertThat(workers.name()).isEqualTo("worker-… (2)");
        assertThat(workers.parts()).extracting(Change::name).containsExactly("worker-0", "worker-1");
        assertThat(workers.parts()).allSatisfy(part -> assertThat(part.seconds().b()).isEqualTo(1.0));
        assertThat(rows.getLast().changes().getFirst().changeText()).as("they queued for 2 s, and wait for 400 ms").isEqualTo("▼ −1.60 s");
    }

    private ChangeTable table() throws Exception {
        List<Change> changes = List.of(
                new Change("noise", "app.py:5", new Difference(1, 1.2, -0.2, 0.6, false)),
                new Change("grown", "app.py:9", new Difference(1, 2, 0.8, 1.2, true)),
                new Change("gone", "app.py:1", new Difference(2, 0, -2.2, -1.8, true)));
        ChangeTable table = onFx(() -> new ChangeTable("changes", "Function", "Where", "Nothing."));
        show(() -> new ChangesView(table, List.of(new ChangesView.Rows("One", "seconds of the test", changes))));
        return table;
    }

    private void show(Callable<Node> view) throws Exception {
        Node made = onFx(view);
        interact(() -> root.setCenter(made));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static <T> T onFx(Callable<T> question) throws Exception {
        return WaitForAsyncUtils.asyncFx(question).get(10, TimeUnit.SECONDS);
    }

    private static List<String> names(ChangeTable table) throws Exception {
        return onFx(() -> table.getRoot().getChildren().stream().map(TreeItem::getValue).map(Change::name).toList());
    }

    private static TreeTableColumn<Change, ?> column(ChangeTable table, String title) {
        return table.getColumns().stream().filter(column -> column.getText().equals(title)).findFirst().orElseThrow();
    }

    private String text(String query) {
        WaitForAsyncUtils.waitForFxEvents();
        return lookup(query).queryLabeled().getText();
    }

    private List<String> texts(String card) {
        return from(lookup(card).<Node>query()).lookup((Node node) -> node instanceof Labeled).queryAll().stream().map(node -> ((Labeled) node).getText()).toList();
    }
}

package io.threadlens.view.detail;

import io.threadlens.analysis.Report;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;

/** Every function with its time. */
final class FunctionsTab extends ScopeTab<List<Report.FunctionPart>> {
    private final TableView<Report.FunctionPart> table = new TableView<>();
    private final Label summary = new Label();
    private final InvalidationListener themeListener = o -> table.refresh();

    FunctionsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Functions", "functions", model, Scope::selected, scope -> model.code().count(scope.data(), scope.part()).functions(), onFailure);
        table.setId("functions");
        summary.setId("functions-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        BorderPane content = new BorderPane(table);
        content.setTop(summary);
        setContent(content);
        ColumnWidths<Report.FunctionPart> widths = new ColumnWidths<>(table);
        widths.add(Cells.column("Function", part -> part.function() == null ? "?" : part.function()), 160, 480);
        widths.add(Cells.column("Where", part -> Calls.place(part.file(), part.line() == null ? 0 : part.line())), 140, 300);
        widths.add(Cells.numbers("Self", Report.FunctionPart::self, FunctionsTab::seconds), 74, 104);
        widths.add(Cells.numbers("Total", Report.FunctionPart::total, FunctionsTab::seconds), 74, 104);
        widths.addSpare(Cells.shares("Share of states in total", FunctionsTab::states), 150, 420);
        widths.add(Cells.numbers("on a core", FunctionsTab::onCore, FunctionsTab::seconds), 74, 104);
        widths.add(Cells.numbers("lock", part -> part.states().of(ThreadState.LOCK), FunctionsTab::seconds), 74, 104);
        table.setPlaceholder(new Label("No stacks yet."));
        table.setRowFactory(t -> new TableRow<>() {
            {
                setOnMouseClicked(e -> {
                    if (e.getClickCount() == 2 && !isEmpty()) {
                        showSource(getItem());
                    }
                });
            }
        });
        table.setOnKeyPressed(e -> {
            Report.FunctionPart selected = table.getSelectionModel().getSelectedItem();
            if (e.getCode() == KeyCode.ENTER && selected != null) {
                showSource(selected);
                e.consume();
            }
        });
        model.function().addListener(o -> selectFunction());
        Theme.current().addListener(themeListener);
    }

    private static double onCore(Report.FunctionPart part) {
        return part.states().of(ThreadState.RUNNING) + part.states().of(ThreadState.NATIVE);
    }

    private static long[] states(Report.FunctionPart part) {
        long[] ns = new long[ThreadState.COUNT];
        for (ThreadState state : ThreadState.values()) {
            ns[state.code()] = Math.round(part.states().of(state) * 1e9);
        }
        return ns;
    }

    private static String seconds(double seconds) {
        return seconds == 0 ? "" : Cells.seconds(seconds);
    }

    private void showSource(Report.FunctionPart part) {
        if (part.file() != null) {
            int first = part.line() == null ? 0 : part.line();
            model().code().showSource(new Frame(part.function(), part.file(), first, first));
        }
    }

    /** Selects the function that is looked for. */
    private void selectFunction() {
        Frame wanted = model().function().get();
        for (Report.FunctionPart part : table.getItems()) {
            if (wanted != null && Objects.equals(part.function(), wanted.function()) && Objects.equals(part.file(), wanted.file())) {
                table.getSelectionModel().select(part);
                table.scrollTo(part);
                return;
            }
        }
    }

    @Override
    void show(Scope scope, List<Report.FunctionPart> parts) {
        Cells.replace(table, parts, part -> part.function() + "\n" + part.file() + "\n" + part.line());
        if (table.getSelectionModel().isEmpty()) {
            selectFunction();
        }
        summary.setText(scope.text() + "   ·   " + scope.who() + "   ·   Self: the innermost call; total: anywhere on the stack. Waiting counts as well. Double click: its source.");
    }

    @Override
    public void close() {
        super.close();
        Theme.current().removeListener(themeListener);
    }
}

package io.threadlens.view.detail;

import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;

/** Every function of the whole recording with its time. Counted when it is looked at, and then now and again while the recording grows. */
final class FunctionsTab extends Tab implements AutoCloseable {
    private static final long EVERY_NS = 2_000_000_000L;

    private final TimelineModel model;
    private final TableView<Report.FunctionPart> table = new TableView<>();
    private final Latest<RecordingData, List<Report.FunctionPart>> counting;
    private final InvalidationListener themeListener = o -> table.refresh();
    private long lastAsked;
    private boolean stale = true;

    FunctionsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Functions");
        this.model = model;
        setId("functions-tab");
        table.setId("functions");
        counting = new Latest<>("functions", data -> ReportBuilder.of(data.recording(), null).functions(), this::show, onFailure);
        Label summary = new Label("Whole recording. Self: the function was the innermost call; total: it was anywhere on the stack. Waiting counts as well.");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        BorderPane content = new BorderPane(table);
        content.setTop(summary);
        setContent(content);
        table.getColumns().add(Cells.column("Function", 240, part -> part.function() == null ? "?" : part.function()));
        table.getColumns().add(Cells.column("Where", 190, part -> Calls.place(part.file(), part.line() == null ? 0 : part.line())));
        table.getColumns().add(Cells.numbers("Self", 90, Report.FunctionPart::self, FunctionsTab::seconds));
        table.getColumns().add(Cells.numbers("Total", 90, Report.FunctionPart::total, FunctionsTab::seconds));
        table.getColumns().add(Cells.shares("Share of states in total", 190, FunctionsTab::states));
        table.getColumns().add(Cells.numbers("on a core", 90, FunctionsTab::onCore, FunctionsTab::seconds));
        table.getColumns().add(Cells.numbers("lock", 90, part -> part.states().of(ThreadState.LOCK), FunctionsTab::seconds));
        table.setPlaceholder(new Label("No stacks yet."));
        selectedProperty().addListener(o -> askIfSeen());
        model.data().addListener((o, was, is) -> {
            stale = true;
            if (!is.isLive() || System.nanoTime() - lastAsked > EVERY_NS) {
                askIfSeen();
            }
        });
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
        return seconds == 0 ? "" : TimeFormat.length(Math.round(seconds * 1e9));
    }

    private void askIfSeen() {
        if (isSelected() && stale) {
            stale = false;
            lastAsked = System.nanoTime();
            counting.ask(model.data().get());
        }
    }

    private void show(List<Report.FunctionPart> parts) {
        Cells.replace(table, parts, part -> part.function() + "\n" + part.file() + "\n" + part.line());
    }

    @Override
    public void close() {
        counting.close();
        Theme.current().removeListener(themeListener);
    }
}

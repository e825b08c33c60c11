package io.threadlens.view.detail;

import io.threadlens.analysis.RangeFunctions;
import io.threadlens.analysis.Report;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/**
 * Every function with its time, of the selected range and the pinned thread, or of all. Counted when it is looked at, and then now and again while
 * the recording grows.
 */
final class FunctionsTab extends Tab implements AutoCloseable {
    private static final long EVERY_NS = 2_000_000_000L;

    private record Question(RecordingData data, TimeRange scope, boolean whole, int thread) {}

    private record Answer(Question question, List<Report.FunctionPart> parts) {}

    private final TimelineModel model;
    private final TableView<Report.FunctionPart> table = new TableView<>();
    private final Latest<Question, Answer> counting;
    private final Label summary = new Label();
    private final InvalidationListener themeListener = o -> table.refresh();
    private long lastAsked;
    private boolean stale = true;

    FunctionsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Functions");
        this.model = model;
        setId("functions-tab");
        table.setId("functions");
        counting = new Latest<>("functions", FunctionsTab::count, this::show, onFailure);
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
        selectedProperty().addListener(o -> askIfSeen());
        model.data().addListener((o, was, is) -> {
            stale = true;
            if (!is.isLive() || System.nanoTime() - lastAsked > EVERY_NS) {
                askIfSeen();
            }
        });
        model.selection().addListener(o -> askAgain());
        model.pinned().addListener((o, was, is) -> {
            if (threadOf(was) != threadOf(is)) {
                askAgain();
            }
        });
        model.function().addListener(o -> selectFunction());
        Theme.current().addListener(themeListener);
    }

    private static int threadOf(TimelineModel.@Nullable Instant at) {
        return at == null ? RangeFunctions.ALL_THREADS : at.thread();
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

    /** Selects the function that is looked for. */
    private void selectFunction() {
        Frame wanted = model.function().get();
        for (Report.FunctionPart part : table.getItems()) {
            if (wanted != null && Objects.equals(part.function(), wanted.function()) && Objects.equals(part.file(), wanted.file())) {
                table.getSelectionModel().select(part);
                table.scrollTo(part);
                return;
            }
        }
    }

    private void askAgain() {
        stale = true;
        askIfSeen();
    }

    private void askIfSeen() {
        if (isSelected() && stale) {
            stale = false;
            lastAsked = System.nanoTime();
            counting.ask(new Question(model.data().get(), model.scope(), model.selection().get() == null, threadOf(model.pinned().get())));
        }
    }

    private static Answer count(Question question) {
        return new Answer(question, RangeFunctions.of(question.data().recording(), question.scope(), question.thread()));
    }

    private void show(Answer answer) {
        Question question = answer.question();
        Cells.replace(table, answer.parts(), part -> part.function() + "\n" + part.file() + "\n" + part.line());
        if (table.getSelectionModel().isEmpty()) {
            selectFunction();
        }
        TimeRange scope = question.scope();
        String who = question.thread() == RangeFunctions.ALL_THREADS
                ? "all threads"
                : LaneLayout.nameOf(question.data().threads().get(question.thread()));
        String when = question.whole()
                ? "Whole recording"
                : "Selected range, " + TimeFormat.length(scope.lengthNs()) + " from " + TimeFormat.moment(model.sinceStart(scope.startNs()));
        summary.setText(when + "   ·   " + who + "   ·   Self: the innermost call; total: anywhere on the stack. Waiting counts as well.");
    }

    @Override
    public void close() {
        counting.close();
        Theme.current().removeListener(themeListener);
    }
}

package io.threadlens.view.detail;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.StateSwatch;
import io.threadlens.view.theme.Theme;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** Every thread that has a lane in numbers, of the selected range or of the whole recording: what the timeline shows, to be sorted and read aloud. */
final class ThreadsTab extends Tab implements AutoCloseable {
    private static final ThreadState[] STATES = {
        ThreadState.RUNNING,
        ThreadState.NATIVE,
        ThreadState.RUNNABLE,
        ThreadState.LOCK,
        ThreadState.GIL,
        ThreadState.PAUSED,
        ThreadState.SIGNAL,
        ThreadState.IO,
        ThreadState.IDLE,
        ThreadState.UNKNOWN,
    };
    /** Letters beyond which a state's name needs more room than its numbers. */
    private static final int LONG_LABEL = 6;
    /** A live table that changes more often than this cannot be read. */
    private static final long EVERY_NS = 500_000_000;

    record Row(ThreadInfo thread, long[] states, CpuTimes.@Nullable Used used) {}

    private record Question(RecordingData data, TimeRange scope, List<Integer> threads) {}

    private record Answer(Question question, List<Row> rows) {}

    private final TimelineModel model;
    private final TableView<Row> table = new TableView<>();
    private final ColumnWidths<Row> widths = new ColumnWidths<>(table);
    private final Label summary = new Label();
    private final Latest<Question, Answer> counting;
    private final InvalidationListener themeListener = o -> table.refresh();
    private final Map<ThreadState, TableColumn<Row, Long>> byState = new EnumMap<>(ThreadState.class);
    private long lastAsked;

    ThreadsTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Threads");
        this.model = model;
        setId("threads-tab");
        table.setId("threads");
        counting = new Latest<>("threads", ThreadsTab::count, this::show, onFailure);
        summary.setId("threads-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        BorderPane content = new BorderPane(table);
        content.setTop(summary);
        setContent(content);
        arrange();
        model.selection().addListener(o -> ask());
        model.lanes().addListener((o, was, is) -> {
            if (was.rows() != is.rows()) {
                ask();
            }
        });
        model.data().addListener((o, was, is) -> {
            if (!is.isLive() || System.nanoTime() - lastAsked > EVERY_NS) {
                ask();
            }
        });
        Theme.current().addListener(themeListener);
        ask();
    }

    private void arrange() {
        widths.add(Cells.names("Thread", row -> LaneLayout.nameOf(row.thread())), 110, 240);
        TableColumn<Row, Integer> tid = Cells.numbers("tid", row -> row.thread().tid(), number -> Integer.toString(number));
        TableColumn<Row, Row> shares = Cells.shares("Share of states", Row::states);
        // The timeline has both.
        widths.addSpare(shares, 76, 420);
        widths.addSpare(tid, 58, 76);
        for (ThreadState state : STATES) {
            TableColumn<Row, Long> column = Cells.numbers(state.label(), row -> row.states()[state.code()], ThreadsTab::time);
            Label title = new Label(null, new StateSwatch(state));
            title.setTooltip(new Tooltip(StateSwatch.meaning(state)));
            column.setGraphic(title);
            byState.put(state, column);
            widths.add(column, state.label().length() > LONG_LABEL ? 80 : 70, 104);
        }
        widths.add(Cells.numbers("CPU time", row -> row.used() == null ? null : row.used().cpuNs(), ThreadsTab::time), 68, 104);
        widths.add(Cells.numbers("Run delay", row -> row.used() == null ? null : row.used().delayNs(), ThreadsTab::time), 70, 104);
        table.setRowFactory(t -> {
            TableRow<Row> row = new TableRow<>();
            row.setOnMouseClicked(e -> {
                if (row.getItem() != null && e.getClickCount() == 2) {
                    TimelineModel.Instant at = model.pinned().get();
                    model.pin(new TimelineModel.Instant(
                            row.getItem().thread().number(), at != null ? at.ns() : model.scope().startNs() + model.scope().lengthNs() / 2));
                }
            });
            return row;
        });
        table.setPlaceholder(new Label("No thread was seen."));
    }

    private static String time(long ns) {
        return ns == 0 ? "" : TimeFormat.length(ns);
    }

    private void ask() {
        lastAsked = System.nanoTime();
        counting.ask(new Question(model.data().get(), model.scope(), model.lanes().get().threads()));
    }

    private static Answer count(Question question) {
        RecordingData data = question.data();
        TimeRange scope = question.scope();
        List<Row> rows = new ArrayList<>();
        for (int number : question.threads()) {
            if (number >= data.threads().size()) {
                continue;
            }
            ThreadInfo thread = data.threads().get(number);
            rows.add(new Row(
                    thread,
                    data.times().livedBetween(thread.number(), scope.startNs(), scope.endNs()),
                    data.cpu().between(thread.number(), scope.startNs(), scope.endNs())));
        }
        return new Answer(question, rows);
    }

    private void show(Answer answer) {
        Cells.replace(table, answer.rows(), row -> row.thread().number());
        long[] all = new long[ThreadState.COUNT];
        for (Row row : answer.rows()) {
            for (int s = 0; s < all.length; s++) {
                all[s] += row.states()[s];
            }
        }
        // A state that no thread was in needs no column.
        List<TableColumn<Row, ?>> never = new ArrayList<>();
        byState.forEach((state, column) -> {
            if (all[state.code()] == 0) {
                never.add(column);
            }
        });
        widths.setUnused(never);
        TimeRange scope = answer.question().scope();
        long seen = answer.question().data().times().seenBetween(scope.startNs(), scope.endNs());
        String what = model.selection().get() == null
                ? "Whole recording, " + TimeFormat.length(scope.lengthNs())
                : "Selected range, " + TimeFormat.length(scope.lengthNs()) + " from "
                        + TimeFormat.moment(model.sinceStart(scope.startNs()));
        double busy = seen == 0 ? 0 : (double) (all[ThreadState.RUNNING.code()] + all[ThreadState.NATIVE.code()]) / seen;
        int threads = answer.question().data().threads().size();
        String who = answer.rows().size() < threads ? "   ·   " + answer.rows().size() + " of " + threads + " threads" : "";
        summary.setText(what + who + "   ·   " + String.format(Locale.ROOT, "%.1f", busy) + " busy cores   ·   " + lost(all));
    }

    /** What all threads together lost, and to what. */
    private static String lost(long[] all) {
        List<String> parts = new ArrayList<>();
        lost(parts, all, ThreadState.LOCK, "to locks");
        lost(parts, all, ThreadState.GIL, "to the GIL");
        lost(parts, all, ThreadState.RUNNABLE, "for want of a core");
        lost(parts, all, ThreadState.PAUSED, "in pauses");
        return parts.isEmpty() ? "nothing lost" : "lost " + String.join(", ", parts);
    }

    private static void lost(List<String> parts, long[] all, ThreadState state, String to) {
        if (all[state.code()] > 0) {
            parts.add(TimeFormat.length(all[state.code()]) + " " + to);
        }
    }

    @Override
    public void close() {
        counting.close();
        Theme.current().removeListener(themeListener);
    }
}

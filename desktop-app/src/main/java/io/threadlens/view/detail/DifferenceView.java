package io.threadlens.view.detail;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.ThreadChange;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.StateSwatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Two instants compared: of every thread whether its stack is the same, how it spent the time between, and of one thread both stacks side by side, what they have in
 * common being pale.
 */
final class DifferenceView extends BorderPane implements AutoCloseable {
    /** What is compared: the earlier instant first. */
    private record Question(RecordingData data, int thread, long firstNs, long secondNs) {}

    private record Row(ThreadInfo thread, ThreadChange change) {}

    private record Answer(Question question, List<Row> rows) {}

    /** The calls of one thread at one of the instants. */
    private static final class Side extends BorderPane {
        private final Label title = new Label();
        private final ListView<Frame> calls = new ListView<>();
        private final Label none = new Label();
        private int common;

        Side(String id, CodeSelection code) {
            calls.setId(id);
            calls.getStyleClass().add("calls");
            calls.setPlaceholder(none);
            none.getStyleClass().add("hint");
            none.setWrapText(true);
            // The innermost comes first, so those in common are the last.
            CallCell.install(calls, code, index -> index >= calls.getItems().size() - common);
            title.getStyleClass().add("stack-title");
            VBox head = new VBox(title);
            head.getStyleClass().add("stack-head");
            setTop(head);
            setCenter(calls);
        }

        void show(@Nullable SampleAt sample, List<Frame> stack, int inCommon, String when) {
            common = inCommon;
            title.setText(when + (sample == null ? "  ·  not seen" : "  ·  " + sample.state().label()));
            title.setGraphic(sample == null ? null : new StateSwatch(sample.state()));
            none.setText(sample == null ? "No tick looked at this thread here." : "The stack is not known here.");
            calls.getItems().setAll(stack.reversed());
        }
    }

    private final TimelineModel model;
    private final TableView<Row> table = new TableView<>();
    private final Label summary = new Label();
    private final Side before;
    private final Side after;
    private final Latest<Question, Answer> comparing;
    private boolean showing;
    private long firstNs;
    private long secondNs;

    DifferenceView(TimelineModel model, Consumer<Throwable> onFailure) {
        this.model = model;
        before = new Side("calls-before", model.code());
        after = new Side("calls-after", model.code());
        comparing = new Latest<>("difference", DifferenceView::compare, this::show, onFailure);
        table.setId("difference");
        summary.setId("difference-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        SplitPane split = new SplitPane(table, before, after);
        split.setDividerPositions(0.48, 0.74);
        setTop(summary);
        setCenter(split);
        arrange();
        table.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            TimelineModel.Instant at = model.pinned().get();
            if (!showing && is != null && at != null && at.thread() != is.thread().number()) {
                model.pin(new TimelineModel.Instant(is.thread().number(), at.ns()));
            }
        });
    }

    private void arrange() {
        ColumnWidths<Row> widths = new ColumnWidths<>(table);
        widths.add(Cells.names("Thread", row -> LaneLayout.nameOf(row.thread())), 90, 180);
        widths.add(Cells.column("Stack", row -> row.change().what().label()), 84, 120);
        widths.add(Cells.shares("Between", row -> row.change().states()), 60, 240);
        widths.add(Cells.states("Mostly", row -> row.change().mostly()), 88, 110);
        widths.add(Cells.numbers("CPU time", row -> row.change().used() == null ? null : row.change().used().cpuNs(), TimeFormat::length), 68, 96);
    }

    /** Compares what is pinned with the second instant. */
    void ask(TimelineModel.Instant pinned, long second) {
        comparing.ask(new Question(model.data().get(), pinned.thread(), Math.min(pinned.ns(), second), Math.max(pinned.ns(), second)));
    }

    private static Answer compare(Question question) {
        RecordingData data = question.data();
        List<Row> rows = new ArrayList<>();
        for (ThreadInfo thread : LaneArranger.matching(data.threads(), "")) {
            TimeRange life = data.times().lifetime(thread.number());
            // A thread that did not live at either nor between has nothing to compare.
            if (life.endNs() > question.firstNs() && life.startNs() <= question.secondNs() || thread.number() == question.thread()) {
                rows.add(new Row(thread, ThreadChange.between(data.times(), data.cpu(), thread.number(), question.firstNs(), question.secondNs())));
            }
        }
        return new Answer(question, rows);
    }

    private void show(Answer answer) {
        firstNs = answer.question().firstNs();
        secondNs = answer.question().secondNs();
        showing = true;
        try {
            table.getItems().setAll(answer.rows());
            table.sort();
            answer.rows().stream()
                    .filter(row -> row.thread().number() == answer.question().thread())
                    .forEach(row -> {
                        table.getSelectionModel().select(row);
                        showStacks(row);
                    });
        } finally {
            showing = false;
        }
        Map<ThreadChange.What, Long> counts = answer.rows().stream()
                .collect(Collectors.groupingBy(row -> row.change().what(), () -> new EnumMap<>(ThreadChange.What.class), Collectors.counting()));
        summary.setText("From " + moment(firstNs) + " to " + moment(secondNs) + ", " + TimeFormat.length(secondNs - firstNs) + "   ·   "
                + counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().label()).collect(Collectors.joining(", "))
                + "   ·   the same stack does not mean that nothing ran in between");
    }

    private void showStacks(Row row) {
        ThreadChange change = row.change();
        before.show(change.first(), change.before(), change.common(), moment(firstNs));
        after.show(change.second(), change.after(), change.common(), moment(secondNs));
    }

    private String moment(long ns) {
        return TimeFormat.moment(model.sinceStart(ns));
    }

    @Override
    public void close() {
        comparing.close();
    }
}

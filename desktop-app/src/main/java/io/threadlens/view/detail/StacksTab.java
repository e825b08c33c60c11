package io.threadlens.view.detail;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.StateSwatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The instant under the cursor as a thread dump: what each thread did, and the stack of the one that is pointed at; with a second cursor, the difference. */
final class StacksTab extends Tab implements AutoCloseable {
    private record Question(RecordingData data, TimelineModel.Instant at) {}

    private record Row(ThreadInfo thread, @Nullable SampleAt sample, @Nullable Frame leaf) {}

    private record Answer(Question question, List<Row> rows, Row chosen, List<Frame> calls) {}

    private final TimelineModel model;
    private final TableView<Row> threads = new TableView<>();
    private final ListView<Frame> calls = new ListView<>();
    private final Label title = new Label();
    private final Label facts = new Label();
    private final Label noCalls = new Label();
    private final SplitPane split;
    private final DifferenceView difference;
    private final Label hint = new Label("Point at a lane to see what its thread did there. Click to keep that instant; Shift+click another to compare.");
    private final Latest<Question, Answer> looking;
    private boolean showing;

    StacksTab(TimelineModel model, Consumer<Throwable> onFailure) {
        super("Stacks");
        this.model = model;
        setId("stacks-tab");
        looking = new Latest<>("stacks", StacksTab::look, this::show, onFailure);
        threads.setId("instant");
        calls.setId("calls");
        title.getStyleClass().add("stack-title");
        facts.getStyleClass().add("caption");
        hint.getStyleClass().add("hint");
        noCalls.getStyleClass().add("hint");
        noCalls.setWrapText(true);
        calls.setPlaceholder(noCalls);
        CallCell.install(calls, model.code());
        calls.getStyleClass().add("calls");
        VBox head = new VBox(2, title, facts);
        head.getStyleClass().add("stack-head");
        BorderPane stack = new BorderPane(calls);
        stack.setTop(head);
        split = new SplitPane(threads, stack);
        split.setDividerPositions(0.52);
        difference = new DifferenceView(model, onFailure);
        setContent(new StackPane(split, difference, hint));
        arrangeThreads();
        selectedProperty().addListener(o -> ask());
        model.hovered().addListener(o -> ask());
        model.pinned().addListener(o -> ask());
        model.second().addListener(o -> ask());
        model.data().addListener((o, was, is) -> {
            if (was.threads().size() != is.threads().size()) {
                ask();
            }
        });
        ask();
    }

    private void arrangeThreads() {
        ColumnWidths<Row> widths = new ColumnWidths<>(threads);
        widths.add(Cells.names("Thread", row -> LaneLayout.nameOf(row.thread())), 100, 200);
        widths.add(Cells.states("State", row -> row.sample() == null ? null : row.sample().state()), 92, 110);
        widths.add(Cells.numbers("For", row -> row.sample() == null ? null : lengthOf(row.sample()), TimeFormat::length), 66, 90);
        widths.add(Cells.column("In", row -> row.leaf() == null ? null : Calls.text(row.leaf())), 140, 600);
        threads.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            TimelineModel.Instant at = model.pinned().get();
            if (!showing && is != null && at != null && at.thread() != is.thread().number()) {
                model.pin(new TimelineModel.Instant(is.thread().number(), at.ns()));
            }
        });
    }

    private static long lengthOf(SampleAt sample) {
        return sample.endNs() - sample.startNs();
    }

    private void ask() {
        if (!isSelected()) {
            // Of thousands of threads that would be much for nothing.
            return;
        }
        TimelineModel.Instant at = model.hovered().get() != null ? model.hovered().get() : model.pinned().get();
        TimelineModel.Instant pinned = model.pinned().get();
        Long second = model.second().get();
        boolean comparing = pinned != null && second != null;
        difference.setVisible(comparing);
        split.setVisible(at != null && !comparing);
        hint.setVisible(at == null);
        if (comparing) {
            difference.ask(pinned, second);
            return;
        }
        if (at != null) {
            looking.ask(new Question(model.data().get(), at));
        }
    }

    private static Answer look(Question question) {
        RecordingData data = question.data();
        List<Row> rows = new ArrayList<>();
        Row chosen = null;
        for (ThreadInfo thread : LaneArranger.matching(data.threads(), "")) {
            SampleAt sample = SampleAt.find(data.times(), thread.number(), question.at().ns());
            Row row = new Row(thread, sample, sample == null ? null : data.recording().leaf(sample.stack()));
            if (thread.number() == question.at().thread()) {
                chosen = row;
            }
            // A thread that was not there yet, or not any more, did nothing.
            if (data.times().lifetime(thread.number()).contains(question.at().ns()) || row == chosen) {
                rows.add(row);
            }
        }
        if (chosen == null) {
            throw new IllegalStateException("no thread " + question.at().thread());
        }
        List<Frame> calls = chosen.sample() == null ? List.of() : data.recording().stack(chosen.sample().stack()).reversed();
        return new Answer(question, rows, chosen, calls);
    }

    private void show(Answer answer) {
        showing = true;
        try {
            threads.getItems().setAll(answer.rows());
            threads.sort();
            threads.getSelectionModel().select(answer.chosen());
        } finally {
            showing = false;
        }
        Row chosen = answer.chosen();
        SampleAt sample = chosen.sample();
        String name = LaneLayout.nameOf(chosen.thread());
        String moment = TimeFormat.moment(model.sinceStart(answer.question().at().ns()));
        calls.getItems().setAll(answer.calls());
        if (sample == null) {
            title.setText(name);
            title.setGraphic(new StateSwatch(ThreadState.UNKNOWN));
            facts.setText("not seen at " + moment);
            noCalls.setText("No tick looked at this thread here.");
            return;
        }
        title.setText(name + "  ·  " + sample.state().label() + " for " + TimeFormat.length(lengthOf(sample)));
        title.setGraphic(new StateSwatch(sample.state()));
        facts.setText("at " + moment + (sample.core() >= 0 ? "  ·  core " + sample.core() : "")
                + (sample.trimmed() ? "  ·  trimmed: the innermost calls were not certain" : ""));
        noCalls.setText(sample.torn()
                ? "This stack did not add up and was dropped: it changed while it was read."
                : "The stack is not known here.");
    }

    @Override
    public void close() {
        looking.close();
        difference.close();
    }
}

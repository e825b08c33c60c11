package io.threadlens.view.lanes;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneRows;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/** What is under the mouse, in words, once it has come to rest. The words are found in the background. */
final class HoverCard extends Label implements AutoCloseable {
    private static final Duration REST = Duration.millis(350);
    private static final double AWAY = 14;

    private record Answer(LaneWords.Question question, String text) {}

    private final TimelineModel model;
    private final StackPane lanes;
    private final PauseTransition rest = new PauseTransition(REST);
    private final Latest<LaneWords.Question, Answer> words;
    private LaneWords.Question asked = LaneWords.Question.NONE;
    private double x;
    private double y;

    HoverCard(TimelineModel model, StackPane lanes, Consumer<Throwable> onFailure) {
        this.model = model;
        this.lanes = lanes;
        words = new Latest<>("words", question -> new Answer(question, LaneWords.of(question)), this::show, onFailure);
        setId("hover-card");
        getStyleClass().add("hover-card");
        setMouseTransparent(true);
        setVisible(false);
        setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(this, Pos.TOP_LEFT);
        rest.setOnFinished(e -> ask());
        lanes.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        lanes.addEventHandler(MouseEvent.MOUSE_EXITED, e -> leave());
        lanes.addEventHandler(MouseEvent.MOUSE_PRESSED, e -> leave());
        model.viewport().addListener(o -> leave());
        model.lanes().addListener(o -> leave());
    }

    private void moved(MouseEvent e) {
        leave();
        x = e.getX();
        y = e.getY();
        rest.playFromStart();
    }

    private void leave() {
        rest.stop();
        asked = LaneWords.Question.NONE;
        setVisible(false);
    }

    private void ask() {
        LaneLayout layout = model.lanes().get();
        int row = layout.rowAt(y);
        TimeRange range = model.data().get().range();
        long from = model.viewport().get().timeAt(Math.floor(x));
        long to = Math.max(from + 1, model.viewport().get().timeAt(Math.floor(x) + 1));
        if (row < 0 || to <= range.startNs() || from >= range.endNs()) {
            return;
        }
        Lane lane = layout.rows().lane(row);
        double inCalls = y - layout.top(row) - LaneRows.LANE_HEIGHT + LanePainter.INSET;
        int depth = inCalls < 0 ? -1 : (int) (inCalls / LaneRows.CALL_HEIGHT);
        asked = new LaneWords.Question(model.data().get(), model.viewport().get(), lane, new TimeRange(from, to), depth);
        words.ask(asked);
    }

    private void show(Answer answer) {
        if (answer.question() != asked || answer.text().isEmpty()) {
            return;
        }
        setText(answer.text());
        applyCss();
        autosize();
        double left = x + AWAY + getWidth() <= lanes.getWidth() ? x + AWAY : Math.max(0, x - AWAY - getWidth());
        double top = y + AWAY + getHeight() <= lanes.getHeight() ? y + AWAY : Math.max(0, y - AWAY - getHeight());
        setTranslateX(left);
        setTranslateY(top);
        setVisible(true);
    }

    @Override
    public void close() {
        rest.stop();
        words.close();
    }
}

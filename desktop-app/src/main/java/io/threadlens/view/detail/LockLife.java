package io.threadlens.view.detail;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.RulerTicks;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** A lock's life: how many threads waited for it, over the selected range or the whole recording. */
final class LockLife extends PixelCanvas implements AutoCloseable {
    private static final double LEFT = 34;
    private static final double TOP = 24;
    private static final double FOOT = 20;
    private static final double APART = 110;

    private record Question(Scope scope, int lock, int columns) {}

    private record Answer(Question question, Viewport viewport, double[] waiting) {}

    private final TimelineModel model;
    private final Latest<Question, Answer> counting;
    private final InvalidationListener painter = o -> repaint();
    private @Nullable Scope scope;
    private int lock;
    private @Nullable Question asked;
    private @Nullable Answer shown;

    LockLife(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        super(Math.max(1, pixelScale));
        this.model = model;
        counting = new Latest<>("lock-life", LockLife::count, this::arrived, onFailure);
        setId("lock-life");
        setMinSize(0, 0);
        widthProperty().addListener(o -> ask());
        Theme.current().addListener(painter);
        model.viewport().addListener(painter);
    }

    void show(Scope of, int number) {
        scope = of;
        lock = number;
        ask();
    }

    private void ask() {
        Scope of = scope;
        int columns = (int) (getWidth() - LEFT - 12);
        if (of != null && columns > 0 && of.range().lengthNs() > 0) {
            asked = new Question(of, lock, columns);
            counting.ask(asked);
        }
    }

    private static Answer count(Question question) {
        Viewport viewport = Viewport.fit(question.scope().range(), question.columns());
        return new Answer(question, viewport, question.scope().data().waits().waiting(question.lock(), Columns.of(viewport)));
    }

    private void arrived(Answer answer) {
        shown = answer;
        repaint();
    }

    boolean isSettled() {
        return shown == null ? asked == null : shown.question() == asked;
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Answer answer = shown;
        if (answer == null) {
            return;
        }
        Palette palette = Theme.current().get().palette();
        double floor = height - FOOT;
        double most = 1;
        for (double threads : answer.waiting()) {
            most = Math.max(most, Math.ceil(threads - 1e-9));
        }
        double unit = Math.max(0, floor - TOP) / most;
        paintScale(g, palette, most, floor, width);
        paintTimes(g, palette, answer, floor, height);
        g.setFill(palette.of(ThreadState.LOCK));
        for (int i = 0; i < answer.waiting().length; i++) {
            double bar = answer.waiting()[i] * unit;
            if (bar > 0) {
                // What happened is to be seen, however short it was.
                g.fillRect(LEFT + i, floor - Math.max(1, bar), 1, Math.max(1, bar));
            }
        }
        paintVisible(g, palette, answer, floor);
    }

    private static void paintScale(GraphicsContext g, Palette palette, double most, double floor, double width) {
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setFill(palette.muted());
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText("Threads that wait for it", LEFT, 10);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(Long.toString(Math.round(most)), LEFT - 6, TOP);
        g.fillText("0", LEFT - 6, floor);
        g.setTextAlign(TextAlignment.LEFT);
        g.setStroke(palette.line());
        g.strokeLine(LEFT, floor + 0.5, width - 12, floor + 0.5);
        g.strokeLine(LEFT, TOP + 0.5, width - 12, TOP + 0.5);
    }

    private static void paintTimes(GraphicsContext g, Palette palette, Answer answer, double floor, double height) {
        long origin = answer.question().scope().data().range().startNs();
        g.setFill(palette.muted());
        for (RulerTicks.Tick tick : RulerTicks.of(answer.viewport(), origin, APART).ticks()) {
            double x = Math.floor(LEFT + tick.px()) + 0.5;
            g.setStroke(palette.line());
            g.strokeLine(x, floor, x, floor + 5);
            if (tick.px() + Texts.width(tick.label(), Texts.SMALL) < answer.viewport().width()) {
                g.fillText(tick.label(), x + 4, (floor + height) / 2 + 2);
            }
        }
    }

    /** What of it the lanes show. */
    private void paintVisible(GraphicsContext g, Palette palette, Answer answer, double floor) {
        TimeRange visible = model.viewport().get().range();
        double from = Math.max(0, answer.viewport().pxOf(visible.startNs()));
        double to = Math.min(answer.viewport().width(), answer.viewport().pxOf(visible.endNs()));
        if (to > from && to - from < answer.viewport().width() - 1) {
            g.setFill(palette.accent(0.12));
            g.fillRect(LEFT + from, TOP, Math.max(2, to - from), floor - TOP);
            g.setStroke(palette.accent());
            g.strokeRect(Math.floor(LEFT + from) + 0.5, TOP + 0.5, Math.max(2, to - from), floor - TOP);
        }
    }

    @Override
    public void close() {
        counting.close();
        Theme.current().removeListener(painter);
        model.viewport().removeListener(painter);
    }
}

package io.threadlens.view.lanes;

import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.ShareBar;
import io.threadlens.view.theme.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Beside each lane: the thread's name, its native id, its states as shares of the visible time, and its CPU use. */
final class HeaderView extends PixelCanvas {
    static final double WIDTH = 300;
    static final double BAR_LEFT = 170;
    private static final double BAR_WIDTH = 76;
    private static final double BAR_HEIGHT = 8;

    private final TimelineModel model;
    private @Nullable TimelineFrame frame;

    HeaderView(TimelineModel model, int scale) {
        super(scale);
        this.model = model;
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setOnMouseClicked(e -> {
            LaneLayout layout = model.lanes().get();
            int lane = layout.laneAt(e.getY());
            if (lane >= 0) {
                TimelineModel.Instant at = model.pinned().get();
                long ns = at != null ? at.ns() : model.viewport().get().timeAt(model.viewport().get().width() / 2.0);
                model.pin(new TimelineModel.Instant(layout.threads().get(lane), ns));
            }
        });
    }

    void show(TimelineFrame shown) {
        frame = shown;
        repaint();
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        TimelineFrame shown = frame;
        if (shown == null) {
            return;
        }
        Palette palette = shown.request().palette();
        LaneLayout layout = shown.request().layout();
        TimelineModel.Instant pinned = model.pinned().get();
        TimelineModel.Instant hovered = model.hovered().get();
        g.setTextBaseline(VPos.CENTER);
        for (int i = 0; i < shown.lanes().size(); i++) {
            TimelineFrame.Lane lane = shown.lanes().get(i);
            double top = layout.top(layout.firstVisible() + i);
            double middle = top + layout.laneHeight() / 2;
            int thread = lane.thread().number();
            boolean isPinned = pinned != null && pinned.thread() == thread;
            if (isPinned || hovered != null && hovered.thread() == thread) {
                g.setFill(isPinned ? palette.accent(0.14) : palette.subtle());
                g.fillRect(0, top, width, layout.laneHeight());
            }
            if (isPinned) {
                g.setFill(palette.accent());
                g.fillRect(0, top, 3, layout.laneHeight());
            }
            String tid = Integer.toString(lane.thread().tid());
            boolean named = lane.thread().name() != null;
            double tidWidth = named ? Texts.width(tid, Texts.SMALL) : 0;
            String name = Texts.fittingBothEnds(LaneLayout.nameOf(lane.thread()), Texts.BODY, BAR_LEFT - 24 - tidWidth - 8);
            g.setFont(Texts.BODY);
            g.setFill(lane.thread().endNs() < 0 || !shown.request().data().isLive() ? palette.text() : palette.muted());
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(name, 12, middle);
            g.setFont(Texts.SMALL);
            g.setFill(palette.muted());
            g.setTextAlign(TextAlignment.RIGHT);
            if (named) {
                g.fillText(tid, BAR_LEFT - 12, middle);
            }
            g.setFill(palette.text());
            g.fillText(cpu(shown, lane), width - 12, middle);
            g.setTextAlign(TextAlignment.LEFT);
            ShareBar.paint(g, palette, lane.states(), lane.lifetimeNs(), BAR_LEFT, Math.round(middle - BAR_HEIGHT / 2), BAR_WIDTH, BAR_HEIGHT);
        }
        g.setStroke(palette.line());
        g.strokeLine(width - 0.5, 0, width - 0.5, height);
    }

    /** CPU use within the viewport; nothing where the kernel's figures are missing. */
    private static String cpu(TimelineFrame shown, TimelineFrame.Lane lane) {
        return lane.used() == null || lane.lifetimeNs() <= 0 ? "–" : TimeFormat.percent(lane.used().cpuNs(), lane.lifetimeNs());
    }
}

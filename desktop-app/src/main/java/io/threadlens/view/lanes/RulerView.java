package io.threadlens.view.lanes;

import io.threadlens.timeline.RulerTicks;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/** The time scale over the lanes. */
final class RulerView extends PixelCanvas {
    static final double APART = 110;

    private final TimelineModel model;
    private @Nullable TimelineFrame frame;

    RulerView(TimelineModel model, int scale) {
        super(scale);
        this.model = model;
        setMinHeight(24);
        setPrefHeight(24);
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
        Viewport viewport = shown.request().viewport();
        g.setFill(palette.line());
        Lines.across(g, 0, width, height - 1);
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        for (RulerTicks.Tick tick : RulerTicks.of(viewport, shown.request().data().range().startNs(), APART).ticks()) {
            g.setFill(palette.line());
            Lines.down(g, tick.px(), height - 8, height);
            g.setFill(palette.muted());
            g.fillText(tick.label(), Math.floor(tick.px()) + 4.5, height / 2 - 1);
        }
        Long at = model.pointed();
        if (at != null) {
            paintCursor(g, palette, viewport.pxOf(at), TimeFormat.moment(model.sinceStart(at)), width, height);
        }
    }

    private static void paintCursor(GraphicsContext g, Palette palette, double px, String text, double width, double height) {
        if (px < 0 || px > width) {
            return;
        }
        double box = Texts.width(text, Texts.SMALL) + 12;
        double left = Math.clamp(px - box / 2, 0, Math.max(0, width - box));
        g.setFill(palette.text());
        g.fillRoundRect(left, 2, box, height - 6, 6, 6);
        g.setFill(palette.background());
        g.fillText(text, left + 6, height / 2 - 1);
    }
}

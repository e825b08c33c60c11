package io.threadlens.view.cores;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.Veils;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.ThreadColours;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Paints what stands over and beside the pixels of the cores: load, names, what is left out, selected and pointed at. */
final class CorePainter {
    /** What the line below the rows takes, where there is one. */
    static final double FOOT = 20;

    private static final double NAME_PADDING = 5;
    /** A name cut to fewer letters tells nobody apart. */
    private static final int LEAST_OF_NAME = 7;

    private final GraphicsContext g;
    private final CoreFrame shown;
    private final Palette palette;
    private final Viewport viewport;
    private final double top;
    private final double floor;

    /** @param top where the rows begin */
    CorePainter(GraphicsContext g, CoreFrame shown, double top) {
        this.g = g;
        this.shown = shown;
        this.palette = shown.request().palette();
        this.viewport = shown.request().viewport();
        this.top = top;
        this.floor = top + shown.rows().size() * shown.rowHeight();
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private double middle(int row) {
        return top + (row + 0.5) * shown.rowHeight();
    }

    void paintHeader(double width, double height) {
        if (shown.load() != null) {
            LoadStrip.paintHeader(g, palette, shown.load(), 8, width);
        }
        for (int i = 0; i < shown.rows().size(); i++) {
            g.setFill(palette.text());
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText("core " + shown.rows().get(i).core(), 8, middle(i));
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(TimeFormat.percent(shown.rows().get(i).share(), 1), width - 12, middle(i));
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.setStroke(palette.line());
        g.strokeLine(width - 0.5, 0, width - 0.5, height);
    }

    void paintLoad() {
        if (shown.load() != null) {
            LoadStrip.paint(g, palette, shown.load(), BusyBrush.machineCores(shown.request().data()), viewport.width());
        }
    }

    void paintNames() {
        for (int i = 0; i < shown.rows().size(); i++) {
            for (CoreTimes.Slice slice : shown.rows().get(i).wide()) {
                double from = Math.max(0, viewport.pxOf(slice.startNs()));
                double room = Math.min(viewport.width(), viewport.pxOf(slice.endNs())) - from - 2 * NAME_PADDING;
                String name = Texts.fittingBothEnds(CoreTip.name(shown.request().data(), slice.thread()), Texts.SMALL, room);
                double wide = Texts.width(name, Texts.SMALL);
                if (wide > room || name.length() < LEAST_OF_NAME && name.contains("…")) {
                    continue;
                }
                // A plain ground under the name: patterns behind letters are hard to read.
                g.setFill(ThreadColours.of(slice.thread()));
                g.fillRect(from + NAME_PADDING - 2, middle(i) - 7, wide + 4, 14);
                g.setFill(ThreadColours.textOn(slice.thread()));
                g.fillText(name, Math.round(from + NAME_PADDING), middle(i));
            }
        }
    }

    void paintVeils() {
        Veils.paint(g, palette, shown.veils(), 0, floor);
    }

    void paintSelection(@Nullable TimeRange selected) {
        if (selected == null) {
            return;
        }
        double left = Math.clamp(viewport.pxOf(selected.startNs()), -1, viewport.width() + 1);
        double right = Math.clamp(viewport.pxOf(selected.endNs()), -1, viewport.width() + 1);
        g.setFill(palette.background());
        g.setGlobalAlpha(0.5);
        g.fillRect(0, 0, Math.max(0, left), floor);
        g.fillRect(right, 0, Math.max(0, viewport.width() - right), floor);
        g.setGlobalAlpha(1);
        g.setStroke(palette.accent());
        g.strokeLine(Math.round(left) + 0.5, 0, Math.round(left) + 0.5, floor);
        g.strokeLine(Math.round(right) - 0.5, 0, Math.round(right) - 0.5, floor);
    }

    /** The pinned instant and the one under the mouse, as in the lanes. */
    void paintCursors(TimelineModel.@Nullable Instant pinned, TimelineModel.@Nullable Instant hovered) {
        if (pinned != null) {
            g.setStroke(palette.accent());
            paintCursor(pinned);
        }
        if (hovered != null) {
            g.setStroke(palette.text());
            g.setGlobalAlpha(0.55);
            paintCursor(hovered);
            g.setGlobalAlpha(1);
        }
    }

    private void paintCursor(TimelineModel.Instant at) {
        double x = Math.floor(viewport.pxOf(at.ns())) + 0.5;
        g.strokeLine(x, 0, x, floor);
    }

    void paintUnused(double width) {
        g.setFill(palette.muted());
        g.fillText(Texts.fitting(shown.unused(), Texts.SMALL, width - 12), 6, floor + FOOT / 2);
    }
}

package io.threadlens.view.cores;

import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.theme.Palette;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/** A thread's way from core to core: a frame around where it is, lines to where it was before and went after. */
final class CoreMarks {
    private CoreMarks() {}

    static void paint(
            GraphicsContext g,
            CoreFrame frame,
            double top,
            CoreTimes.Slice slice,
            CoreTimes.@Nullable Slice before,
            CoreTimes.@Nullable Slice after) {
        Palette palette = frame.request().palette();
        Viewport viewport = frame.request().viewport();
        double middle = middle(frame, top, slice.core());
        double from = Math.clamp(viewport.pxOf(slice.startNs()), -2, viewport.width() + 2);
        double to = Math.clamp(viewport.pxOf(slice.endNs()), -2, viewport.width() + 2);
        g.setStroke(palette.text());
        g.setLineWidth(1.5);
        g.strokeRect(from, middle - CoreFrame.ROW / 2.0 + 1.5, Math.max(1, to - from), CoreFrame.ROW - 3);
        g.setFill(palette.text());
        if (before != null) {
            paintWay(g, viewport.pxOf(before.endNs()), middle(frame, top, before.core()), viewport.pxOf(slice.startNs()), middle);
        }
        if (after != null) {
            paintWay(g, viewport.pxOf(slice.endNs()), middle, viewport.pxOf(after.startNs()), middle(frame, top, after.core()));
        }
        g.setLineWidth(1);
    }

    private static void paintWay(GraphicsContext g, double x1, double y1, double x2, double y2) {
        g.strokeLine(x1, y1, x2, y2);
        g.fillOval(x1 - 3, y1 - 3, 6, 6);
        g.fillOval(x2 - 3, y2 - 3, 6, 6);
    }

    /** The middle of a core's row, which may be scrolled off. */
    private static double middle(CoreFrame frame, double top, int core) {
        int row = frame.used().indexOf(core) - frame.request().firstRow();
        return top + (row + 0.5) * CoreFrame.ROW;
    }
}

package io.threadlens.view.lanes;

import io.threadlens.timeline.LaneLayout;
import java.util.function.Consumer;
import javafx.scene.canvas.GraphicsContext;

/** Paints something for every lane of a picture, so that lanes that scroll do not show through the pinned ones. */
final class VisibleRows {
    private VisibleRows() {}

    static void paint(GraphicsContext g, TimelineFrame frame, double width, double height, Consumer<TimelineFrame.Row> painter) {
        LaneLayout layout = frame.request().layout();
        int stuck = layout.stuck();
        double edge = layout.stuckHeight();
        g.save();
        if (stuck > 0) {
            g.beginPath();
            g.rect(0, edge, width, Math.max(0, height - edge));
            g.clip();
        }
        frame.rows().stream().filter(row -> row.row() >= stuck).forEach(painter);
        g.restore();
        frame.rows().stream().filter(row -> row.row() < stuck).forEach(painter);
        if (stuck > 0) {
            g.setFill(frame.request().palette().line());
            g.fillRect(0, edge - LaneLayout.SEPARATOR + 1, width, 1);
        }
    }
}

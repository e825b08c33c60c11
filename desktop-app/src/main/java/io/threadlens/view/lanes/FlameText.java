package io.threadlens.view.lanes;

import io.threadlens.model.Frame;
import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** The words on the calls of an opened lane. */
final class FlameText {
    private static final double PADDING = 4;
    private static final double NARROWEST = 28;

    private FlameText() {}

    static void paint(GraphicsContext g, TimelineFrame frame, TimelineFrame.Row row, double width) {
        FlameChart chart = row.content().calls();
        if (chart == null) {
            return;
        }
        Palette palette = frame.request().palette();
        double top = frame.request().layout().top(row.row()) + LaneRows.LANE_HEIGHT - LanePainter.INSET;
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        if (chart.tooMany()) {
            g.setFill(palette.muted());
            g.fillText(
                    "Zoom in to see calls: there are more than " + TimeFormat.count(FlameChart.MOST_RUNS) + " runs here",
                    10,
                    top + LaneRows.CALL_HEIGHT);
            return;
        }
        for (FlameChart.Box box : chart.boxes()) {
            double left = Math.max(0, box.startPx());
            double room = Math.min(width, box.endPx()) - left - 2 * PADDING;
            if (room < NARROWEST) {
                continue;
            }
            double middle = top + (box.depth() + 0.5) * LaneRows.CALL_HEIGHT + 0.5;
            String text = Texts.fitting(text(box), Texts.SMALL, room);
            if (box.call() == null) {
                // A plain ground under the word, as in the lanes.
                g.setFill(palette.background());
                g.fillRect(left + PADDING - 2, middle - 6, Texts.width(text, Texts.SMALL) + 4, 12);
            }
            g.setFill(box.call() == null ? palette.muted() : palette.text());
            g.fillText(text, left + PADDING, middle);
        }
    }

    private static String text(FlameChart.Box box) {
        Frame call = box.call();
        return switch (box.kind()) {
            case CALL -> call == null || call.function() == null ? "?" : call.function();
            case TRIMMED -> "trimmed";
            case UNKNOWN -> "stack not known";
        };
    }
}

package io.threadlens.view.lanes;

import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** The second instant, and how far it is from the first. */
final class Cursors {
    private static final double BAR = 11;
    private static final double TAG = 17;

    private Cursors() {}

    static void paintSecond(GraphicsContext g, TimelineFrame frame, long firstNs, long secondNs, double width, double height) {
        Palette palette = frame.request().palette();
        Viewport viewport = frame.request().viewport();
        double first = viewport.pxOf(firstNs);
        double second = Math.floor(viewport.pxOf(secondNs)) + 0.5;
        g.setStroke(palette.accent());
        g.setLineWidth(1.5);
        g.setLineDashes(5, 4);
        g.strokeLine(second, 0, second, height);
        g.setLineDashes();
        double left = Math.max(0, Math.min(first, second));
        double right = Math.min(width, Math.max(first, second));
        if (left < right) {
            g.strokeLine(left, BAR, right, BAR);
            String text = TimeFormat.length(Math.abs(secondNs - firstNs)) + (secondNs < firstNs ? " before" : " later");
            double box = Texts.width(text, Texts.SMALL) + 12;
            // Beside the line where it is too short to carry the words.
            double x = box + 8 <= right - left ? (left + right - box) / 2 : right + 6 + box <= width ? right + 6 : Math.max(0, left - 6 - box);
            g.setFill(palette.accent());
            g.fillRoundRect(x, BAR - TAG / 2, box, TAG, 6, 6);
            g.setFill(palette.background());
            g.setFont(Texts.SMALL);
            g.setTextBaseline(VPos.CENTER);
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(text, x + 6, BAR);
        }
        g.setLineWidth(1);
    }
}

package io.threadlens.view.compare;

import io.threadlens.view.theme.Palette;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** How the two sides look wherever they are drawn over each other: a is filled, b an outline. */
final class SidePaint {
    /** Pixels. */
    static final double OUTLINE = 2;

    private SidePaint() {}

    static Color ofA(Palette palette) {
        return palette.muted().interpolate(palette.background(), 0.55);
    }

    static Color ofB(Palette palette) {
        return palette.accent();
    }

    static void barA(GraphicsContext g, Palette palette, double x, double y, double width, double height) {
        g.setFill(ofA(palette));
        g.fillRect(x, y, width, height);
    }

    static void barB(GraphicsContext g, Palette palette, double x, double y, double width, double height) {
        g.setFill(palette.accent(0.14));
        g.fillRect(x, y, width, height);
        g.setStroke(ofB(palette));
        g.setLineWidth(OUTLINE);
        g.strokeRect(x + OUTLINE / 2, y + OUTLINE / 2, Math.max(0, width - OUTLINE), Math.max(0, height - OUTLINE));
        g.setLineWidth(1);
    }
}

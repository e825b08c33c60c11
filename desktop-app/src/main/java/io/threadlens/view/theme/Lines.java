package io.threadlens.view.theme;

import javafx.scene.canvas.GraphicsContext;

/**
 * Straight lines one pixel wide, in the fill colour. Filled and not stroked: without a graphics card JavaFX strokes a line by way of its outline, at many times
 * the cost, and the timeline has some forty lines in each picture.
 */
public final class Lines {
    private static final double DASH = 4;

    private Lines() {}

    /** From left to right, in the pixels that {@code y} is in. */
    public static void across(GraphicsContext g, double from, double to, double y) {
        g.fillRect(from, Math.floor(y), to - from, 1);
    }

    /** From top to bottom, in the pixels that {@code x} is in. */
    public static void down(GraphicsContext g, double x, double from, double to) {
        g.fillRect(Math.floor(x), from, 1, to - from);
    }

    /** The same as {@link #across}, dashed. */
    public static void dashesAcross(GraphicsContext g, double from, double to, double y) {
        for (double x = from; x < to; x += 2 * DASH) {
            across(g, x, Math.min(to, x + DASH), y);
        }
    }
}

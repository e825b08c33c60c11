package io.threadlens.view.theme;

import javafx.scene.paint.Color;

/**
 * A colour for every thread, the same wherever it is shown. The hues differ also for those who tell red and green apart badly; threads of one hue
 * differ by their pattern, and where there is room the name says who it is.
 */
public final class ThreadColours {
    private static final Color[] HUES = {
        Color.web("#3b7dd8"),
        Color.web("#e8963a"),
        Color.web("#2fa58a"),
        Color.web("#c2569f"),
        Color.web("#8fc7ee"),
        Color.web("#c9502b"),
        Color.web("#e4cf45"),
    };
    /** Patterns repeat after so many pixels in each direction. */
    private static final int TILE = 8;
    private static final int PATTERNS = 4;
    private static final int[][] TILES = new int[HUES.length * PATTERNS][TILE * TILE];

    static {
        for (int i = 0; i < TILES.length; i++) {
            Color plain = HUES[i % HUES.length];
            for (int at = 0; at < TILE * TILE; at++) {
                boolean drawn = hasPattern(i / HUES.length, at % TILE, at / TILE);
                TILES[i][at] = Palette.argb(drawn ? plain.interpolate(Color.BLACK, 0.3) : plain);
            }
        }
    }

    private ThreadColours() {}

    public static Color of(int thread) {
        return HUES[thread % HUES.length];
    }

    /** A colour to write with on a stretch of a thread. */
    public static Color textOn(int thread) {
        Color ground = of(thread);
        double light = 0.3 * ground.getRed() + 0.59 * ground.getGreen() + 0.11 * ground.getBlue();
        return light > 0.55 ? Color.web("#1f2328") : Color.WHITE;
    }

    /** The colour of a pixel in a stretch of a thread, {@code x} and {@code y} not negative. */
    public static int argb(int thread, int x, int y) {
        return TILES[thread % TILES.length][y % TILE * TILE + x % TILE];
    }

    private static boolean hasPattern(int pattern, int x, int y) {
        return switch (pattern) {
            case 1 -> Math.floorMod(x + y, TILE) < 2;
            case 2 -> Math.floorMod(x - y, TILE) < 2;
            case 3 -> x % 4 == 1 && y % 4 == 1;
            default -> false;
        };
    }
}

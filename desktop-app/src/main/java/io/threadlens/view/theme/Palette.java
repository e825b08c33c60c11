package io.threadlens.view.theme;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.paint.Color;

/**
 * Every colour that is painted rather than styled, and the pattern that goes with each state, so that no two states differ by colour
 * alone: stripes rise for a lock, fall for the GIL, stand for a pause, lie for native code, runnable is dotted, unknown is hatched.
 */
public final class Palette {
    public static final Palette LIGHT = new Palette(
            "#ffffff", "#f6f8fa", "#1f2328", "#59636e", "#d1d9e0", "#0969da",
            Map.of(
                    ThreadState.RUNNING, "#2f9e50",
                    ThreadState.NATIVE, "#1a9a9a",
                    ThreadState.RUNNABLE, "#e8b923",
                    ThreadState.LOCK, "#dc3a40",
                    ThreadState.SIGNAL, "#a9b9cc",
                    ThreadState.GIL, "#8f1f33",
                    ThreadState.PAUSED, "#c43fa0",
                    ThreadState.IO, "#8a5fd6",
                    ThreadState.IDLE, "#e3e8ed",
                    ThreadState.UNKNOWN, "#f3f5f7"),
            "#b4bcc5", false);

    public static final Palette DARK = new Palette(
            "#0d1117", "#161b22", "#e6edf3", "#8d96a0", "#30363d", "#4493f8",
            Map.of(
                    ThreadState.RUNNING, "#3aa655",
                    ThreadState.NATIVE, "#2aa8a4",
                    ThreadState.RUNNABLE, "#d9ac32",
                    ThreadState.LOCK, "#ee4b50",
                    ThreadState.SIGNAL, "#52667e",
                    ThreadState.GIL, "#a02c42",
                    ThreadState.PAUSED, "#d35cb3",
                    ThreadState.IO, "#9a72e6",
                    ThreadState.IDLE, "#262d36",
                    ThreadState.UNKNOWN, "#161b22"),
            "#4a525c", true);

    /** After the hues of Okabe and Ito, in steps of lightness, so that states differ for every kind of colour vision. */
    public static final Palette LIGHT_SAFE = new Palette(
            "#ffffff", "#f6f8fa", "#1f2328", "#59636e", "#d1d9e0", "#0969da",
            Map.of(
                    ThreadState.RUNNING, "#009e73",
                    ThreadState.NATIVE, "#56b4e9",
                    ThreadState.RUNNABLE, "#f0e442",
                    ThreadState.LOCK, "#d55e00",
                    ThreadState.SIGNAL, "#a9b9cc",
                    ThreadState.GIL, "#5c2400",
                    ThreadState.PAUSED, "#cc79a7",
                    ThreadState.IO, "#0072b2",
                    ThreadState.IDLE, "#e3e8ed",
                    ThreadState.UNKNOWN, "#f3f5f7"),
            "#b4bcc5", false);

    public static final Palette DARK_SAFE = new Palette(
            "#0d1117", "#161b22", "#e6edf3", "#8d96a0", "#30363d", "#4493f8",
            Map.of(
                    ThreadState.RUNNING, "#009e73",
                    ThreadState.NATIVE, "#56b4e9",
                    ThreadState.RUNNABLE, "#f0e442",
                    ThreadState.LOCK, "#d55e00",
                    ThreadState.SIGNAL, "#52667e",
                    ThreadState.GIL, "#7a3300",
                    ThreadState.PAUSED, "#cc79a7",
                    ThreadState.IO, "#0072b2",
                    ThreadState.IDLE, "#262d36",
                    ThreadState.UNKNOWN, "#161b22"),
            "#4a525c", true);

    /** Patterns repeat after so many pixels in each direction. */
    private static final int TILE = 8;

    private final Color background;
    private final Color subtle;
    private final Color text;
    private final Color muted;
    private final Color line;
    private final Color accent;
    private final Map<ThreadState, Color> states = new EnumMap<>(ThreadState.class);
    private final Color hatch;
    private final boolean dark;

    private Palette(
            String background,
            String subtle,
            String text,
            String muted,
            String line,
            String accent,
            Map<ThreadState, String> states,
            String hatch,
            boolean dark) {
        this.background = Color.web(background);
        this.subtle = Color.web(subtle);
        this.text = Color.web(text);
        this.muted = Color.web(muted);
        this.line = Color.web(line);
        this.accent = Color.web(accent);
        states.forEach((state, web) -> this.states.put(state, Color.web(web)));
        this.hatch = Color.web(hatch);
        this.dark = dark;
    }

    public Color background() {
        return background;
    }

    /** A background that stands out a little. */
    public Color subtle() {
        return subtle;
    }

    public Color text() {
        return text;
    }

    public Color muted() {
        return muted;
    }

    public Color line() {
        return line;
    }

    /** What is not of the recorded program. */
    public Color others() {
        return hatch;
    }

    public Color accent() {
        return accent;
    }

    public Color accent(double opacity) {
        return Color.color(accent.getRed(), accent.getGreen(), accent.getBlue(), opacity);
    }

    public Color of(ThreadState state) {
        return states.get(state);
    }

    /** A colour to write with on a stretch of a state. */
    public Color textOn(ThreadState state) {
        return switch (state) {
            case IDLE, UNKNOWN -> muted;
            case SIGNAL -> dark ? Color.web("#e6edf3") : Color.web("#24303d");
            case RUNNABLE -> Color.web("#2b2300");
            default -> Color.WHITE;
        };
    }

    /**
     * Colours and patterns for a raster.
     *
     * @param scale  device pixels per pixel: a pattern is as coarse on any screen
     * @param offset by how many device pixels the lanes are moved to the left, so that the pattern moves with them
     */
    public LaneRaster.Paint raster(int scale, long offset) {
        int[] plain = new int[ThreadState.COUNT];
        int[] drawn = new int[ThreadState.COUNT];
        for (ThreadState state : ThreadState.values()) {
            plain[state.code()] = argb(of(state));
            drawn[state.code()] = argb(patternOf(state));
        }
        return new LaneRaster.Paint(
                TILE * scale, offset, (state, x, y) -> (hasPattern(state, x / scale, y / scale) ? drawn : plain)[state.code()]);
    }

    private Color patternOf(ThreadState state) {
        return switch (state) {
            case UNKNOWN -> hatch;
            case NATIVE, GIL, PAUSED -> of(state).interpolate(Color.WHITE, 0.28);
            default -> of(state).interpolate(Color.BLACK, 0.22);
        };
    }

    private static boolean hasPattern(ThreadState state, int x, int y) {
        return switch (state) {
            case LOCK -> (x + y) % TILE < 2;
            case GIL -> Math.floorMod(x - y, TILE) < 2;
            case PAUSED -> x % 4 == 0;
            case NATIVE -> y % 4 == 1;
            case RUNNABLE -> x % 4 == 1 && y % 4 == 1;
            case UNKNOWN -> (x + y) % 4 == 0;
            default -> false;
        };
    }

    /** The colour most of a stretch of a state has in a raster. */
    public int argb(ThreadState state) {
        return argb(of(state));
    }

    /** A colour as a pixel that nothing shines through. */
    public static int argb(Color color) {
        return 0xff000000
                | (int) Math.round(color.getRed() * 255) << 16
                | (int) Math.round(color.getGreen() * 255) << 8
                | (int) Math.round(color.getBlue() * 255);
    }
}

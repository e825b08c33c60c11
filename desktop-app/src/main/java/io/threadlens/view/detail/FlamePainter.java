package io.threadlens.view.detail;

import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.StatePatterns;
import io.threadlens.view.theme.Texts;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * Paints the boxes of a flame graph. A box is divided as its time is among the states, work to the left and contention to the right: pale under the name, in full
 * colour and with its pattern along its foot. With a search, what does not match steps back.
 */
final class FlamePainter {
    static final double ROW = 21;
    /** Between boxes. */
    private static final double GAP = 1;

    private static final double FOOT = 4;
    private static final double PADDING = 5;
    private static final double NARROWEST_WITH_TEXT = 26;
    private static final double GROUND = 0.35;
    private static final double PALE = 0.2;
    /** How much of what does not match is left. */
    private static final double FAINT = 0.3;

    private final GraphicsContext g;
    private final Palette palette;
    private final StatePatterns patterns;
    private final Measure measure;
    private final String search;
    private final String everything;
    private final Map<Function, Boolean> matches = new HashMap<>();

    /**
     * @param search     what is looked for; empty for nothing
     * @param everything what is written in the box of everything
     */
    FlamePainter(GraphicsContext g, Palette palette, Measure measure, String search, String everything) {
        this.g = g;
        this.palette = palette;
        patterns = new StatePatterns(palette);
        this.measure = measure;
        this.search = search;
        this.everything = everything;
        g.setTextBaseline(VPos.CENTER);
    }

    void paint(FlameLayout.Box box, double y) {
        @Nullable Function function = box.node().function();
        boolean match = function != null && !search.isEmpty() && matches.computeIfAbsent(function, f -> f.matches(search));
        boolean faint = !search.isEmpty() && !match;
        double left = Math.round(box.x());
        double width = Math.max(1, Math.round(box.x() + box.width()) - left - GAP);
        paintStates(measure.part(box.node().times()), box.time(), left, y, width, faint);
        if (match) {
            g.setStroke(palette.accent());
            g.setLineWidth(1);
            g.strokeRect(left + 0.5, y + 0.5, Math.max(0, width - 1), ROW - GAP - 1);
        }
        if (width >= NARROWEST_WITH_TEXT) {
            paintName(function, match, faint, left, y, width);
        }
    }

    private void paintStates(long[] times, long whole, double x, double y, double width, boolean faint) {
        double height = ROW - GAP;
        long before = 0;
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            long time = times[state.code()];
            if (time > 0) {
                double from = x + Math.round(width * before / whole);
                double to = x + Math.round(width * (before + time) / whole);
                g.setFill(pale(state, faint ? PALE * FAINT : PALE));
                g.fillRect(from, y, to - from, height);
                g.setFill(patterns.of(state));
                g.setGlobalAlpha(faint ? FAINT : 1);
                g.fillRect(from, y + height - FOOT, to - from, FOOT);
                g.setGlobalAlpha(1);
            }
            before += time;
        }
    }

    /** A state's colour on the ground that every box has: waiting that is nobody's fault is as pale as the ground, and is seen all the same. */
    private Color pale(ThreadState state, double strength) {
        return palette.background().interpolate(palette.line(), GROUND).interpolate(palette.of(state), strength);
    }

    private void paintName(@Nullable Function function, boolean match, boolean faint, double x, double y, double width) {
        double middle = y + (ROW - GAP - FOOT) / 2 + 0.5;
        double room = width - 2 * PADDING;
        Font font = match || function == null ? Texts.BOLD : Texts.BODY;
        String name = Texts.fitting(function == null ? everything : Calls.function(function.frame()), font, room);
        g.setFont(font);
        g.setFill(faint || function != null && function.isLibrary() ? palette.muted() : palette.text());
        g.fillText(name, x + PADDING, middle);
        if (function == null || name.endsWith("…")) {
            return;
        }
        Frame frame = function.frame();
        String place = Calls.place(frame.file(), frame.line());
        double nameWidth = Texts.width(name, font);
        if (nameWidth + 2 * PADDING + Texts.width(place, Texts.SMALL) <= room) {
            g.setFont(Texts.SMALL);
            g.setFill(palette.muted());
            g.fillText(place, x + PADDING + nameWidth + 2 * PADDING, middle);
        }
    }

    /** What is too narrow, as one stretch. */
    void paint(FlameLayout.Fold fold, double y) {
        double left = Math.round(fold.x());
        double right = Math.round(fold.x() + fold.width()) - GAP;
        g.setFill(palette.line());
        for (double x = left; x < right; x += 3) {
            g.fillRect(x, y, 1, ROW - GAP);
        }
    }

    /** A frame around a box. */
    static void mark(GraphicsContext g, FlameLayout.Box box, double y, Color colour, double strength) {
        double left = Math.round(box.x());
        double width = Math.max(1, Math.round(box.x() + box.width()) - left - GAP);
        g.setStroke(colour);
        g.setLineWidth(strength);
        g.strokeRect(left + strength / 2, y + strength / 2, Math.max(0, width - strength), ROW - GAP - strength);
    }
}

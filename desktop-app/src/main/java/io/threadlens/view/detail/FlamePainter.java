package io.threadlens.view.detail;

import io.threadlens.analysis.CallPlace;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/** Paints the boxes of a flame graph. With a search, what does not match steps back. */
public abstract class FlamePainter<N extends CallPlace<N>> {
    static final double ROW = 21;
    /** Between boxes. */
    private static final double GAP = 1;
    /** Of a box, without the gap below it. */
    protected static final double HEIGHT = ROW - GAP;
    /** The strip along a box that is in full colour. */
    protected static final double FOOT = 4;

    private static final double PADDING = 5;
    private static final double NARROWEST_WITH_TEXT = 26;
    private static final double GROUND = 0.35;
    /** How much of a colour is under a name. */
    protected static final double PALE = 0.2;
    /** How much of what does not match is left. */
    protected static final double FAINT = 0.3;

    private final GraphicsContext g;
    private final Palette palette;
    private final String search;
    private final String everything;
    private final Map<Function, Boolean> matches = new HashMap<>();

    /**
     * @param search     what is looked for; empty for nothing
     * @param everything what is written in the box of everything
     */
    protected FlamePainter(GraphicsContext g, Palette palette, String search, String everything) {
        this.g = g;
        this.palette = palette;
        this.search = search;
        this.everything = everything;
        g.setTextBaseline(VPos.CENTER);
    }

    /** Paints what is under the name. */
    protected abstract void paintGround(FlameLayout.Box<N> box, double x, double y, double width, boolean faint);

    /** What is written after the name where there is room; empty for nothing. */
    protected abstract String note(FlameLayout.Box<N> box);

    /** The colour of what is not to be read first: names of the library, and notes. */
    protected Color quiet() {
        return palette.muted();
    }

    final void paint(FlameLayout.Box<N> box, double y) {
        @Nullable Function function = box.node().function();
        boolean match = function != null && !search.isEmpty() && matches.computeIfAbsent(function, f -> f.matches(search));
        boolean faint = !search.isEmpty() && !match;
        double left = Math.round(box.x());
        double width = Math.max(1, Math.round(box.x() + box.width()) - left - GAP);
        paintGround(box, left, y, width, faint);
        if (match) {
            g.setStroke(palette.accent());
            g.setLineWidth(1);
            g.strokeRect(left + 0.5, y + 0.5, Math.max(0, width - 1), HEIGHT - 1);
        }
        if (width >= NARROWEST_WITH_TEXT) {
            paintName(box, match, faint, left, y, width);
        }
    }

    /** A colour on the ground that every box has, so that one that is as pale as the ground is seen all the same. */
    public static Color onGround(Palette palette, Color colour, double strength) {
        return palette.background().interpolate(palette.line(), GROUND).interpolate(colour, strength);
    }

    private void paintName(FlameLayout.Box<N> box, boolean match, boolean faint, double x, double y, double width) {
        @Nullable Function function = box.node().function();
        double middle = y + (HEIGHT - FOOT) / 2 + 0.5;
        double room = width - 2 * PADDING;
        Font font = match || function == null ? Texts.BOLD : Texts.BODY;
        String name = Texts.fitting(function == null ? everything : Calls.function(function.frame()), font, room);
        g.setFont(font);
        Color quiet = faint ? palette.muted() : quiet();
        g.setFill(faint || function != null && function.isLibrary() ? quiet : palette.text());
        g.fillText(name, x + PADDING, middle);
        String note = name.endsWith("…") ? "" : note(box);
        double nameWidth = Texts.width(name, font);
        if (!note.isEmpty() && nameWidth + 2 * PADDING + Texts.width(note, Texts.SMALL) <= room) {
            g.setFont(Texts.SMALL);
            g.setFill(quiet);
            g.fillText(note, x + PADDING + nameWidth + 2 * PADDING, middle);
        }
    }

    /** What is too narrow, as one stretch. */
    final void paint(FlameLayout.Fold fold, double y) {
        double left = Math.round(fold.x());
        double right = Math.round(fold.x() + fold.width()) - GAP;
        g.setFill(palette.line());
        for (double x = left; x < right; x += 3) {
            g.fillRect(x, y, 1, HEIGHT);
        }
    }

    /** A frame around a box. */
    static void mark(GraphicsContext g, FlameLayout.Box<?> box, double y, Color colour, double strength) {
        double left = Math.round(box.x());
        double width = Math.max(1, Math.round(box.x() + box.width()) - left - GAP);
        g.setStroke(colour);
        g.setLineWidth(strength);
        g.strokeRect(left + strength / 2, y + strength / 2, Math.max(0, width - strength), HEIGHT - strength);
    }
}

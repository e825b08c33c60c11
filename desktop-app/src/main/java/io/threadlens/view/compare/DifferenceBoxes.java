package io.threadlens.view.compare;

import io.threadlens.analysis.FlameLayout;
import io.threadlens.comparison.DifferenceNode;
import io.threadlens.view.detail.FlamePainter;
import io.threadlens.view.theme.DifferenceColours;
import io.threadlens.view.theme.Palette;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/**
 * Boxes in the colours of a difference: the stronger, the more times as much or as little it is. Along the foot of what became more is a line, of what became less
 * dashes, of what stayed nothing; the figure is beside the name.
 */
final class DifferenceBoxes extends FlamePainter<DifferenceNode> {
    /** How much of the colour is under the name of what has doubled: it is still easy to read. */
    private static final double STRONGEST = 0.55;

    private static final double DASH = 4;

    private final GraphicsContext g;
    private final Palette palette;
    private final DifferenceGraph.Question question;

    DifferenceBoxes(GraphicsContext g, Palette palette, DifferenceGraph.Question question, String search) {
        super(g, palette, search, "everything");
        this.g = g;
        this.palette = palette;
        this.question = question;
    }

    @Override
    protected void paintGround(FlameLayout.Box<DifferenceNode> box, double x, double y, double width, boolean faint) {
        paint(g, palette, question.change(box.node().times()).strength(), x, y, width, HEIGHT, faint ? FAINT : 1);
    }

    /**
     * Paints a strength of a difference, from −1 to 1.
     *
     * @param left how much of it is left where it steps back; 1 for all
     */
    static void paint(GraphicsContext g, Palette palette, double strength, double x, double y, double width, double height, double left) {
        Color colour = DifferenceColours.of(palette, strength > 0);
        g.setFill(onGround(palette, colour, left * STRONGEST * Math.abs(strength)));
        g.fillRect(x, y, width, height);
        g.setFill(colour);
        g.setGlobalAlpha(left);
        double step = strength > 0 ? DASH : 2 * DASH;
        for (double dash = x; strength != 0 && dash < x + width; dash += step) {
            g.fillRect(dash, y + height - FOOT, Math.min(DASH, x + width - dash), FOOT);
        }
        g.setGlobalAlpha(1);
    }

    @Override
    protected String note(FlameLayout.Box<DifferenceNode> box) {
        return DifferenceWords.figure(question.change(box.node().times()), question.by());
    }

    /** Quiet writing would not be read on a strong colour. */
    @Override
    protected Color quiet() {
        return palette.text();
    }
}

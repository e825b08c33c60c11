package io.threadlens.view.compare;

import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/** Two histograms of busy cores over each other: a filled, b an outline, each with its mean, and the number that would be ideal. */
final class BusyChart extends PixelCanvas {
    private static final double LEFT = 52;
    private static final double RIGHT = 16;
    private static final double LINE = 15;
    private static final double LEAST_HEIGHT = 130;
    private static final double WIDEST_SLOT = 220;
    /** Narrower than this, the bars have no gaps between them, and b's outline is a flight of stairs. */
    private static final double ROOM_FOR_GAPS = 12;
    private static final double GAP = 4;
    /** What two shares need below a bar. */
    private static final double ROOM_FOR_SHARES = 52;
    /** Pixels between numbers on the axes. */
    private static final double NUMBER_EVERY = 26;
    private static final double LINE_EVERY = 26;

    private final BusyShares shares;
    private final IntConsumer onPoint;
    /** Kept here, held weakly by the theme: a chart that is gone is not painted. */
    private final InvalidationListener repaint = o -> repaint();
    private boolean inSeconds;
    private int pointed = -1;
    private int focused;

    /** @param onPoint is told of the number of cores that is pointed at, −1 of none */
    BusyChart(BusyShares shares, int scale, IntConsumer onPoint) {
        super(scale);
        this.shares = shares;
        this.onPoint = onPoint;
        setId("busy-chart");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Busy cores of both sides");
        setOnMouseMoved(e -> point(slotAt(e.getX())));
        setOnMouseExited(e -> point(-1));
        setOnMousePressed(e -> {
            requestFocus();
            focus(slotAt(e.getX()));
        });
        setOnKeyPressed(this::key);
        focusedProperty().addListener(o -> told());
        Theme.current().addListener(new WeakInvalidationListener(repaint));
        setMinHeight(LEAST_HEIGHT);
        setMinWidth(0);
    }

    /** Seconds instead of shares of the time. */
    void showSeconds(boolean seconds) {
        inSeconds = seconds;
        repaint();
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case LEFT -> focus(focused - 1);
            case RIGHT -> focus(focused + 1);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void focus(int slot) {
        focused = Math.clamp(slot, 0, shares.numbers() - 1);
        told();
    }

    private void point(int slot) {
        if (slot != pointed) {
            pointed = slot;
            told();
        }
    }

    private int marked() {
        return pointed >= 0 ? pointed : isFocused() ? focused : -1;
    }

    private void told() {
        if (marked() >= 0) {
            setAccessibleText(shares.words(marked()));
        }
        onPoint.accept(marked());
        repaint();
    }

    private int slotAt(double x) {
        int slot = (int) Math.floor((x - LEFT) / slot(getWidth()));
        return slot >= 0 && slot < shares.numbers() ? slot : -1;
    }

    private double slot(double width) {
        return Math.max(1, Math.min(WIDEST_SLOT, (width - LEFT - RIGHT) / shares.numbers()));
    }

    private double a(int busy) {
        return inSeconds ? shares.a().get(busy) : shares.shareA(busy);
    }

    private double b(int busy) {
        return inSeconds ? shares.b().get(busy) : shares.shareB(busy);
    }

    // ---- painting

    /** Where things are in a picture, pixels. */
    private record Plot(double slot, double top, double bottom, Axis axis) {
        double y(double value) {
            return bottom - (bottom - top) * value / axis.end();
        }

        double x(double busy) {
            return LEFT + busy * slot;
        }
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Palette palette = Theme.current().get().palette();
        double slot = slot(width);
        boolean told = slot >= ROOM_FOR_SHARES;
        double bottom = height - (told ? 3 : 1) * LINE - 6;
        double most = 0;
        for (int busy = 0; busy < shares.numbers(); busy++) {
            most = Math.max(most, Math.max(a(busy), b(busy)));
        }
        List<Mark> marks = marks(palette, slot);
        double top = (marks.stream().mapToInt(Mark::line).max().orElse(0) + 1) * LINE + 4;
        Plot plot = new Plot(slot, top, bottom, Axis.of(most, (int) ((bottom - top) / LINE_EVERY)));
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        if (marked() >= 0) {
            g.setFill(palette.subtle());
            g.fillRect(plot.x(marked()), top, slot, height - top);
        }
        axis(g, palette, plot);
        for (int busy = 0; busy < shares.numbers(); busy++) {
            double gap = slot >= ROOM_FOR_GAPS ? GAP : 0;
            SidePaint.barA(g, palette, plot.x(busy) + gap, plot.y(a(busy)), slot - 2 * gap, bottom - plot.y(a(busy)));
        }
        outline(g, palette, plot);
        numbers(g, palette, plot, told);
        marks.forEach(mark -> mark(g, palette, plot, mark));
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void axis(GraphicsContext g, Palette palette, Plot plot) {
        g.setTextAlign(TextAlignment.RIGHT);
        double right = plot.x(shares.numbers());
        for (int line = 0; line <= plot.axis().lines(); line++) {
            double value = plot.axis().at(line);
            g.setFill(palette.line());
            Lines.across(g, LEFT, right, Math.min(plot.bottom(), plot.y(value)));
            g.setFill(palette.muted());
            g.fillText(inSeconds ? Numbers.seconds(value) : Math.round(100 * value) + " %", LEFT - 6, plot.y(value));
        }
    }

    private void outline(GraphicsContext g, Palette palette, Plot plot) {
        if (plot.slot() >= ROOM_FOR_GAPS) {
            for (int busy = 0; busy < shares.numbers(); busy++) {
                if (b(busy) > 0) {
                    SidePaint.barB(g, palette, plot.x(busy) + GAP, plot.y(b(busy)), plot.slot() - 2 * GAP, plot.bottom() - plot.y(b(busy)));
                }
            }
            return;
        }
        g.setStroke(SidePaint.ofB(palette));
        g.setLineWidth(SidePaint.OUTLINE);
        g.beginPath();
        g.moveTo(plot.x(0), plot.bottom());
        for (int busy = 0; busy < shares.numbers(); busy++) {
            g.lineTo(plot.x(busy), plot.y(b(busy)));
            g.lineTo(plot.x(busy + 1), plot.y(b(busy)));
        }
        g.lineTo(plot.x(shares.numbers()), plot.bottom());
        g.stroke();
        g.setLineWidth(1);
    }

    private void numbers(GraphicsContext g, Palette palette, Plot plot, boolean told) {
        g.setTextAlign(TextAlignment.CENTER);
        int every = (int) Math.max(1, Axis.of(shares.numbers(), (int) Math.max(1, plot.slot() * shares.numbers() / NUMBER_EVERY)).step());
        for (int busy = 0; busy < shares.numbers(); busy += every) {
            double x = plot.x(busy + 0.5);
            g.setFill(palette.text());
            g.fillText(Integer.toString(busy), x, plot.bottom() + LINE / 2 + 3);
            if (told) {
                g.setFill(palette.muted());
                g.fillText("a " + Numbers.percent(shares.shareA(busy)), x, plot.bottom() + 1.5 * LINE + 3);
                g.fillText("b " + Numbers.percent(shares.shareB(busy)), x, plot.bottom() + 2.5 * LINE + 3);
            }
        }
    }

    /**
     * A number of cores with its name.
     *
     * @param x      pixels
     * @param onLeft whether the name is left of it, for want of room on the other side
     * @param line   of those above the bars
     */
    private record Mark(String text, double x, boolean onLeft, Color color, boolean dashed, int line) {
        double from() {
            return onLeft ? x - 10 - Texts.width(text, Texts.BOLD) : x - 6;
        }

        double to() {
            return onLeft ? x + 6 : x + 10 + Texts.width(text, Texts.BOLD);
        }

        boolean meets(Mark other) {
            return line == other.line && from() < other.to() && other.from() < to();
        }
    }

    /** Each in the first line that has room for it. */
    private List<Mark> marks(Palette palette, double slot) {
        List<Mark> marks = new ArrayList<>();
        add(marks, slot, shares.meanA(), "mean of A " + Numbers.number(shares.meanA()), palette.muted(), false);
        add(marks, slot, shares.meanB(), "mean of B " + Numbers.number(shares.meanB()), SidePaint.ofB(palette), false);
        add(marks, slot, shares.ideal(), "ideal " + shares.ideal(), palette.text(), true);
        return marks;
    }

    private void add(List<Mark> marks, double slot, double at, String text, Color color, boolean dashed) {
        double x = LEFT + (at + 0.5) * slot;
        boolean onLeft = x + 10 + Texts.width(text, Texts.BOLD) > getWidth();
        int line = 0;
        Mark mark = new Mark(text, x, onLeft, color, dashed, line);
        while (marks.stream().anyMatch(mark::meets)) {
            line++;
            mark = new Mark(text, x, onLeft, color, dashed, line);
        }
        marks.add(mark);
    }

    /** A line down through a number of cores, and above the bars what it is. */
    private static void mark(GraphicsContext g, Palette palette, Plot plot, Mark mark) {
        double x = mark.x();
        double y = mark.line() * LINE + LINE / 2;
        g.setFill(mark.color());
        if (mark.dashed()) {
            for (double from = y + 6; from < plot.bottom(); from += 6) {
                Lines.down(g, x, from, Math.min(plot.bottom(), from + 3));
            }
        } else {
            g.fillRect(Math.floor(x) - 1, y + 6, 2, plot.bottom() - y - 6);
        }
        g.fillPolygon(new double[] {x - 4, x + 4, x}, new double[] {y - 3, y - 3, y + 5}, 3);
        g.setFill(palette.text());
        g.setFont(Texts.BOLD);
        g.setTextAlign(mark.onLeft() ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.fillText(mark.text(), mark.onLeft() ? x - 6 : x + 6, y + 2);
    }
}

package io.threadlens.view.compare;

import io.threadlens.comparison.Estimate;
import io.threadlens.comparison.ScalingFit;
import io.threadlens.comparison.Sweep;
import io.threadlens.model.ThreadState;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * Throughput over the number of threads, a curve a configuration; of one of them, dashed, the laws that were fitted. Points that the laws were not fitted to are hollow.
 */
final class ScalingChart extends PixelCanvas {
    private static final double LEFT = 48;
    private static final double RIGHT = 70;
    private static final double TOP = 20;
    private static final double BOTTOM = 36;
    private static final double DOT = 4;
    /** What is above the highest point. */
    private static final double AIR = 1.15;
    private static final double LINE_EVERY = 36;
    private static final double NUMBER_EVERY = 40;
    /** A law is drawn in steps of so many pixels. */
    private static final double STEP = 3;

    private final List<ScalingView.Curve> curves;
    private final int cores;
    /** Kept here, held weakly by the theme: a chart that is gone is not painted. */
    private final InvalidationListener repaint = o -> repaint();
    private int front;

    ScalingChart(List<ScalingView.Curve> curves, int cores, int scale) {
        super(scale);
        this.curves = curves;
        this.cores = cores;
        front = curves.size() - 1;
        setId("scaling-chart");
        setMinHeight(150);
        setMinWidth(0);
        Theme.current().addListener(new WeakInvalidationListener(repaint));
    }

    /** Shows the laws of another curve. */
    void bringToFront(int curve) {
        front = curve;
        repaint();
    }

    private Stream<Sweep.At> points() {
        return curves.stream().flatMap(curve -> curve.sweep().curve().stream());
    }

    /** Where things are in a picture, pixels. */
    private record Plot(double right, double bottom, int threads, Axis axis) {
        double x(double count) {
            return threads == 1 ? LEFT : LEFT + (right - LEFT) * (count - 1) / (threads - 1);
        }

        double y(double throughput) {
            return bottom - (bottom - TOP) * throughput / axis.end();
        }
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Palette palette = Theme.current().get().palette();
        int threads = Math.max(2, points().mapToInt(Sweep.At::threads).max().orElse(2));
        double most = Math.max(2, AIR * points().mapToDouble(at -> at.throughput().high()).max().orElse(1));
        double bottom = height - BOTTOM;
        Plot plot = new Plot(Math.max(LEFT + 1, width - RIGHT), bottom, threads, Axis.of(most, (int) ((bottom - TOP) / LINE_EVERY)));
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        axes(g, palette, plot);
        cores(g, palette, plot);
        curve(g, plot, palette.muted(), count -> count, "ideal", new double[] {1, 3});
        ScalingFit fit = curves.get(front).sweep().fit();
        Color color = color(palette, front);
        ScalingFit.Amdahl amdahl = fit.amdahl();
        if (amdahl != null) {
            curve(g, plot, color, amdahl::throughput, "Amdahl", new double[] {8, 4});
        }
        ScalingFit.Universal universal = fit.universal();
        if (universal != null) {
            curve(g, plot, color, universal::throughput, "USL", new double[] {2, 4});
        }
        for (int i = 0; i < curves.size(); i++) {
            measured(g, palette, plot, i);
        }
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void axes(GraphicsContext g, Palette palette, Plot plot) {
        g.setTextAlign(TextAlignment.RIGHT);
        for (int line = 0; line <= plot.axis().lines(); line++) {
            double value = plot.axis().at(line);
            g.setFill(palette.line());
            Lines.across(g, LEFT, plot.right(), Math.min(plot.bottom(), plot.y(value)));
            g.setFill(palette.muted());
            g.fillText(value == Math.rint(value) ? Math.round(value) + "×" : Numbers.times(value), LEFT - 6, plot.y(value));
        }
        g.setTextAlign(TextAlignment.CENTER);
        g.setFill(palette.text());
        double last = Double.NEGATIVE_INFINITY;
        for (int count : points().mapToInt(Sweep.At::threads).distinct().sorted().toArray()) {
            double x = plot.x(count);
            if (x - last >= NUMBER_EVERY / 2) {
                g.fillText(Integer.toString(count), x, plot.bottom() + 10);
                last = x;
            }
        }
        g.setFill(palette.muted());
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText("threads", plot.right() + 14, plot.bottom() + 10);
        g.fillText("throughput, one thread is 1×", LEFT, 8);
    }

    /** Beyond as many threads as cores there is nothing to be had. */
    private void cores(GraphicsContext g, Palette palette, Plot plot) {
        if (cores <= plot.threads()) {
            double x = plot.x(cores);
            g.setFill(palette.subtle());
            g.fillRect(x, TOP, plot.right() - x, plot.bottom() - TOP);
            g.setFill(palette.muted());
            Lines.down(g, x, TOP, plot.bottom());
            g.setTextAlign(TextAlignment.CENTER);
            g.fillText(cores == 1 ? "1 core" : cores + " cores", x, plot.bottom() + 25);
        }
    }

    /** A line as far as there is room for it, and its name where it ends. */
    private static void curve(GraphicsContext g, Plot plot, Color color, DoubleUnaryOperator law, String name, double[] dashes) {
        g.setStroke(color);
        g.setLineWidth(1.5);
        g.setLineDashes(dashes);
        g.beginPath();
        double endX = LEFT;
        double endY = plot.y(law.applyAsDouble(1));
        g.moveTo(endX, endY);
        for (double x = LEFT + STEP; x <= plot.right(); x += STEP) {
            double y = plot.y(law.applyAsDouble(1 + (x - LEFT) / (plot.right() - LEFT) * (plot.threads() - 1)));
            if (y < TOP) {
                break;
            }
            endX = x;
            endY = y;
            g.lineTo(x, y);
        }
        g.stroke();
        g.setLineDashes();
        g.setLineWidth(1);
        g.setFill(color);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(name, endX + 6, endY);
    }

    private void measured(GraphicsContext g, Palette palette, Plot plot, int number) {
        Color color = color(palette, number);
        g.setStroke(color);
        g.setFill(color);
        g.setLineWidth(number == front ? 2 : 1);
        List<Sweep.At> points = curves.get(number).sweep().curve();
        for (int i = 1; i < points.size(); i++) {
            Sweep.At from = points.get(i - 1);
            Sweep.At to = points.get(i);
            g.strokeLine(plot.x(from.threads()), plot.y(from.throughput().value()), plot.x(to.threads()), plot.y(to.throughput().value()));
        }
        for (Sweep.At at : points) {
            Estimate throughput = at.throughput();
            double x = plot.x(at.threads());
            if (throughput.high() > throughput.low()) {
                g.strokeLine(x, plot.y(throughput.low()), x, plot.y(throughput.high()));
                g.strokeLine(x - DOT, plot.y(throughput.low()), x + DOT, plot.y(throughput.low()));
                g.strokeLine(x - DOT, plot.y(throughput.high()), x + DOT, plot.y(throughput.high()));
            }
            dot(g, number, x, plot.y(throughput.value()), at.fitted() ? color : palette.background());
        }
        g.setLineWidth(1);
    }

    /** A square, a triangle, a disc: configurations are told apart without their colours. */
    static void dot(GraphicsContext g, int number, double x, double y, Color fill) {
        g.setFill(fill);
        switch (number % 3) {
            case 0 -> {
                g.fillRect(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
                g.strokeRect(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
            }
            case 1 -> {
                double[] xs = {x - DOT - 1, x + DOT + 1, x};
                double[] ys = {y + DOT, y + DOT, y - DOT - 1};
                g.fillPolygon(xs, ys, 3);
                g.strokePolygon(xs, ys, 3);
            }
            default -> {
                g.fillOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
                g.strokeOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
            }
        }
    }

    static Color color(Palette palette, int number) {
        return switch (number % 3) {
            case 0 -> palette.muted();
            case 1 -> palette.of(ThreadState.IO);
            default -> palette.accent();
        };
    }
}

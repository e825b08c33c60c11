package io.threadlens.view.cores;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LoadTimes;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** What the whole machine did over time: the cores of this program, above them those of all others; what is free stays empty. */
final class LoadStrip {
    static final double HEIGHT = 36;
    private static final double TOP = 4;
    private static final double FOOT = 4;

    private LoadStrip() {}

    static void paint(GraphicsContext g, Palette palette, LoadTimes.Cores load, int cores, double width) {
        double floor = HEIGHT - FOOT;
        double unit = (floor - TOP) / cores;
        g.setFill(palette.subtle());
        g.fillRect(0, TOP, width, floor - TOP);
        for (int x = 0; x < load.own().length; x++) {
            double own = load.own()[x] * unit;
            double others = load.others()[x] * unit;
            if (Double.isNaN(own)) {
                g.setFill(palette.background());
                g.fillRect(x, TOP, 1, floor - TOP);
                continue;
            }
            g.setFill(palette.of(ThreadState.RUNNING));
            g.fillRect(x, floor - Math.min(own, floor - TOP), 1, Math.min(own, floor - TOP));
            g.setFill(palette.others());
            double top = Math.max(TOP, floor - own - others);
            g.fillRect(x, top, 1, Math.max(0, floor - own - top));
        }
        g.setStroke(palette.line());
        g.strokeLine(0, HEIGHT - 0.5, width, HEIGHT - 0.5);
    }

    /** Says beside the strip what it is. */
    static void paintHeader(GraphicsContext g, Palette palette, LoadTimes.Cores load, double left, double width) {
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(Texts.SMALL);
        g.setFill(palette.of(ThreadState.RUNNING));
        g.fillRect(left, 8, 8, 8);
        g.setFill(palette.others());
        g.fillRect(left, 22, 8, 8);
        g.setFill(palette.text());
        g.fillText("program", left + 13, 12);
        g.fillText("others", left + 13, 26);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(mean(load.own()), width - 12, 12);
        g.fillText(mean(load.others()), width - 12, 26);
        g.setStroke(palette.line());
        g.strokeLine(0, HEIGHT - 0.5, width, HEIGHT - 0.5);
    }

    /** Cores on average over what is known. */
    private static String mean(double[] cores) {
        double sum = 0;
        int known = 0;
        for (double each : cores) {
            if (!Double.isNaN(each)) {
                sum += each;
                known++;
            }
        }
        return known == 0 ? "–" : String.format(Locale.ROOT, "%.1f", sum / known);
    }
}

package io.threadlens.view.lanes;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.BusyCores;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Cursor;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/**
 * Busy cores over the whole recording, with the visible time as a window that can be dragged, and made longer or shorter by its edges. Grey above are the cores that
 * other programs kept busy, where that is known; threads that wait for a lock or the GIL, or are paused, stand on top in red: work that was ready to
 * be done and was not. Moments that are left out are dimmed.
 */
final class OverviewView extends StackPane {
    private static final double GRIP = 6;
    /** Height of what is written on the line of cores. */
    private static final double CAPTION = 15;
    /** Space below the bars. */
    private static final double FOOT = 4;

    private enum Drag {
        NONE,
        WINDOW,
        LEFT_EDGE,
        RIGHT_EDGE
    }

    private final TimelineModel model;
    private Drag drag = Drag.NONE;
    private double grabbedAt;
    /** Threads that the bars have room for. */
    private double highest = 1;

    private final PixelCanvas bars;
    private final PixelCanvas window;

    OverviewView(TimelineModel model, int scale) {
        this.model = model;
        // The window moves with every picture, the bars change only when something was recorded.
        bars = new PixelCanvas(scale) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintBars(g, width, height - FOOT);
            }
        };
        window = new PixelCanvas(scale) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintWindow(g, width, height - FOOT);
            }
        };
        getChildren().addAll(List.of(bars, window));
        setId("overview");
        setMinHeight(52);
        setPrefHeight(52);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(e -> drag = Drag.NONE);
        setOnMouseMoved(e -> setCursor(cursorAt(e.getX())));
        setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                model.fitAll();
            }
        });
    }

    /** Something was recorded, or the theme is another. */
    void repaintAll() {
        bars.repaint();
        window.repaint();
    }

    /** Another time is visible, or another range selected. */
    void repaintWindow() {
        window.repaint();
    }

    private static double highest(BusyCores busy, double[] others) {
        double highest = 1;
        for (int i = 0; i < busy.steps(); i++) {
            highest = Math.max(highest, busy.busy(i) + others[i] + busy.contended(i));
        }
        return highest;
    }

    /** Cores that other programs kept busy in each step; 0 where that is not known. */
    private static double[] others(RecordingData data) {
        BusyCores busy = data.busy();
        if (busy.steps() == 0 || !data.load().isKnown()) {
            return new double[busy.steps()];
        }
        double[] others = data.load().columns(Columns.of(busy.stepStart(0), busy.stepStart(1) - busy.stepStart(0), busy.steps())).others();
        return Arrays.stream(others).map(cores -> Double.isNaN(cores) ? 0 : cores).toArray();
    }

    private void paintBars(GraphicsContext g, double width, double floor) {
        Palette palette = Theme.current().get().palette();
        RecordingData data = model.data().get();
        TimeRange bounds = model.bounds();
        BusyCores busy = data.busy();
        double[] others = others(data);
        highest = highest(busy, others);
        double unit = (floor - 8) / highest;
        for (int i = 0; i < busy.steps(); i++) {
            double from = px(busy.stepStart(i), bounds, width);
            double to = px(busy.stepEnd(i), bounds, width);
            double green = busy.busy(i) * unit;
            double grey = others[i] * unit;
            double red = busy.contended(i) * unit;
            g.setFill(palette.of(ThreadState.LOCK));
            g.setGlobalAlpha(0.55);
            g.fillRect(from, floor - green - grey - red, to - from, red);
            g.setGlobalAlpha(1);
            g.setFill(palette.others());
            g.fillRect(from, floor - green - grey, to - from, grey);
            g.setFill(palette.of(ThreadState.RUNNING));
            g.fillRect(from, floor - green, to - from, green);
        }
        g.setStroke(palette.line());
        g.strokeLine(0, floor + 0.5, width, floor + 0.5);
        g.setFill(palette.of(ThreadState.PAUSED));
        double painted = -1;
        for (Recording.Pause pause : data.pauses()) {
            double from = Math.max(painted, Math.floor(px(pause.start(), bounds, width)));
            double to = Math.ceil(px(pause.end(), bounds, width));
            // Thousands of pauses may share a pixel.
            if (to > painted) {
                g.fillRect(from, 0, to - from, 5);
                painted = to;
            }
        }
        Moments moments = model.moments().get();
        if (moments != null && bounds.lengthNs() > 0) {
            Veils.paint(g, palette, Veil.of(moments, data.recording(), Viewport.fit(bounds, (int) width)), 0, floor);
        }
    }

    private void paintCores(GraphicsContext g, Palette palette, double width, double floor) {
        RecordingData data = model.data().get();
        int cores = data.info().process().cores();
        if (cores <= 0 || cores > highest) {
            return;
        }
        double y = Math.floor(floor - cores * (floor - 8) / highest) + 0.5;
        g.setFill(palette.muted());
        Lines.dashesAcross(g, 0, width, y);
        String text = cores == 1 ? "1 core" : cores + " cores";
        g.setFill(palette.background());
        g.setGlobalAlpha(0.8);
        // Under the line, or above it where the floor is near.
        double top = y + 2 + CAPTION <= floor ? y + 2 : y - 2 - CAPTION;
        g.fillRoundRect(8, top, Texts.width(text, Texts.SMALL) + 8, CAPTION, 4, 4);
        g.setGlobalAlpha(1);
        g.setFill(palette.text());
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(text, 12, top + CAPTION / 2);
    }

    private void paintWindow(GraphicsContext g, double width, double floor) {
        Palette palette = Theme.current().get().palette();
        TimeRange selected = model.selection().get();
        if (selected != null) {
            g.setFill(palette.accent(0.25));
            double from = px(selected.startNs(), model.bounds(), width);
            g.fillRect(from, 0, Math.max(1, px(selected.endNs(), model.bounds(), width) - from), floor);
        }
        double left = Math.round(windowLeft());
        double right = Math.round(windowRight());
        g.setFill(palette.background());
        g.setGlobalAlpha(0.62);
        g.fillRect(0, 0, Math.max(0, left), floor);
        g.fillRect(right, 0, Math.max(0, width - right), floor);
        g.setGlobalAlpha(1);
        g.setStroke(palette.accent());
        g.strokeRoundRect(left + 0.5, 0.5, Math.max(2, right - left - 1), floor - 1, 4, 4);
        g.setFill(palette.accent());
        g.fillRoundRect(left - 1, floor / 2 - 7, 4, 14, 3, 3);
        g.fillRoundRect(right - 3, floor / 2 - 7, 4, 14, 3, 3);
        paintCores(g, palette, width, floor);
    }

    private double windowLeft() {
        return Math.max(0, px(model.viewport().get().startNs(), model.bounds(), getWidth()));
    }

    private double windowRight() {
        return Math.min(getWidth(), px(model.viewport().get().endNs(), model.bounds(), getWidth()));
    }

    private Drag dragAt(double x) {
        if (Math.abs(x - windowLeft()) <= GRIP) {
            return Drag.LEFT_EDGE;
        }
        if (Math.abs(x - windowRight()) <= GRIP) {
            return Drag.RIGHT_EDGE;
        }
        return Drag.WINDOW;
    }

    private Cursor cursorAt(double x) {
        return switch (dragAt(x)) {
            case LEFT_EDGE, RIGHT_EDGE -> Cursor.H_RESIZE;
            default -> x > windowLeft() && x < windowRight() ? Cursor.OPEN_HAND : Cursor.DEFAULT;
        };
    }

    private void pressed(MouseEvent e) {
        drag = dragAt(e.getX());
        boolean outside = e.getX() < windowLeft() - GRIP || e.getX() > windowRight() + GRIP;
        if (outside) {
            centre(e.getX());
        }
        grabbedAt = e.getX() - windowLeft();
    }

    private void dragged(MouseEvent e) {
        Viewport now = model.viewport().get();
        long at = timeAt(e.getX());
        switch (drag) {
            case WINDOW -> model.pan((timeAt(e.getX() - grabbedAt) - now.startNs()) / now.nsPerPx());
            case LEFT_EDGE -> show(at, now.endNs());
            case RIGHT_EDGE -> show(now.startNs(), at);
            case NONE -> {}
        }
    }

    private void show(long startNs, long endNs) {
        TimeRange bounds = model.bounds();
        long start = Math.clamp(startNs, bounds.startNs(), bounds.endNs());
        long end = Math.clamp(endNs, bounds.startNs(), bounds.endNs());
        if (start < end) {
            model.stretch(new TimeRange(start, end));
        }
    }

    private void centre(double x) {
        Viewport now = model.viewport().get();
        model.pan((timeAt(x) - now.startNs()) / now.nsPerPx() - now.width() / 2.0);
    }

    private long timeAt(double x) {
        TimeRange bounds = model.bounds();
        return bounds.startNs() + Math.round(x / Math.max(1, getWidth()) * bounds.lengthNs());
    }

    private static double px(long ns, TimeRange bounds, double width) {
        return (double) (ns - bounds.startNs()) / Math.max(1, bounds.lengthNs()) * width;
    }
}

package io.threadlens.view.cores;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.BusyHistogram;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.BusyChoice;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.beans.InvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * For how long how many cores were busy, one bar a number, as a control: a bar that is clicked or dragged over chooses its moments for every view. With Shift the
 * bars come to those that are chosen already. Of a selected range the bars show the range, and a mark at each the share it has in the whole recording.
 */
final class BusyHistogramView extends PixelCanvas implements AutoCloseable {
    static final double ROW = 20;

    private static final double BAR_LEFT = 34;
    private static final double TEXT_WIDTH = 84;
    private static final double INSET = 3;

    private final BusyChoice choice;
    private final InvalidationListener painter = o -> repaint();
    private @Nullable BusyHistogram part;
    private @Nullable BusyHistogram whole;
    /** Where a drag began; −1 while there is none. */
    private int pressed = -1;

    private SortedSet<Integer> before = new TreeSet<>();
    /** The bar that keys are about. */
    private int focused;

    BusyHistogramView(BusyChoice choice, int scale) {
        super(scale);
        this.choice = choice;
        setId("busy-histogram");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Busy cores");
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(e -> pressed = -1);
        setOnKeyPressed(this::key);
        focusedProperty().addListener(o -> told());
        choice.counts().addListener(o -> told());
        Theme.current().addListener(painter);
    }

    /**
     * @param shown of the selected range, or of the whole recording
     * @param all   of the whole recording
     */
    void show(BusyHistogram shown, BusyHistogram all) {
        part = shown;
        whole = all;
        double height = bars() * ROW;
        setMinHeight(height);
        setPrefHeight(height);
        told();
    }

    private int bars() {
        return part == null ? 0 : part.ns().length;
    }

    private void told() {
        BusyHistogram shown = part;
        if (shown != null && focused < shown.ns().length) {
            setAccessibleText(focused + " busy cores, " + TimeFormat.length(shown.ns()[focused]) + ", " + TimeFormat.percent(shown.ns()[focused], shown.whole())
                    + (choice.counts().get().contains(focused) ? ", chosen" : ""));
        }
        repaint();
    }

    // ---- choosing

    private int barAt(double y) {
        return Math.clamp((int) Math.floor(y / ROW), 0, Math.max(0, bars() - 1));
    }

    private void press(MouseEvent e) {
        requestFocus();
        if (bars() == 0) {
            return;
        }
        pressed = barAt(e.getY());
        focused = pressed;
        SortedSet<Integer> now = choice.counts().get();
        before = e.isShiftDown() ? now : new TreeSet<>();
        if (!e.isShiftDown() && now.size() == 1 && now.contains(pressed)) {
            choice.clear();
            pressed = -1;
        } else {
            choose(pressed);
        }
        e.consume();
    }

    private void drag(MouseEvent e) {
        if (pressed >= 0) {
            choose(barAt(e.getY()));
            e.consume();
        }
    }

    /** From where it began up to a bar, and what there was before. */
    private void choose(int to) {
        SortedSet<Integer> wanted = new TreeSet<>(before);
        for (int bar = Math.min(pressed, to); bar <= Math.max(pressed, to); bar++) {
            wanted.add(bar);
        }
        if (!wanted.equals(choice.counts().get())) {
            choice.choose(wanted);
        }
    }

    private void key(KeyEvent e) {
        if (bars() == 0) {
            return;
        }
        switch (e.getCode()) {
            case UP -> move(-1, e.isShiftDown());
            case DOWN -> move(1, e.isShiftDown());
            case SPACE -> toggle(focused);
            case ESCAPE -> {
                // With nothing chosen it means what it means everywhere.
                if (choice.counts().get().isEmpty()) {
                    return;
                }
                choice.clear();
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void move(int by, boolean choosing) {
        if (choosing) {
            add(focused);
        }
        focused = Math.clamp(focused + by, 0, bars() - 1);
        if (choosing) {
            add(focused);
        }
        told();
    }

    private void add(int bar) {
        SortedSet<Integer> wanted = new TreeSet<>(choice.counts().get());
        if (wanted.add(bar)) {
            choice.choose(wanted);
        }
    }

    private void toggle(int bar) {
        SortedSet<Integer> wanted = new TreeSet<>(choice.counts().get());
        if (!wanted.remove(bar)) {
            wanted.add(bar);
        }
        choice.choose(wanted);
    }

    // ---- painting

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        BusyHistogram shown = part;
        BusyHistogram all = whole;
        if (shown == null || all == null) {
            return;
        }
        Palette palette = Theme.current().get().palette();
        long most = 1;
        for (long ns : shown.ns()) {
            most = Math.max(most, ns);
        }
        double room = width - BAR_LEFT - TEXT_WIDTH;
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Texts.SMALL);
        for (int bar = 0; bar < shown.ns().length; bar++) {
            double top = bar * ROW;
            boolean chosen = choice.counts().get().contains(bar);
            paintGround(g, palette, bar, chosen, width);
            g.setGlobalAlpha(chosen || choice.counts().get().isEmpty() ? 1 : 0.4);
            g.setFill(palette.of(bar == 0 ? ThreadState.SIGNAL : ThreadState.RUNNING));
            double long0 = shown.ns()[bar] == 0 ? 0 : Math.max(1, room * shown.ns()[bar] / most);
            g.fillRect(BAR_LEFT, top + INSET, long0, ROW - 2 * INSET);
            if (shown != all) {
                double mark = Math.min(room, room * all.ns()[bar] / Math.max(1, all.whole()) * shown.whole() / most);
                g.setFill(palette.text());
                g.fillRect(BAR_LEFT + mark - 0.5, top + 1, 1.5, ROW - 2);
            }
            g.setFill(palette.text());
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(bar == shown.ns().length - 1 ? "all " + bar : Integer.toString(bar), BAR_LEFT - 6, top + ROW / 2);
            g.fillText(TimeFormat.length(shown.ns()[bar]), width - 40, top + ROW / 2);
            g.fillText(TimeFormat.percent(shown.ns()[bar], shown.whole()), width - 6, top + ROW / 2);
            g.setGlobalAlpha(1);
        }
        paintMean(g, palette, shown.mean(), width);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void paintGround(GraphicsContext g, Palette palette, int bar, boolean chosen, double width) {
        if (chosen) {
            g.setFill(palette.accent(0.14));
            g.fillRect(0, bar * ROW, width, ROW);
            g.setFill(palette.accent());
            g.fillRect(0, bar * ROW, 3, ROW);
        }
        if (isFocused() && bar == focused) {
            g.setStroke(palette.accent());
            g.strokeRect(0.5, bar * ROW + 0.5, width - 1, ROW - 1);
        }
    }

    /** A line through the number that was busy on average. */
    private static void paintMean(GraphicsContext g, Palette palette, double mean, double width) {
        double y = Math.floor((mean + 0.5) * ROW) + 0.5;
        g.setStroke(palette.text());
        g.setLineDashes(3, 3);
        g.strokeLine(BAR_LEFT, y, width - TEXT_WIDTH, y);
        g.setLineDashes();
        g.setFill(palette.text());
        g.fillPolygon(new double[] {BAR_LEFT - 4, BAR_LEFT + 3, BAR_LEFT - 4}, new double[] {y - 4, y, y + 4}, 3);
    }

    @Override
    public void close() {
        Theme.current().removeListener(painter);
    }
}

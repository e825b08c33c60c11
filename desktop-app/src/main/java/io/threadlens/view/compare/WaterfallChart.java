package io.threadlens.view.compare;

import io.threadlens.comparison.LossClass;
import io.threadlens.model.ThreadState;
import io.threadlens.view.compare.Waterfall.Kind;
import io.threadlens.view.compare.Waterfall.Step;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** The bars of a waterfall, one a row: its name, where it begins and ends on one axis of wall time, its seconds, and the speed-up. */
final class WaterfallChart extends PixelCanvas {
    private static final double LEAST_ROW = 19;
    private static final double MOST_ROW = 30;
    private static final double INSET = 4;
    private static final double LEFT = 12;
    private static final double GAP = 8;
    /** A bar is at least so wide, that it is seen. */
    private static final double LEAST_BAR = 1;
    /** Narrower than this, there is no room for what the names mean. */
    private static final double ROOM_FOR_WORDS = 760;

    private final Waterfall waterfall;
    private final Consumer<@Nullable Step> onPoint;
    private final Consumer<LossClass> onChoose;
    /** Kept here, held weakly by the theme: a chart that is gone is not painted. */
    private final InvalidationListener repaint = o -> repaint();
    private double row = MOST_ROW;
    private int pointed = -1;
    private int focused;
    private @Nullable LossClass chosen;

    WaterfallChart(Waterfall waterfall, int scale, Consumer<@Nullable Step> onPoint, Consumer<LossClass> onChoose) {
        super(scale);
        this.waterfall = waterfall;
        this.onPoint = onPoint;
        this.onChoose = onChoose;
        setId("waterfall");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Where the time went");
        setOnMouseMoved(e -> point(rowAt(e.getY())));
        setOnMouseExited(e -> point(-1));
        setOnMousePressed(e -> {
            requestFocus();
            focus(rowAt(e.getY()));
            choose();
            e.consume();
        });
        setOnKeyPressed(this::key);
        focusedProperty().addListener(o -> told());
        Theme.current().addListener(new WeakInvalidationListener(repaint));
        arrange(0);
    }

    /** How high it may be without being scrolled. */
    void arrange(double room) {
        row = Math.clamp(Math.floor(room / steps().size()), LEAST_ROW, MOST_ROW);
        setMinHeight(steps().size() * row);
        setPrefHeight(steps().size() * row);
        repaint();
    }

    private List<Step> steps() {
        return waterfall.steps();
    }

    private int rowAt(double y) {
        return Math.clamp((int) Math.floor(y / row), 0, steps().size() - 1);
    }

    private void point(int at) {
        if (at != pointed) {
            pointed = at;
            told();
        }
    }

    private void focus(int at) {
        focused = Math.clamp(at, 0, steps().size() - 1);
        told();
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> focus(focused - 1);
            case DOWN -> focus(focused + 1);
            case ENTER, SPACE -> choose();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void choose() {
        LossClass loss = steps().get(focused).loss();
        if (loss != null) {
            chosen = loss;
            repaint();
            onChoose.accept(loss);
        }
    }

    /** Tells of the bar under the mouse, or else of that which keys are at. */
    private void told() {
        Step step = pointed >= 0 ? steps().get(pointed) : isFocused() ? steps().get(focused) : null;
        if (step != null) {
            setAccessibleText(WaterfallWords.of(waterfall, step));
        }
        onPoint.accept(step);
        repaint();
    }

    // ---- painting

    /** The columns of a picture, pixels. */
    private record Columns(double words, double bars, double barsEnd, double secondsEnd, double speedupEnd) {
        double x(double seconds, double longest) {
            return bars + (barsEnd - bars) * seconds / longest;
        }
    }

    private Columns columns(double width) {
        double names = 0;
        double words = 0;
        double seconds = 0;
        double speedups = 0;
        for (Step step : steps()) {
            names = Math.max(names, Texts.width(step.name(), Texts.BOLD));
            words = Math.max(words, Texts.width(step.words(), Texts.SMALL));
            seconds = Math.max(seconds, Texts.width(secondsOf(step), Texts.BODY));
            speedups = Math.max(speedups, Texts.width(speedupOf(step), Texts.BODY));
        }
        double wordsAt = LEFT + names + GAP;
        double bars = width < ROOM_FOR_WORDS ? wordsAt : wordsAt + Math.min(words, width / 4) + 2 * GAP;
        double speedupEnd = width - LEFT;
        double secondsEnd = speedupEnd - speedups - 2 * GAP;
        return new Columns(wordsAt, bars, Math.max(bars + 1, secondsEnd - seconds - 2 * GAP), secondsEnd, speedupEnd);
    }

    private static String secondsOf(Step step) {
        return step.kind() == Kind.LOSS || step.kind() == Kind.OTHER ? Numbers.change(step.seconds()) : Numbers.seconds(step.seconds());
    }

    private String speedupOf(Step step) {
        String speedup = Numbers.times(waterfall.speedup(step));
        return step.kind() == Kind.LOSS || step.kind() == Kind.OTHER ? speedup + " without it" : speedup;
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        Palette palette = Theme.current().get().palette();
        LossPaint losses = new LossPaint(palette);
        Columns columns = columns(width);
        double longest = waterfall.longest();
        g.setTextBaseline(VPos.CENTER);
        for (int i = 0; i < steps().size(); i++) {
            Step step = steps().get(i);
            double top = i * row;
            ground(g, palette, i, width);
            double left = columns.x(Math.min(step.from(), step.to()), longest);
            double right = Math.max(left + LEAST_BAR, columns.x(Math.max(step.from(), step.to()), longest));
            bar(g, palette, losses, step, left, top + INSET, right - left, row - 2 * INSET);
            if (i > 0 && i < steps().size() - 1) {
                g.setFill(palette.muted());
                Lines.down(g, columns.x(step.to(), longest), top + row - INSET, top + row + INSET);
            }
            text(g, palette, step, columns, width, top + row / 2);
        }
        g.setFill(palette.text());
        dashesDown(g, columns.x(waterfall.wallA(), longest), row, steps().size() * row);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void ground(GraphicsContext g, Palette palette, int at, double width) {
        boolean isChosen = chosen != null && steps().get(at).loss() == chosen;
        if (isChosen || at == pointed) {
            g.setFill(isChosen ? palette.accent(0.14) : palette.subtle());
            g.fillRect(0, at * row, width, row);
        }
        if (isChosen) {
            g.setFill(palette.accent());
            g.fillRect(0, at * row, 3, row);
        }
        if (isFocused() && at == focused) {
            g.setStroke(palette.accent());
            g.strokeRect(0.5, at * row + 0.5, width - 1, row - 1);
        }
    }

    private static void bar(GraphicsContext g, Palette palette, LossPaint losses, Step step, double x, double y, double width, double height) {
        switch (step.kind()) {
            case BASELINE -> SidePaint.barA(g, palette, x, y, width, height);
            case REACHED -> SidePaint.barB(g, palette, x, y, width, height);
            case IDEAL -> {
                g.setFill(palette.of(ThreadState.RUNNING));
                g.fillRect(x, y, width, height);
            }
            case LOSS, OTHER -> {
                g.setFill(step.kind() == Kind.LOSS ? losses.of(step.losses().getFirst()) : palette.muted());
                g.fillRect(x, y, width, height);
                g.setStroke(palette.muted());
                if (width > 2) {
                    g.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
                }
            }
        }
    }

    private void text(GraphicsContext g, Palette palette, Step step, Columns columns, double width, double y) {
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(palette.text());
        g.setFont(Texts.BOLD);
        g.fillText(step.name(), LEFT, y);
        if (width >= ROOM_FOR_WORDS) {
            g.setFill(palette.muted());
            g.setFont(Texts.SMALL);
            g.fillText(Texts.fitting(step.words(), Texts.SMALL, columns.bars() - columns.words() - 2 * GAP), columns.words(), y);
        }
        boolean whole = step.kind() != Kind.LOSS && step.kind() != Kind.OTHER;
        g.setTextAlign(TextAlignment.RIGHT);
        g.setFill(palette.text());
        g.setFont(whole ? Texts.BOLD : Texts.BODY);
        g.fillText(secondsOf(step), columns.secondsEnd(), y);
        g.fillText(speedupOf(step), columns.speedupEnd(), y);
    }

    private static void dashesDown(GraphicsContext g, double x, double from, double to) {
        for (double y = from; y < to; y += 6) {
            Lines.down(g, x, y, Math.min(to, y + 3));
        }
    }
}

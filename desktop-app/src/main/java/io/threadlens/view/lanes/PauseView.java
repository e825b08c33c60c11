package io.threadlens.view.lanes;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording.Pause;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.PauseBars;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lane of pauses above those of the threads: when everything stood still. Garbage collections are pale and stops of the world strong; both say
 * what they are where there is room.
 */
final class PauseView extends PixelCanvas {
    static final double HEIGHT = 22;
    private static final double INSET = 4;
    private static final double LABEL_PADDING = 5;
    /** A pause that the mouse is this near to is meant, in pixels. */
    private static final double NEAR = 3;
    private static final int MOST_TOLD = 5;

    private final TimelineModel model;
    private final Tooltip tooltip = new Tooltip();
    private @Nullable TimelineFrame frame;

    PauseView(TimelineModel model, int scale) {
        super(scale);
        this.model = model;
        setId("pauses");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        tooltip.setShowDelay(Duration.millis(100));
        tooltip.setShowDuration(Duration.INDEFINITE);
        setOnMouseMoved(this::moved);
        setOnMouseExited(e -> tell(null));
    }

    void show(TimelineFrame shown) {
        frame = shown;
        repaint();
    }

    private void moved(MouseEvent e) {
        Viewport viewport = model.viewport().get();
        tell(text(model.data().get(), viewport.timeAt(e.getX() - NEAR), viewport.timeAt(e.getX() + NEAR)));
    }

    private void tell(@Nullable String text) {
        tooltip.setText(text);
        if (text == null) {
            tooltip.hide();
            Tooltip.uninstall(this, tooltip);
        } else {
            Tooltip.install(this, tooltip);
        }
    }

    /** What is to be said of the pauses in a stretch of time; null where there is none. */
    static @Nullable String text(RecordingData data, long startNs, long endNs) {
        List<Pause> pauses = PauseBars.between(data.pauses(), startNs, endNs);
        if (pauses.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Pause pause : pauses.subList(0, Math.min(MOST_TOLD, pauses.size()))) {
            text.append(text.isEmpty() ? "" : "\n").append(text(data, pause));
        }
        return pauses.size() <= MOST_TOLD ? text.toString() : text + "\nand " + (pauses.size() - MOST_TOLD) + " more";
    }

    private static String text(RecordingData data, Pause pause) {
        String what = (pause.kind() == PauseBars.COLLECTION ? "Garbage collection, " : "Stop of the world, ") + TimeFormat.length(pause.end() - pause.start())
                + " at " + TimeFormat.moment(pause.start() - data.range().startNs());
        if (pause.thread() < 0 || pause.thread() >= data.threads().size()) {
            return what + ", who asked is not known";
        }
        Frame leaf = data.recording().leaf(pause.stack());
        String where = leaf == null || leaf.function() == null ? "" : " in " + leaf.function()
                + (leaf.file() == null ? "" : " (" + leaf.file().substring(leaf.file().lastIndexOf('/') + 1) + ":" + leaf.line() + ")");
        return what + ", asked for by " + LaneLayout.nameOf(data.threads().get(pause.thread())) + where;
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        TimelineFrame shown = frame;
        if (shown == null) {
            return;
        }
        Palette palette = shown.request().palette();
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        paintBars(g, palette, shown.collections(), "collection", 0.35, height);
        paintBars(g, palette, shown.stops(), "stop", 1, height);
        g.setFill(palette.line());
        Lines.across(g, 0, width, height - 1);
    }

    private static void paintBars(GraphicsContext g, Palette palette, List<Span> bars, String word, double strength, double height) {
        boolean strong = strength == 1;
        for (Span bar : bars) {
            double from = Math.floor(bar.startPx());
            double to = Math.max(from + 2, Math.ceil(bar.endPx()));
            g.setFill(palette.background().interpolate(palette.of(ThreadState.PAUSED), strength));
            g.fillRect(from, INSET, to - from, height - 2 * INSET);
            if (Texts.width(word, Texts.SMALL) <= to - from - 2 * LABEL_PADDING) {
                g.setFill(strong ? palette.textOn(ThreadState.PAUSED) : palette.text());
                g.fillText(word, from + LABEL_PADDING, height / 2);
            }
        }
    }
}

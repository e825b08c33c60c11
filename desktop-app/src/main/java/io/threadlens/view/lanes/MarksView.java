package io.threadlens.view.lanes;

import io.threadlens.recording.Recording.Mark;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.Cursor;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The marks, below the ruler: a flag at a moment, a bar over a stretch, each with as much of its note as has room. There only where there are marks. */
final class MarksView extends PixelCanvas {
    static final double HEIGHT = 20;
    /** A mark that the mouse is this near to is meant, in pixels. */
    private static final double NEAR = 4;
    private static final double FLAG = 8;
    private static final double PADDING = 4;

    private final TimelineModel model;
    private final Tooltip tooltip = new Tooltip();
    private @Nullable TimelineFrame frame;

    MarksView(TimelineModel model, int scale) {
        super(scale);
        this.model = model;
        setId("mark-flags");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        managedProperty().bind(visibleProperty());
        tooltip.setShowDelay(Duration.millis(100));
        tooltip.setShowDuration(Duration.INDEFINITE);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        setOnMouseMoved(e -> tell(at(e)));
        setOnMouseExited(e -> tell(null));
        setOnMouseClicked(e -> {
            Mark mark = at(e);
            if (mark != null) {
                model.marks().goTo(mark);
            }
        });
        model.marks().all().addListener(o -> showMarks());
        showMarks();
    }

    void show(TimelineFrame shown) {
        frame = shown;
        repaint();
    }

    private void showMarks() {
        setVisible(!model.marks().all().get().isEmpty());
        repaint();
    }

    private void tell(@Nullable Mark mark) {
        setCursor(mark == null ? Cursor.DEFAULT : Cursor.HAND);
        if (mark == null) {
            tooltip.hide();
            Tooltip.uninstall(this, tooltip);
            return;
        }
        String when = TimeFormat.moment(model.sinceStart(mark.time())) + (mark.isSpan() ? ", " + TimeFormat.length(mark.end() - mark.time()) : "");
        tooltip.setText(note(mark).isEmpty() ? when : when + "\n" + note(mark));
        Tooltip.install(this, tooltip);
    }

    private static String note(Mark mark) {
        return mark.text() == null ? "" : mark.text();
    }

    /** The last mark at the mouse: what was painted last lies on top. A note belongs to its flag. */
    private @Nullable Mark at(MouseEvent e) {
        Viewport viewport = model.viewport().get();
        List<Mark> marks = model.marks().all().get();
        for (int i = marks.size() - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            double from = viewport.pxOf(mark.time());
            double to = Math.max(viewport.pxOf(mark.end()), from + FLAG + PADDING + Texts.width(noteWithin(marks, i, viewport), Texts.SMALL));
            if (e.getX() >= from - NEAR && e.getX() <= to + NEAR) {
                return mark;
            }
        }
        return null;
    }

    /** As much of a note as there is room for up to the next mark. */
    private static String noteWithin(List<Mark> marks, int i, Viewport viewport) {
        double left = Math.max(0, viewport.pxOf(marks.get(i).time())) + FLAG + PADDING;
        double right = i + 1 < marks.size() ? viewport.pxOf(marks.get(i + 1).time()) - PADDING : viewport.width();
        return Texts.fitting(note(marks.get(i)), Texts.SMALL, Math.max(0, right - left));
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        TimelineFrame shown = frame;
        if (shown == null) {
            return;
        }
        Palette palette = shown.request().palette();
        Viewport viewport = shown.request().viewport();
        g.setFill(palette.line());
        Lines.across(g, 0, width, height - 1);
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        List<Mark> marks = model.marks().all().get();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            double from = Math.floor(viewport.pxOf(mark.time()));
            double to = Math.floor(viewport.pxOf(mark.end()));
            if (to < 0 || from > width || !mark.isSpan() && from - last < 1) {
                continue;
            }
            last = from;
            if (mark.isSpan()) {
                g.setFill(palette.accent(0.22));
                g.fillRect(Math.max(0, from), 3, Math.max(2, Math.min(width, to) - Math.max(0, from)), height - 6);
            }
            paintFlag(g, palette, from, height);
            String note = noteWithin(marks, i, viewport);
            if (!note.isEmpty()) {
                g.setFill(palette.text());
                g.fillText(note, Math.max(0, from) + FLAG + PADDING, height / 2);
            }
        }
    }

    private static void paintFlag(GraphicsContext g, Palette palette, double x, double height) {
        g.setFill(palette.accent());
        g.fillRect(x, 3, 1.5, height - 3);
        g.fillPolygon(new double[] {x, x + FLAG, x}, new double[] {3, 7, 11}, 3);
    }

    /** The marks through the lanes below. */
    static void paintLines(GraphicsContext g, TimelineFrame shown, List<Mark> marks, double width, double height) {
        Palette palette = shown.request().palette();
        Viewport viewport = shown.request().viewport();
        g.setLineDashes(4, 3);
        g.setStroke(palette.accent());
        double last = Double.NEGATIVE_INFINITY;
        for (Mark mark : marks) {
            double from = Math.floor(viewport.pxOf(mark.time())) + 0.5;
            if (from >= 0 && from <= width && from - last >= 1) {
                last = from;
                g.strokeLine(from, 0, from, height);
            }
            double to = Math.floor(viewport.pxOf(mark.end())) + 0.5;
            if (mark.isSpan() && to >= 0 && to <= width) {
                g.strokeLine(to, 0, to, height);
            }
        }
        g.setLineDashes();
    }
}

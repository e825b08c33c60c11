package io.threadlens.view.lanes;

import io.threadlens.recording.Recording.Hold;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** One lock in every lane: a frame around each wait for it, a rail along each hold; and from a blocked thread a line to the holder. */
final class LockMarks {
    private static final double RAIL = 3;
    private static final double TAG = 17;
    private static final double HEAD = 6;
    private static final double NARROWEST_FRAME = 6;
    private static final double KEY_SAMPLE = 18;
    private static final double LONGEST_NAME = 260;
    private static final String HOLDS = "holds it";

    private LockMarks() {}

    /** Marks the lock of a picture in a lane; where it is the one under the mouse, all else steps back. */
    static void paintLock(GraphicsContext g, TimelineFrame frame, TimelineFrame.Row row, double width) {
        if (frame.request().lock() == null) {
            return;
        }
        Palette palette = frame.request().palette();
        double height = LanePainter.STRIP;
        double top = frame.request().layout().top(row.row()) + LanePainter.INSET;
        if (frame.request().isHovering()) {
            g.setFill(palette.background());
            g.setGlobalAlpha(0.68);
            fillOutside(g, row, top, height, width);
            g.setGlobalAlpha(1);
        }
        for (Span span : row.waits()) {
            paintWait(g, palette, span.startPx(), span.width(), top, height);
        }
        for (Span span : row.holds()) {
            paintHold(g, palette, span.startPx(), span.width(), top, height);
        }
    }

    private static void paintWait(GraphicsContext g, Palette palette, double x, double length, double top, double height) {
        if (length < NARROWEST_FRAME) {
            // Frames that touch would hide what is in them.
            g.setFill(palette.text());
            g.fillRect(x, top + height, Math.max(1, length), 2);
            return;
        }
        g.setStroke(palette.text());
        g.setLineWidth(1.5);
        g.strokeRect(Math.round(x) + 0.5, top - 0.5, Math.round(length) - 1, height + 1);
        g.setLineWidth(1);
    }

    private static void paintHold(GraphicsContext g, Palette palette, double x, double length, double top, double height) {
        if (length >= NARROWEST_FRAME) {
            g.setFill(palette.accent());
            g.fillRect(x, top - 2, length, RAIL);
            g.fillRect(x, top + height - 1, length, RAIL);
        }
    }

    /** What the frames and the rails mean, in a corner. */
    static void paintKey(GraphicsContext g, TimelineFrame frame, double width, double height) {
        Integer lock = frame.request().lock();
        if (lock == null) {
            return;
        }
        Palette palette = frame.request().palette();
        String waits = "waits for " + Texts.fittingBothEnds(frame.request().data().waits().locks().get(lock).name(), Texts.SMALL, LONGEST_NAME);
        double holdsAt = KEY_SAMPLE + 18 + Texts.width(waits, Texts.SMALL) + 14;
        double box = holdsAt + KEY_SAMPLE + 8 + Texts.width(HOLDS, Texts.SMALL) + 10;
        double left = width - box - 8;
        double top = height - TAG - 6;
        g.setFill(palette.background());
        g.fillRoundRect(left, top - 2, box, TAG + 4, 6, 6);
        g.setStroke(palette.line());
        g.strokeRoundRect(left + 0.5, top - 1.5, box, TAG + 4, 6, 6);
        paintWait(g, palette, left + 10, KEY_SAMPLE, top + 4, TAG - 8);
        paintHold(g, palette, left + holdsAt, KEY_SAMPLE, top + 4, TAG - 8);
        g.setFill(palette.text());
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(waits, left + 10 + KEY_SAMPLE + 8, top + TAG / 2);
        g.fillText(HOLDS, left + holdsAt + KEY_SAMPLE + 8, top + TAG / 2);
    }

    /** Everything of a lane that is neither a wait for the lock nor a hold of it. */
    private static void fillOutside(GraphicsContext g, TimelineFrame.Row lane, double top, double height, double width) {
        List<Span> marked = Stream.concat(lane.waits().stream(), lane.holds().stream())
                .sorted(Comparator.comparingDouble(Span::startPx))
                .toList();
        double x = 0;
        for (Span span : marked) {
            g.fillRect(x, top, Math.max(0, span.startPx() - x), height);
            x = Math.max(x, span.endPx());
        }
        g.fillRect(x, top, Math.max(0, width - x), height);
    }

    /** The line from a blocked thread to whoever holds what it waits for, and in words who that is. */
    static void paintBlocked(GraphicsContext g, TimelineFrame frame, LockSelection.Blocked blocked, double width, double height) {
        LaneLayout layout = frame.request().layout();
        double x = Math.floor(frame.request().viewport().pxOf(blocked.ns())) + 0.5;
        int waiter = layout.rowOf(blocked.waiting().thread());
        if (waiter < 0 || x < 0 || x > width) {
            return;
        }
        RecordingData data = frame.request().data();
        Palette palette = frame.request().palette();
        double from = layout.middle(waiter);
        String lock = data.waits().locks().get(blocked.waiting().lock()).name();
        String waits = "waits " + TimeFormat.length(blocked.waiting().end() - blocked.waiting().start()) + " for " + lock;
        Hold hold = blocked.holding();
        if (hold == null) {
            tag(g, palette, waits + ", holder not seen", x, from, width, height);
            return;
        }
        String holder = LaneLayout.nameOf(data.threads().get(hold.thread()));
        int lane = layout.rowOf(hold.thread());
        if (lane < 0) {
            tag(g, palette, waits + ", held by " + holder, x, from, width, height);
            return;
        }
        // Where the holder's lane is out of sight the line leads out of the picture, towards it.
        double to = layout.middle(lane);
        double end = Math.clamp(to, 3, height - 3);
        double back = end > from ? -HEAD * 1.6 : HEAD * 1.6;
        // On an edge of the background, so that it stands out from the lanes it crosses.
        g.setStroke(palette.background());
        g.setLineWidth(7);
        g.strokeLine(x, from, x, end + back);
        g.setStroke(palette.accent());
        g.setFill(palette.accent());
        g.setLineWidth(3);
        g.strokeLine(x, from, x, end + back);
        g.setLineWidth(1);
        g.fillPolygon(new double[] {x, x - HEAD, x + HEAD}, new double[] {end, end + back, end + back}, 3);
        g.fillOval(x - HEAD, from - HEAD, 2 * HEAD, 2 * HEAD);
        tag(g, palette, waits, x, from, width, height);
        String arrow = end == to ? "" : to < end ? "  ↑" : "  ↓";
        tag(g, palette, holder + " holds it" + arrow, x, end, width, height);
    }

    /** Words beside the line, on the side where there is room. */
    private static void tag(GraphicsContext g, Palette palette, String text, double x, double middle, double width, double height) {
        double box = Texts.width(text, Texts.SMALL) + 12;
        double left = x + 10 + box <= width ? x + 10 : Math.max(0, x - 10 - box);
        double top = Math.clamp(middle - TAG / 2, 0, Math.max(0, height - TAG));
        g.setFill(palette.accent());
        g.fillRoundRect(left, top, box, TAG, 6, 6);
        g.setFill(palette.background());
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(text, left + 6, top + TAG / 2);
    }
}

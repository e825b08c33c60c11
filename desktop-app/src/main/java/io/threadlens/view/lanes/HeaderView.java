package io.threadlens.view.lanes;

import io.threadlens.model.ThreadInfo;
import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.ShareBar;
import io.threadlens.view.theme.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Beside each lane: the name, the native id or the number of threads, the states as shares of the visible time, and the CPU use. A click chooses the
 * lane's threads; the arrow before a name opens a group into its threads and a thread into its calls.
 */
final class HeaderView extends PixelCanvas {
    static final double WIDTH = 300;
    static final double BAR_LEFT = 170;
    private static final double BAR_WIDTH = 76;
    private static final double BAR_HEIGHT = 8;
    private static final double ARROW_LEFT = 5;
    private static final double NAME_LEFT = 18;
    private static final double NESTED = 12;

    private final TimelineModel model;
    private final LaneContextMenu menu;
    private @Nullable TimelineFrame frame;
    private int hoveredRow = -1;

    HeaderView(TimelineModel model, int scale) {
        super(scale);
        this.model = model;
        menu = new LaneContextMenu(model);
        setId("lane-headers");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setOnMouseMoved(e -> hover(model.lanes().get().rowAt(e.getY())));
        setOnMouseExited(e -> hover(-1));
        setOnMouseClicked(this::clicked);
        setOnContextMenuRequested(this::menuRequested);
    }

    private void hover(int row) {
        if (row != hoveredRow) {
            hoveredRow = row;
            repaint();
        }
    }

    private void clicked(MouseEvent e) {
        menu.hide();
        int row = model.lanes().get().rowAt(e.getY());
        if (e.getButton() != MouseButton.PRIMARY || row < 0) {
            return;
        }
        Lane lane = model.lanes().get().rows().lane(row);
        if (e.getX() < leftOf(lane)) {
            open(lane);
        } else if (e.getClickCount() == 2) {
            // The first of the two clicks chose, which was not meant.
            model.choice().only(row);
            open(lane);
        } else if (e.isShortcutDown()) {
            model.choice().toggle(row);
        } else if (e.isShiftDown()) {
            model.choice().upTo(row);
        } else {
            model.choice().only(row);
        }
    }

    private void open(Lane lane) {
        switch (lane) {
            case Lane.OfGroup of -> model.arranging().change(order -> order.opening(of.key(), !of.open()));
            case Lane.OfThread of -> model.arranging().openCalls(of.thread(), of.calls() == 0);
        }
    }

    private void menuRequested(ContextMenuEvent e) {
        int row = model.lanes().get().rowAt(e.getY());
        if (row >= 0) {
            menu.show(this, model.lanes().get().rows().lane(row), e.getScreenX(), e.getScreenY());
        }
        e.consume();
    }

    void show(TimelineFrame shown) {
        frame = shown;
        repaint();
    }

    private static double leftOf(Lane lane) {
        return NAME_LEFT + (lane instanceof Lane.OfThread of && of.nested() ? NESTED : 0);
    }

    @Override
    protected void paint(GraphicsContext g, double width, double height) {
        TimelineFrame shown = frame;
        if (shown == null) {
            return;
        }
        VisibleRows.paint(g, shown, width, height, row -> paint(g, shown, row, width));
        g.setFill(shown.request().palette().line());
        Lines.down(g, width - 1, 0, height);
    }

    private void paint(GraphicsContext g, TimelineFrame shown, TimelineFrame.Row row, double width) {
        Palette palette = shown.request().palette();
        LaneLayout layout = shown.request().layout();
        Lane lane = row.lane();
        double top = layout.top(row.row());
        double laneHeight = layout.rows().height(row.row());
        double middle = layout.middle(row.row());
        boolean pinned = has(lane, model.pinned().get());
        boolean chosen = model.choice().has(lane.threads());
        boolean hovered = hoveredRow == row.row() || has(lane, model.hovered().get());
        if (chosen || pinned || hovered) {
            g.setFill(chosen ? palette.accent(0.20) : pinned ? palette.accent(0.10) : palette.subtle());
            g.fillRect(0, top, width, laneHeight);
        }
        if (pinned) {
            g.setFill(palette.accent());
            g.fillRect(0, top, 3, laneHeight);
        }
        g.setTextBaseline(VPos.CENTER);
        paintArrow(g, shown, lane, hovered, middle);
        paintName(g, shown, lane, chosen, middle);
        g.setFont(Texts.SMALL);
        g.setFill(palette.text());
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(cpu(row.content()), width - 12, middle);
        g.setTextAlign(TextAlignment.LEFT);
        TimelineFrame.Content content = row.content();
        ShareBar.paint(
                g, palette, content.states(), content.lifetimeNs(), BAR_LEFT, Math.round(middle - BAR_HEIGHT / 2), BAR_WIDTH, BAR_HEIGHT);
        if (content.calls() != null) {
            paintRemarks(g, palette, content.calls(), top, width);
        }
    }

    private static boolean has(Lane lane, TimelineModel.@Nullable Instant instant) {
        return instant != null && lane.threads().contains(instant.thread()) && !(lane instanceof Lane.OfGroup of && of.open());
    }

    /** A thread's is there where it is of use: under the mouse, where it is open, and where ticks are wide enough for calls to be read. */
    private void paintArrow(GraphicsContext g, TimelineFrame shown, Lane lane, boolean hovered, double middle) {
        Palette palette = shown.request().palette();
        boolean open = lane instanceof Lane.OfGroup of ? of.open() : lane instanceof Lane.OfThread t && t.calls() > 0;
        boolean offered = shown.request().viewport().nsPerPx() * shown.request().data().info().rateHz() < 1e9;
        if (lane instanceof Lane.OfThread && !open && !hovered && !offered) {
            return;
        }
        double x = leftOf(lane) - NAME_LEFT + ARROW_LEFT;
        g.setFill(hovered ? palette.text() : palette.muted());
        if (open) {
            g.fillPolygon(new double[] {x, x + 8, x + 4}, new double[] {middle - 3, middle - 3, middle + 3}, 3);
        } else {
            g.fillPolygon(new double[] {x + 1, x + 1, x + 7}, new double[] {middle - 4, middle + 4, middle}, 3);
        }
    }

    private void paintName(GraphicsContext g, TimelineFrame shown, Lane lane, boolean chosen, double middle) {
        Palette palette = shown.request().palette();
        List<ThreadInfo> threads = shown.request().data().threads();
        String name = "";
        String beside = "";
        boolean alive = true;
        if (lane instanceof Lane.OfGroup of) {
            name = of.name();
            beside = Integer.toString(of.threads().size());
        } else if (lane instanceof Lane.OfThread of && of.thread() < threads.size()) {
            ThreadInfo thread = threads.get(of.thread());
            name = LaneLayout.nameOf(thread);
            beside = thread.name() == null ? "" : Integer.toString(thread.tid());
            alive = thread.endNs() < 0 || !shown.request().data().isLive();
        }
        double left = leftOf(lane);
        Font font = lane instanceof Lane.OfGroup || chosen ? Texts.BOLD : Texts.BODY;
        double besideWidth = beside.isEmpty() ? 0 : Texts.width(beside, Texts.SMALL) + 8;
        g.setFont(font);
        g.setFill(alive ? palette.text() : palette.muted());
        g.setTextAlign(TextAlignment.LEFT);
        double room = BAR_LEFT - 12 - left - besideWidth;
        // A thread's number is at the end of its name; a group's name says most at its beginning.
        g.fillText(lane instanceof Lane.OfGroup ? Texts.fitting(name, font, room) : Texts.fittingBothEnds(name, font, room), left, middle);
        g.setFont(Texts.SMALL);
        g.setFill(palette.muted());
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(beside, BAR_LEFT - 12, middle);
    }

    /** What of the calls is not drawn, and why. */
    private static void paintRemarks(GraphicsContext g, Palette palette, FlameChart calls, double top, double width) {
        List<String> remarks = new ArrayList<>();
        if (calls.skipped() > 0) {
            remarks.add(calls.skipped() == 1 ? "1 outer call left out: all have it" : calls.skipped() + " outer calls left out: all have them");
        }
        if (calls.cut()) {
            remarks.add("inner calls left out: no room");
        }
        if (!calls.folded().isEmpty()) {
            remarks.add("grey: calls too short to draw");
        }
        g.setFont(Texts.SMALL);
        g.setFill(palette.muted());
        g.setTextAlign(TextAlignment.LEFT);
        double y = top + LaneRows.LANE_HEIGHT + LaneRows.CALL_HEIGHT / 2;
        for (String remark : remarks) {
            g.fillText(Texts.fitting(remark, Texts.SMALL, width - NAME_LEFT - 12), NAME_LEFT, y);
            y += LaneRows.CALL_HEIGHT;
        }
    }

    /** CPU use within the viewport; nothing where the kernel's figures are missing. Of a group it is its threads' average. */
    private static String cpu(TimelineFrame.Content content) {
        if (content.used() == null || content.lifetimeNs() <= 0) {
            return "–";
        }
        return TimeFormat.percent(content.used().cpuNs(), content.lifetimeNs());
    }
}

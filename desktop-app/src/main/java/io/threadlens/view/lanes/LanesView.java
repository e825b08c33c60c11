package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneLabels;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.RulerTicks;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Lines;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** The lanes: a grid below, the pixels of the states, and above them words, pauses, the selected range and the cursor. */
final class LanesView extends StackPane implements AutoCloseable {
    private static final double LABEL_PADDING = 6;
    /** Characters, with the dot and blanks before. */
    private static final int LEAST_OF_NAME = 8;

    private final TimelineModel model;
    private final PixelCanvas grid;
    private final LaneImage image = new LaneImage();
    private final PixelCanvas overlay;
    private final HoverCard hover;
    private @Nullable TimelineFrame frame;

    LanesView(TimelineModel model, int scale, Consumer<Throwable> onFailure) {
        grid = new Grid(scale);
        overlay = new Overlay(scale);
        this.model = model;
        hover = new HoverCard(model, this, onFailure);
        setId("lanes");
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Lanes of threads over time");
        image.setMouseTransparent(true);
        grid.setMouseTransparent(true);
        getChildren().addAll(grid, image, overlay, hover);
    }

    void show(TimelineFrame shown) {
        frame = shown;
        image.show(shown.pixels(), shown.pixelWidth(), shown.pixelHeight(), shown.request().scale());
        grid.repaint();
        overlay.repaint();
    }

    /** Paints what moves with the mouse; the lanes stay. */
    void repaintOverlay() {
        overlay.repaint();
    }

    @Override
    public void close() {
        hover.close();
    }

    private final class Grid extends PixelCanvas {
        Grid(int scale) {
            super(scale);
        }

        @Override
        protected void paint(GraphicsContext g, double width, double height) {
            TimelineFrame shown = frame;
            if (shown == null) {
                return;
            }
            Palette palette = shown.request().palette();
            Viewport viewport = shown.request().viewport();
            LaneLayout layout = shown.request().layout();
            TimeRange range = shown.request().data().range();
            g.setFill(palette.line().interpolate(palette.background(), 0.5));
            for (RulerTicks.Tick tick : RulerTicks.of(viewport, range.startNs(), RulerView.APART).ticks()) {
                Lines.down(g, tick.px(), 0, height);
            }
            VisibleRows.paint(g, shown, width, height, row -> {
                g.setFill(palette.subtle());
                Lines.across(g, 0, width, layout.top(row.row()) + layout.rows().height(row.row()) - 1);
            });
        }
    }

    private final class Overlay extends PixelCanvas {
        Overlay(int scale) {
            super(scale);
        }

        @Override
        protected void paint(GraphicsContext g, double width, double height) {
            TimelineFrame shown = frame;
            if (shown == null) {
                return;
            }
            Palette palette = shown.request().palette();
            Viewport viewport = shown.request().viewport();
            paintPauses(g, shown, height);
            VisibleRows.paint(g, shown, width, height, row -> {
                paintLabels(g, shown, row);
                FlameText.paint(g, shown, row, width);
                LockMarks.paintLock(g, shown, row, width);
                paintChoice(g, shown, row, width);
            });
            Veils.paint(g, palette, shown.veils(), 0, height);
            paintEdge(g, shown, width, height);
            MarksView.paintLines(g, shown, model.marks().all().get(), width, height);
            TimeRange selected = model.selection().get();
            if (selected != null) {
                paintSelection(g, palette, viewport, selected, width, height);
            }
            TimelineModel.Instant pinned = model.pinned().get();
            if (pinned != null) {
                Long second = model.second().get();
                if (second != null) {
                    Cursors.paintSecond(g, shown, pinned.ns(), second, width, height);
                }
                paintPinned(g, shown, pinned, height);
            }
            LockSelection.Blocked blocked = model.locks().blocked().get();
            if (blocked != null) {
                LockMarks.paintBlocked(g, shown, blocked, width, height);
            }
            LockMarks.paintKey(g, shown, width, height);
            Long pointed = model.pointed();
            if (pointed != null) {
                double x = Math.floor(viewport.pxOf(pointed)) + 0.5;
                g.setStroke(palette.text());
                g.setGlobalAlpha(0.55);
                g.strokeLine(x, 0, x, height);
                g.setGlobalAlpha(1);
            }
        }

        private void paintLabels(GraphicsContext g, TimelineFrame shown, TimelineFrame.Row row) {
            Palette palette = shown.request().palette();
            double middle = shown.request().layout().middle(row.row());
            g.setFont(Texts.SMALL);
            g.setTextBaseline(VPos.CENTER);
            g.setTextAlign(TextAlignment.LEFT);
            for (LaneLabels.Label label : row.content().labels()) {
                double room = label.width() - 2 * LABEL_PADDING;
                String fitting = fitting(label, room);
                if (fitting.isEmpty()) {
                    continue;
                }
                g.setFill(palette.textOn(label.state()));
                double x = Math.round(label.startPx() + LABEL_PADDING);
                if (hasStripes(label.state())) {
                    // A plain ground under the word: stripes behind letters are hard to read.
                    g.setFill(palette.of(label.state()));
                    g.fillRect(x - 3, middle - 7, Texts.width(fitting, Texts.SMALL) + 6, 14);
                    g.setFill(palette.textOn(label.state()));
                }
                g.fillText(fitting, x, middle);
            }
        }

        /** Where threads are chosen, the lanes of others step back. */
        private void paintChoice(GraphicsContext g, TimelineFrame shown, TimelineFrame.Row row, double width) {
            if (!model.chosenThreads().get().isEmpty() && !model.choice().has(row.lane().threads())) {
                LaneLayout layout = shown.request().layout();
                g.setFill(shown.request().palette().background());
                g.setGlobalAlpha(0.45);
                g.fillRect(0, layout.top(row.row()), width, layout.rows().height(row.row()) - 1);
                g.setGlobalAlpha(1);
            }
        }

        /** State and lock or function; where there is no room for a good part of that, the state; else nothing. */
        private String fitting(LaneLabels.Label label, double room) {
            String state = label.state().label();
            String whole = label.what() == null ? state : state + " · " + label.what();
            String cut = Texts.fitting(whole, Texts.SMALL, room);
            if (cut.equals(whole) || cut.length() >= state.length() + LEAST_OF_NAME) {
                return cut;
            }
            return Texts.width(state, Texts.SMALL) <= room ? state : "";
        }

        private boolean hasStripes(ThreadState state) {
            return switch (state) {
                case LOCK, GIL, PAUSED, NATIVE, RUNNABLE, UNKNOWN -> true;
                default -> false;
            };
        }

        /** What stood still is tinted through all lanes. */
        private void paintPauses(GraphicsContext g, TimelineFrame shown, double height) {
            g.setFill(shown.request().palette().of(ThreadState.PAUSED));
            g.setGlobalAlpha(0.16);
            for (List<Span> bars : List.of(shown.collections(), shown.stops())) {
                for (Span bar : bars) {
                    double from = Math.floor(bar.startPx());
                    g.fillRect(from, 0, Math.ceil(bar.endPx()) - from, height);
                }
            }
            g.setGlobalAlpha(1);
        }

        /** Where the recording ends, or has come to. */
        private void paintEdge(GraphicsContext g, TimelineFrame shown, double width, double height) {
            Viewport viewport = shown.request().viewport();
            double end = viewport.pxOf(shown.request().data().range().endNs());
            if (end < width) {
                Palette palette = shown.request().palette();
                g.setFill(palette.subtle());
                g.fillRect(Math.max(0, Math.ceil(end)), 0, width - Math.max(0, Math.ceil(end)), height);
                g.setFill(shown.request().data().isLive() ? palette.of(ThreadState.RUNNING) : palette.line());
                Lines.down(g, end, 0, height);
            }
        }

        private void paintSelection(GraphicsContext g, Palette palette, Viewport viewport, TimeRange range, double width, double height) {
            double from = Math.round(viewport.pxOf(range.startNs()));
            double to = Math.round(viewport.pxOf(range.endNs()));
            if (to < 0 || from > width) {
                return;
            }
            double left = Math.max(-1, from);
            double right = Math.min(width + 1, to);
            g.setFill(palette.background());
            g.setGlobalAlpha(0.5);
            g.fillRect(0, 0, Math.max(0, left), height);
            g.fillRect(right, 0, Math.max(0, width - right), height);
            g.setGlobalAlpha(1);
            g.setStroke(palette.accent());
            g.strokeLine(left + 0.5, 0, left + 0.5, height);
            g.strokeLine(right - 0.5, 0, right - 0.5, height);
            String text = TimeFormat.length(range.lengthNs());
            double box = Texts.width(text, Texts.SMALL) + 12;
            double x = Math.clamp((left + right - box) / 2, 0, Math.max(0, width - box));
            g.setFill(palette.accent());
            g.fillRoundRect(x, height - 20, box, 17, 6, 6);
            g.setFill(palette.background());
            g.setFont(Texts.SMALL);
            g.setTextBaseline(VPos.CENTER);
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(text, x + 6, height - 11.5);
        }

        private void paintPinned(GraphicsContext g, TimelineFrame shown, TimelineModel.Instant pinned, double height) {
            Palette palette = shown.request().palette();
            LaneLayout layout = shown.request().layout();
            double x = Math.floor(shown.request().viewport().pxOf(pinned.ns())) + 0.5;
            g.setStroke(palette.accent());
            g.setLineWidth(1.5);
            g.strokeLine(x, 0, x, height);
            int row = layout.rowOf(pinned.thread());
            if (row >= 0) {
                double middle = layout.middle(row);
                g.setFill(palette.background());
                g.fillOval(x - 4, middle - 4, 8, 8);
                g.strokeOval(x - 4, middle - 4, 8, 8);
            }
            g.setLineWidth(1);
        }
    }
}

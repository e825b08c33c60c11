package io.threadlens.view.lanes;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import java.util.List;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** Mouse and wheel on the lanes. What they do has a key as well: see {@link io.threadlens.view.actions.Gesture}. */
public final class TimelineInput {
    private static final double WHEEL_ZOOM_PER_PX = 1.0 / 160;
    private static final double CLICK_PX = 3;

    private final TimelineModel model;
    private double pressedX;
    private double lastX;
    private boolean moved;
    private boolean panning;
    private boolean selecting;

    private TimelineInput(TimelineModel model) {
        this.model = model;
    }

    static void install(TimelineModel model, Node lanes, Node header) {
        TimelineInput input = new TimelineInput(model);
        lanes.setOnMouseMoved(input::hover);
        lanes.setOnMouseExited(e -> model.hovered().set(null));
        lanes.setOnMousePressed(e -> {
            lanes.getParent().requestFocus();
            input.pressed(e);
        });
        lanes.setOnMouseDragged(input::dragged);
        lanes.setOnMouseReleased(e -> {
            lanes.setCursor(Cursor.DEFAULT);
            input.released(e);
        });
        lanes.setOnScroll(input::scrolled);
        header.setOnScroll(input::scrolled);
    }

    private void hover(MouseEvent e) {
        int row = model.lanes().get().rowAt(e.getY());
        long ns = model.viewport().get().timeAt(e.getX());
        // A group's lane is of no thread that one could point at.
        boolean inside = row >= 0 && model.data().get().range().contains(ns) && model.lanes().get().rows().lane(row) instanceof Lane.OfThread;
        model.hovered().set(inside ? new TimelineModel.Instant(threadOf(row, ns), ns) : null);
    }

    /** Whose instant is meant on a lane: its thread's; of a group that of the first that lived then. */
    private int threadOf(int row, long ns) {
        List<Integer> threads = model.lanes().get().rows().lane(row).threads();
        StateTimes times = model.data().get().times();
        return threads.stream()
                .filter(thread -> thread < times.threads().size() && times.lifetime(thread).contains(ns))
                .findFirst()
                .orElse(threads.getFirst());
    }

    private void pressed(MouseEvent e) {
        pressedX = e.getX();
        lastX = e.getX();
        panning = e.getButton() != MouseButton.PRIMARY || e.isShiftDown();
        selecting = false;
        moved = false;
        if (panning && e.getSource() instanceof Node lanes) {
            lanes.setCursor(Cursor.CLOSED_HAND);
        }
    }

    private void dragged(MouseEvent e) {
        hover(e);
        moved |= Math.abs(e.getX() - pressedX) > CLICK_PX;
        if (panning) {
            model.pan(lastX - e.getX());
            lastX = e.getX();
            return;
        }
        selecting |= moved;
        if (selecting) {
            // The lanes must hold still under the mouse.
            model.following().set(false);
            Viewport viewport = model.viewport().get();
            TimeRange all = model.data().get().range();
            long a = Math.clamp(viewport.timeAt(Math.min(pressedX, e.getX())), all.startNs(), all.endNs());
            long b = Math.clamp(viewport.timeAt(Math.max(pressedX, e.getX())), all.startNs(), all.endNs());
            model.select(new TimeRange(a, b));
        }
    }

    private void released(MouseEvent e) {
        boolean comparing = e.getButton() == MouseButton.PRIMARY && e.isShiftDown() && !moved;
        if (selecting || panning && !comparing) {
            return;
        }
        int row = model.lanes().get().rowAt(e.getY());
        long ns = model.viewport().get().timeAt(e.getX());
        if (row < 0 || !model.data().get().range().contains(ns)) {
            model.clear();
            return;
        }
        int thread = threadOf(row, ns);
        if (comparing) {
            model.compareWith(new TimelineModel.Instant(thread, ns));
            return;
        }
        model.click(new TimelineModel.Instant(thread, ns));
        if (e.getClickCount() == 2) {
            SampleAt sample = SampleAt.find(model.data().get().times(), thread, ns);
            if (sample != null) {
                model.select(new TimeRange(sample.startNs(), sample.endNs()));
                model.fit();
            }
        }
    }

    private void scrolled(ScrollEvent e) {
        double along = e.getDeltaX() != 0 ? e.getDeltaX() : e.getDeltaY();
        if (e.isControlDown() || e.isShortcutDown()) {
            model.zoom(e.getX(), Math.exp(-along * WHEEL_ZOOM_PER_PX));
        } else if (e.isShiftDown() || e.getDeltaX() != 0 && Math.abs(e.getDeltaX()) > Math.abs(e.getDeltaY())) {
            model.pan(-along * 2);
        } else {
            model.scrollLanes(model.lanes().get().scrollY() - e.getDeltaY());
        }
        e.consume();
    }
}

package io.threadlens.view.lanes;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
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
    private boolean panning;
    private boolean selecting;

    private TimelineInput(TimelineModel model) {
        this.model = model;
    }

    static void install(TimelineModel model, Node lanes, Node header) {
        TimelineInput input = new TimelineInput(model);
        lanes.setOnMouseMoved(input::moved);
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

    private void moved(MouseEvent e) {
        int lane = model.lanes().get().laneAt(e.getY());
        long ns = model.viewport().get().timeAt(e.getX());
        boolean inside = lane >= 0 && model.data().get().range().contains(ns);
        model.hovered().set(inside ? new TimelineModel.Instant(model.lanes().get().threads().get(lane), ns) : null);
    }

    private void pressed(MouseEvent e) {
        pressedX = e.getX();
        lastX = e.getX();
        panning = e.getButton() != MouseButton.PRIMARY || e.isShiftDown();
        selecting = false;
        if (panning && e.getSource() instanceof Node lanes) {
            lanes.setCursor(Cursor.CLOSED_HAND);
        }
    }

    private void dragged(MouseEvent e) {
        moved(e);
        if (panning) {
            model.pan(lastX - e.getX());
            lastX = e.getX();
            return;
        }
        selecting |= Math.abs(e.getX() - pressedX) > CLICK_PX;
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
        if (selecting || panning) {
            return;
        }
        LaneLayout layout = model.lanes().get();
        int lane = layout.laneAt(e.getY());
        long ns = model.viewport().get().timeAt(e.getX());
        if (lane < 0 || !model.data().get().range().contains(ns)) {
            model.clear();
            return;
        }
        int thread = layout.threads().get(lane);
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

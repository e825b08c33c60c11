package io.threadlens.view.cores;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** Mouse and wheel on the cores: as on the lanes. */
final class CoreInput {
    private static final double WHEEL_ZOOM_PER_PX = 1.0 / 160;
    private static final double CLICK_PX = 3;

    private final CoreLanesView view;
    private final TimelineModel model;
    private double pressedX;
    private double lastX;
    private boolean panning;
    private boolean selecting;

    private CoreInput(CoreLanesView view, TimelineModel model) {
        this.view = view;
        this.model = model;
    }

    static void install(CoreLanesView view, Node body, TimelineModel model) {
        CoreInput input = new CoreInput(view, model);
        body.setOnMousePressed(input::pressed);
        body.setOnMouseDragged(input::dragged);
        body.setOnMouseReleased(input::released);
        body.setOnScroll(input::scrolled);
    }

    private void pressed(MouseEvent e) {
        pressedX = e.getX();
        lastX = e.getX();
        panning = e.getButton() != MouseButton.PRIMARY || e.isShiftDown();
        selecting = false;
    }

    private void dragged(MouseEvent e) {
        if (panning) {
            model.pan(lastX - e.getX());
            lastX = e.getX();
            return;
        }
        selecting |= Math.abs(e.getX() - pressedX) > CLICK_PX;
        if (selecting) {
            model.following().set(false);
            Viewport viewport = model.viewport().get();
            TimeRange all = model.data().get().range();
            long a = Math.clamp(viewport.timeAt(Math.min(pressedX, e.getX())), all.startNs(), all.endNs());
            long b = Math.clamp(viewport.timeAt(Math.max(pressedX, e.getX())), all.startNs(), all.endNs());
            model.select(new TimeRange(a, b));
        }
    }

    /** A click pins the thread there; who looks at cores goes on looking at cores. */
    private void released(MouseEvent e) {
        if (panning || selecting) {
            return;
        }
        int thread = view.threadAt(e.getX(), e.getY());
        if (thread >= 0) {
            model.pin(new TimelineModel.Instant(thread, model.viewport().get().timeAt(e.getX())));
            model.topic().set(Topic.CORES);
        }
    }

    private void scrolled(ScrollEvent e) {
        double along = e.getDeltaX() != 0 ? e.getDeltaX() : e.getDeltaY();
        if (e.isShortcutDown()) {
            model.zoom(e.getX(), Math.exp(-along * WHEEL_ZOOM_PER_PX));
        } else if (e.isShiftDown() || Math.abs(e.getDeltaX()) > Math.abs(e.getDeltaY())) {
            model.pan(-along * 2);
        } else {
            view.scroll(e.getDeltaY() > 0 ? -1 : 1);
        }
        e.consume();
    }
}

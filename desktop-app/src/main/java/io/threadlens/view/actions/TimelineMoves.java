package io.threadlens.view.actions;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneEvents;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.TimelineModel.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keys do on the timeline that takes more than one call of its model. The cursor is the pinned instant, else the one under the mouse. */
final class TimelineMoves {
    private static final double ZOOM = 1.4;
    private static final double PAN = 0.15;

    private TimelineMoves() {}

    static void zoomIn(TimelineModel model) {
        model.zoom(pointer(model), 1 / ZOOM);
    }

    static void zoomOut(TimelineModel model) {
        model.zoom(pointer(model), ZOOM);
    }

    private static double pointer(TimelineModel model) {
        Viewport viewport = model.viewport().get();
        Instant hovered = model.hovered().get();
        return hovered != null ? viewport.pxOf(hovered.ns()) : viewport.width() / 2.0;
    }

    static void pan(TimelineModel model, int direction) {
        model.pan(direction * PAN * model.viewport().get().width());
    }

    static void moveLane(TimelineModel model, int by) {
        forgetMouse(model);
        model.moveLane(by);
    }

    static void scrollPage(TimelineModel model, int direction) {
        LaneLayout layout = model.lanes().get();
        double page = Math.max(LaneRows.LANE_HEIGHT, layout.height() - LaneRows.LANE_HEIGHT);
        model.scrollLanes(layout.scrollY() + direction * page);
    }

    /** To the next thread that was found, from the last one to the first. */
    static void nextFound(TimelineModel model, int direction) {
        List<Integer> found = model.lanes().get().threads();
        Instant at = model.pinned().get();
        int lane = at == null ? -1 : found.indexOf(at.thread());
        int next = lane < 0 ? (direction > 0 ? 0 : found.size() - 1) : Math.floorMod(lane + direction, Math.max(1, found.size()));
        forgetMouse(model);
        model.goToThread(found.get(next));
    }

    /** To the next or the previous change of state of the pinned thread. */
    static void step(TimelineModel model, int direction) {
        Instant at = cursorAfterMouse(model);
        if (at == null) {
            model.moveLane(0);
            return;
        }
        SampleAt sample = SampleAt.find(model.data().get().times(), at.thread(), at.ns());
        long pixel = Math.max(1, Math.round(model.viewport().get().nsPerPx()));
        if (sample == null) {
            model.movePinned(at.ns() + direction * pixel);
        } else {
            model.movePinned(direction > 0 ? sample.endNs() : sample.startNs() - 1);
        }
    }

    /** To the next or the previous event of the pinned thread, see {@link LaneEvents}. */
    static void event(TimelineModel model, int direction) {
        Instant at = cursorAfterMouse(model);
        if (at == null) {
            model.moveLane(0);
            return;
        }
        RecordingData data = model.data().get();
        long to = direction > 0
                ? LaneEvents.next(data.waits(), data.pauses(), at.thread(), at.ns())
                : LaneEvents.previous(data.waits(), data.pauses(), at.thread(), at.ns());
        if (to != LaneEvents.NONE) {
            model.movePinned(to);
        }
    }

    static void jumpToHolder(TimelineModel model) {
        forgetMouse(model);
        model.locks().jumpToHolder();
    }

    static void jumpToWaiter(TimelineModel model) {
        forgetMouse(model);
        model.locks().jumpToWaiter();
    }

    /** What a double click does: the stretch of the cursor from edge to edge. */
    static void fitStretch(TimelineModel model) {
        Instant at = model.cursor();
        SampleAt sample = at == null ? null : SampleAt.find(model.data().get().times(), at.thread(), at.ns());
        if (sample != null) {
            model.select(new TimeRange(sample.startNs(), sample.endNs()));
            model.fit();
        }
    }

    static void selectVisible(TimelineModel model) {
        TimeRange visible = model.viewport().get().range();
        TimeRange all = model.data().get().range();
        select(model, Math.max(visible.startNs(), all.startNs()), Math.min(visible.endNs(), all.endNs()));
    }

    static void selectAll(TimelineModel model) {
        model.select(model.data().get().range());
    }

    /** The range begins at the cursor. It ends where it ended where that is later, else where the recording ends. */
    static void selectFrom(TimelineModel model) {
        Instant at = model.cursor();
        TimeRange before = model.selection().get();
        if (at != null) {
            select(model, at.ns(), before != null && before.endNs() > at.ns() ? before.endNs() : model.data().get().range().endNs());
        }
    }

    /** The range ends at the cursor. It begins where it began where that is earlier, else where the recording begins. */
    static void selectTo(TimelineModel model) {
        Instant at = model.cursor();
        TimeRange before = model.selection().get();
        if (at != null) {
            select(model, before != null && before.startNs() < at.ns() ? before.startNs() : model.data().get().range().startNs(), at.ns());
        }
    }

    /** Steps, and takes the near edge of the range along; where there is none, the range is what was stepped over. */
    static void extend(TimelineModel model, int direction) {
        Instant before = model.pinned().get();
        step(model, direction);
        Instant after = model.pinned().get();
        if (before == null || after == null) {
            return;
        }
        TimeRange range = model.selection().get();
        long fixed = before.ns();
        if (range != null && range.startNs() == before.ns()) {
            fixed = range.endNs();
        } else if (range != null && range.endNs() == before.ns()) {
            fixed = range.startNs();
        }
        select(model, Math.min(fixed, after.ns()), Math.max(fixed, after.ns()));
    }

    private static void select(TimelineModel model, long startNs, long endNs) {
        model.following().set(false);
        model.select(startNs < endNs ? new TimeRange(startNs, endNs) : null);
    }

    private static @Nullable Instant cursorAfterMouse(TimelineModel model) {
        forgetMouse(model);
        return model.pinned().get();
    }

    /** What the keys reach is what is looked at, wherever the mouse was left. */
    private static void forgetMouse(TimelineModel model) {
        model.hovered().set(null);
    }
}

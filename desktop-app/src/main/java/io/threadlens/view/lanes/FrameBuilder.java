package io.threadlens.view.lanes;

import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.PauseBars;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TimelineFrame}: all the counting and painting that the JavaFX thread shall not wait for. For one thread. */
final class FrameBuilder {
    private @Nullable LanePainter painter;

    TimelineFrame build(TimelineFrame.Request request) {
        RecordingData data = request.data();
        Viewport viewport = request.viewport();
        LaneLayout layout = request.layout();
        int scale = request.scale();
        int width = viewport.width() * scale;
        int height = Math.max(1, (int) Math.ceil(layout.height()) * scale);
        LanePainter lanes = painterOf(new LanePainter.Ground(data, viewport, scale, request.palette()));
        int before = lanes.painted();

        int[] pixels = new int[width * height];
        List<TimelineFrame.Row> rows = new ArrayList<>();
        int stuck = layout.stuck();
        List<Integer> visible = new ArrayList<>(layout.visible());
        // Those that scroll come first, and are covered by the pinned ones.
        visible.sort((a, b) -> Boolean.compare(a < stuck, b < stuck));
        boolean covered = false;
        for (int row : visible) {
            if (row < stuck && !covered) {
                Arrays.fill(pixels, 0, Math.min(pixels.length, (int) Math.ceil(layout.stuckHeight() * scale) * width), 0);
                covered = true;
            }
            TimelineFrame.Content content = lanes.content(layout.rows().lane(row), request.inHaste());
            copy(content.pixels(), pixels, width, (int) Math.round((layout.top(row) + LanePainter.INSET) * scale));
            rows.add(row(request, row, content));
        }
        lanes.trim(pixels.length);
        List<Span> stops = PauseBars.of(data.pauses(), PauseBars.STOP_THE_WORLD, viewport);
        List<Span> collections = PauseBars.of(data.pauses(), PauseBars.COLLECTION, viewport);
        List<Veil> veils = request.moments() == null ? List.of() : Veil.of(request.moments(), data.recording(), viewport);
        return new TimelineFrame(request, pixels, width, height, List.copyOf(rows), lanes.painted() - before, stops, collections, veils);
    }

    private LanePainter painterOf(LanePainter.Ground ground) {
        LanePainter now = painter;
        if (now == null || !ground.isSame(now.ground())) {
            now = new LanePainter(ground);
            painter = now;
        }
        return now;
    }

    private static TimelineFrame.Row row(TimelineFrame.Request request, int row, TimelineFrame.Content content) {
        RecordingData data = request.data();
        Integer lock = request.lock();
        if (lock == null || !(content.lane() instanceof Lane.OfThread of)) {
            return new TimelineFrame.Row(row, content, List.of(), List.of());
        }
        return new TimelineFrame.Row(
                row,
                content,
                data.waits().spans(lock, of.thread(), request.viewport()),
                data.holds().spans(lock, of.thread(), request.viewport()));
    }

    /** Copies a lane to a height in the picture, which it may stick out of. */
    private static void copy(int[] lane, int[] pixels, int width, int top) {
        int from = Math.max(0, -top);
        int end = Math.min(lane.length, pixels.length - top * width) / width;
        if (from < end) {
            System.arraycopy(lane, from * width, pixels, (top + from) * width, (end - from) * width);
        }
    }
}

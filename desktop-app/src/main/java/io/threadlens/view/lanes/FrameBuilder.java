package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.LaneLabels;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.timeline.PauseBars;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import java.util.ArrayList;
import java.util.List;

/** Makes a {@link TimelineFrame}: all the counting and painting that the JavaFX thread shall not wait for. */
final class FrameBuilder {
    /** Space between lanes, above and below each, in pixels. */
    static final int LANE_INSET = 3;
    /** Stretches narrower than this have no room for a word. */
    private static final double NARROWEST_LABEL = 44;

    private FrameBuilder() {}

    static TimelineFrame build(TimelineFrame.Request request) {
        RecordingData data = request.data();
        StateTimes times = data.times();
        Viewport viewport = request.viewport();
        LaneLayout layout = request.layout();
        Integer lock = request.lock();
        int scale = request.scale();
        int width = viewport.width() * scale;
        int height = Math.max(1, (int) Math.ceil(layout.height()) * scale);
        Viewport fine = new Viewport(viewport.startNs(), viewport.nsPerPx() / scale, width);
        Columns columns = Columns.of(fine);
        LaneRaster.Paint paint = request.palette().raster(scale, Math.round(viewport.startNs() / fine.nsPerPx()));

        int[] pixels = new int[width * height];
        long[] states = new long[width * ThreadState.COUNT];
        long[] all = new long[ThreadState.COUNT];
        List<TimelineFrame.Lane> lanes = new ArrayList<>();
        for (int lane = layout.firstVisible(); lane < layout.endVisible(); lane++) {
            int thread = layout.threads().get(lane);
            if (thread >= times.threads().size()) {
                continue;
            }
            TimeRange lifetime = times.lifetime(thread);
            times.columns(thread, columns, states);
            addUnseen(states, columns, lifetime);
            int top = (int) Math.round((layout.top(lane) + LANE_INSET) * scale);
            LaneRaster.paint(states, columns, pixels, top, (int) (layout.laneHeight() - 2 * LANE_INSET) * scale, paint);

            long[] sums = new long[ThreadState.COUNT];
            for (int i = 0; i < states.length; i++) {
                sums[i % ThreadState.COUNT] += states[i];
            }
            for (int s = 0; s < sums.length; s++) {
                all[s] += sums[s];
            }
            lanes.add(new TimelineFrame.Lane(
                    times.threads().get(thread),
                    sums,
                    overlap(lifetime, columns.edge(0), columns.edge(columns.count())),
                    data.cpu().between(thread, viewport.startNs(), viewport.endNs()),
                    LaneLabels.of(times, data.waits(), thread, viewport, NARROWEST_LABEL),
                    lock == null ? List.of() : data.waits().spans(lock, thread, viewport),
                    lock == null ? List.of() : data.holds().spans(lock, thread, viewport)));
        }
        addHidden(layout, times, columns, all);
        List<Span> stops = PauseBars.of(data.pauses(), PauseBars.STOP_THE_WORLD, viewport);
        List<Span> collections = PauseBars.of(data.pauses(), PauseBars.COLLECTION, viewport);
        List<Veil> veils = request.moments() == null ? List.of() : Veil.of(request.moments(), data.recording(), viewport);
        return new TimelineFrame(request, pixels, width, height, List.copyOf(lanes), all, stops, collections, veils);
    }

    /** Adds the time of the lanes above and below: shares that change when one scrolls would say nothing. */
    private static void addHidden(LaneLayout layout, StateTimes times, Columns columns, long[] all) {
        long start = columns.edge(0);
        long end = columns.edge(columns.count());
        for (int lane = 0; lane < layout.threads().size(); lane++) {
            int thread = layout.threads().get(lane);
            if (lane >= layout.firstVisible() && lane < layout.endVisible() || thread >= times.threads().size()) {
                continue;
            }
            long[] states = times.livedBetween(thread, start, end);
            for (int s = 0; s < states.length; s++) {
                all[s] += states[s];
            }
        }
    }

    /** Time of the thread's life that no tick saw is unknown, and shown as that. */
    private static void addUnseen(long[] states, Columns columns, TimeRange lifetime) {
        for (int i = 0; i < columns.count(); i++) {
            long lived = overlap(lifetime, columns.edge(i), columns.edge(i + 1));
            for (int s = 0; s < ThreadState.COUNT; s++) {
                lived -= states[i * ThreadState.COUNT + s];
            }
            states[i * ThreadState.COUNT + ThreadState.UNKNOWN.code()] += Math.max(0, lived);
        }
    }

    private static long overlap(TimeRange range, long startNs, long endNs) {
        return Math.max(0, Math.min(range.endNs(), endNs) - Math.max(range.startNs(), startNs));
    }
}

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
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import java.util.List;
import java.util.stream.IntStream;

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
        // Lanes share nothing but the picture, each its own part of it.
        List<TimelineFrame.Lane> lanes = IntStream.range(layout.firstVisible(), layout.endVisible())
                .filter(lane -> layout.threads().get(lane) < times.threads().size())
                .parallel()
                .mapToObj(lane -> {
                    int thread = layout.threads().get(lane);
                    TimeRange lifetime = times.lifetime(thread);
                    long[] states = new long[width * ThreadState.COUNT];
                    Columns own = times.columnsNear(thread, columns, states);
                    addUnseen(states, own, lifetime);
                    int top = (int) Math.round((layout.top(lane) + LANE_INSET) * scale);
                    LaneRaster.paint(states, own, pixels, top, (int) (layout.laneHeight() - 2 * LANE_INSET) * scale, paint);

                    long[] sums = new long[ThreadState.COUNT];
                    for (int i = 0; i < states.length; i++) {
                        sums[i % ThreadState.COUNT] += states[i];
                    }
                    return new TimelineFrame.Lane(
                            times.threads().get(thread),
                            sums,
                            overlap(lifetime, columns.edge(0), columns.edge(columns.count())),
                            data.cpu().between(thread, viewport.startNs(), viewport.endNs()),
                            LaneLabels.of(times, data.waits(), thread, viewport, NARROWEST_LABEL),
                            lock == null ? List.of() : data.waits().spans(lock, thread, viewport),
                            lock == null ? List.of() : data.holds().spans(lock, thread, viewport));
                })
                .toList();
        long[] all = all(layout, times, columns);
        List<Span> stops = PauseBars.of(data.pauses(), PauseBars.STOP_THE_WORLD, viewport);
        List<Span> collections = PauseBars.of(data.pauses(), PauseBars.COLLECTION, viewport);
        return new TimelineFrame(request, pixels, width, height, lanes, all, stops, collections);
    }

    /** The time of all lanes, those above and below as well: shares that change when one scrolls would say nothing. */
    private static long[] all(LaneLayout layout, StateTimes times, Columns columns) {
        long start = columns.edge(0);
        long end = columns.edge(columns.count());
        if (layout.threads().size() >= times.threads().size()) {
            return times.livedBetweenTogether(start, end);
        }
        long[] all = new long[ThreadState.COUNT];
        for (int thread : layout.threads()) {
            if (thread < times.threads().size()) {
                long[] states = times.livedBetween(thread, start, end);
                for (int s = 0; s < states.length; s++) {
                    all[s] += states[s];
                }
            }
        }
        return all;
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

package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLabels;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.LaneTimes;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.LaneArranging;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.CallColours;
import io.threadlens.view.theme.Palette;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Paints single lanes of one viewport, each once: lanes that scroll out of sight and back are still there. For one thread. */
final class LanePainter {
    /** Space between lanes, above and below each, in pixels. */
    static final int INSET = 3;
    /** Height of a lane's states in pixels. */
    static final int STRIP = (int) LaneRows.LANE_HEIGHT - 2 * INSET;
    /** Stretches narrower than this have no room for a word. */
    private static final double NARROWEST_LABEL = 44;
    /** So many pictures full of lanes are kept. */
    private static final int KEPT_PICTURES = 3;

    /** What a lane looks like depends on; where that is the same, so is the lane. */
    record Ground(RecordingData data, Viewport viewport, int scale, Palette palette) {
        boolean isSame(@Nullable Ground other) {
            return other != null && other.data == data && other.viewport.equals(viewport) && other.scale == scale && other.palette == palette;
        }
    }

    private final Ground ground;
    private final Columns columns;
    private final LaneRaster.Paint paint;
    private final CallColours colours;
    private final Map<Object, TimelineFrame.Content> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long keptPixels;
    private int painted;

    LanePainter(Ground ground) {
        this.ground = ground;
        Viewport viewport = ground.viewport;
        Viewport fine = new Viewport(viewport.startNs(), viewport.nsPerPx() / ground.scale, viewport.width() * ground.scale);
        columns = Columns.of(fine);
        paint = ground.palette.raster(ground.scale, Math.round(viewport.startNs() / fine.nsPerPx()));
        colours = CallColours.of(ground.palette);
    }

    Ground ground() {
        return ground;
    }

    /** How many lanes were painted so far. */
    int painted() {
        return painted;
    }

    /** Forgets the lanes that were looked at the longest ago, as far as they are more than a few pictures full. */
    void trim(long picturePixels) {
        var oldest = kept.values().iterator();
        while (keptPixels > KEPT_PICTURES * picturePixels && oldest.hasNext()) {
            keptPixels -= oldest.next().pixels().length;
            oldest.remove();
        }
    }

    /** @param inHaste see {@link TimelineFrame.Request#inHaste} */
    TimelineFrame.Content content(Lane lane, boolean inHaste) {
        Object key = switch (lane) {
            case Lane.OfThread of -> of.thread();
            case Lane.OfGroup of -> of.key();
        };
        TimelineFrame.Content content = kept.get(key);
        if (content != null && content.lane().equals(lane) && (inHaste || !content.coarse())) {
            return content;
        }
        if (content != null) {
            keptPixels -= content.pixels().length;
        }
        TimelineFrame.Content fresh = paint(lane, inHaste);
        kept.put(key, fresh);
        keptPixels += fresh.pixels().length;
        painted++;
        return fresh;
    }

    private TimelineFrame.Content paint(Lane lane, boolean inHaste) {
        RecordingData data = ground.data;
        StateTimes times = data.times();
        long start = columns.edge(0);
        long end = columns.edge(columns.count());
        // A thread that this snapshot does not know yet has no time in it.
        List<Integer> threads = lane.threads().stream().filter(thread -> thread < times.threads().size()).toList();
        int calls = lane instanceof Lane.OfThread of ? of.calls() : 0;
        int strip = STRIP * ground.scale;
        int[] pixels = new int[columns.count() * (strip + (int) (calls * LaneRows.CALL_HEIGHT) * ground.scale)];
        long[] states = new long[columns.count() * ThreadState.COUNT];
        LaneTimes.columns(times, threads, columns, inHaste, states);
        LaneRaster.paint(states, columns, Math.max(1, threads.size()), pixels, 0, strip, paint);
        long[] sums = new long[ThreadState.COUNT];
        for (int i = 0; i < states.length; i++) {
            sums[i % ThreadState.COUNT] += states[i];
        }
        boolean single = lane instanceof Lane.OfThread && !threads.isEmpty();
        FlameChart chart = calls > 0 && single ? FlameChart.of(times, threads.getFirst(), ground.viewport, LaneArranging.MOST_CALLS) : null;
        if (chart != null) {
            FlamePixels.paint(chart, pixels, columns.count(), strip, ground.scale, colours);
        }
        return new TimelineFrame.Content(
                lane,
                pixels,
                sums,
                LaneTimes.lived(times, threads, start, end),
                used(data, threads),
                single ? LaneLabels.of(times, data.waits(), threads.getFirst(), ground.viewport, NARROWEST_LABEL) : List.of(),
                chart,
                inHaste && LaneTimes.joined(threads.size(), columns.count(), true) > LaneTimes.joined(threads.size(), columns.count(), false));
    }

    /** Of all threads together; null where none of them has figures. */
    private CpuTimes.@Nullable Used used(RecordingData data, List<Integer> threads) {
        CpuTimes.Used sum = null;
        for (int thread : threads) {
            CpuTimes.Used one = data.cpu().between(thread, ground.viewport.startNs(), ground.viewport.endNs());
            if (one != null) {
                sum = sum == null ? one : new CpuTimes.Used(sum.cpuNs() + one.cpuNs(), sum.delayNs() + one.delayNs());
            }
        }
        return sum;
    }
}

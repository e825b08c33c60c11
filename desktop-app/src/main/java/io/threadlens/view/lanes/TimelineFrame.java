package io.threadlens.view.lanes;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadInfo;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.LaneLabels;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.Span;
import io.threadlens.timeline.Veil;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.Palette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture of the timeline, ready to be put on the screen: everything in it is of the same viewport, so that lanes, ruler and
 * headers never disagree.
 *
 * @param pixels      the lanes, ARGB, row by row, in device pixels; not drawn is transparent
 * @param pixelWidth  columns of {@code pixels}
 * @param pixelHeight rows of {@code pixels}
 * @param lanes       the visible lanes, the first being {@code layout.firstVisible()}
 * @param states      time per state of all threads together, within the viewport
 * @param stops       stops of the world
 * @param collections garbage collections
 * @param veils       what chosen moments leave out
 */
record TimelineFrame(
        Request request,
        int[] pixels,
        int pixelWidth,
        int pixelHeight,
        List<Lane> lanes,
        long[] states,
        List<Span> stops,
        List<Span> collections,
        List<Veil> veils) {

    /**
     * What a picture is asked to show.
     *
     * @param lock       the lock to be marked in every lane; null for none
     * @param isHovering whether that is the one under the mouse, and everything else steps back
     * @param moments    those that are chosen; null for all
     */
    record Request(
            RecordingData data,
            Viewport viewport,
            LaneLayout layout,
            int scale,
            Palette palette,
            @Nullable Integer lock,
            boolean isHovering,
            @Nullable Moments moments) {}

    /**
     * A lane with what its header says about the viewport.
     *
     * @param waits where the thread waits for the marked lock
     * @param holds where it holds it
     */
    record Lane(
            ThreadInfo thread,
            long[] states,
            long lifetimeNs,
            CpuTimes.@Nullable Used used,
            List<LaneLabels.Label> labels,
            List<Span> waits,
            List<Span> holds) {}
}

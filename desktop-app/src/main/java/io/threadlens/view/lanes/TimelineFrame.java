package io.threadlens.view.lanes;

import io.threadlens.model.Moments;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.Lane;
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
 * @param rows        the visible lanes, those that scroll first: pinned ones lie over them
 * @param painted     how many of them were painted for this picture, the others having been painted for one before
 * @param stops       stops of the world
 * @param collections garbage collections
 * @param veils       what chosen moments leave out
 */
record TimelineFrame(
        Request request,
        int[] pixels,
        int pixelWidth,
        int pixelHeight,
        List<Row> rows,
        int painted,
        List<Span> stops,
        List<Span> collections,
        List<Veil> veils) {

    /** Whether it would be finer without haste. */
    boolean isCoarse() {
        return rows.stream().anyMatch(row -> row.content().coarse());
    }

    /**
     * What a picture is asked to show.
     *
     * @param lock       the lock to be marked in every lane; null for none
     * @param isHovering whether that is the one under the mouse, and everything else steps back
     * @param moments    those that are chosen; null for all
     * @param inHaste    whether the next picture will be of another viewport, or more data, so that large groups may be coarse
     */
    record Request(
            RecordingData data,
            Viewport viewport,
            LaneLayout layout,
            int scale,
            Palette palette,
            @Nullable Integer lock,
            boolean isHovering,
            @Nullable Moments moments,
            boolean inHaste) {}

    /**
     * A lane on the screen.
     *
     * @param row   its number in the layout
     * @param waits where the thread waits for the marked lock
     * @param holds where it holds it
     */
    record Row(int row, Content content, List<Span> waits, List<Span> holds) {
        Lane lane() {
            return content.lane();
        }
    }

    /**
     * What a lane and its header say about the viewport, wherever the lane is.
     *
     * @param pixels     its states, and its calls where it is opened; as wide as the picture
     * @param states     time per state
     * @param lifetimeNs how long its threads lived within the viewport, together
     * @param used       null where the kernel's figures are missing
     * @param labels     of a group none
     * @param calls      null where the lane is not opened
     * @param coarse     whether it would be finer without haste
     */
    record Content(
            Lane lane,
            int[] pixels,
            long[] states,
            long lifetimeNs,
            CpuTimes.@Nullable Used used,
            List<LaneLabels.Label> labels,
            @Nullable FlameChart calls,
            boolean coarse) {}
}

package io.threadlens.view.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.theme.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand threads: how much is painted for a picture does not depend on how many there are. */
class CrowdTest {
    private static final int THREADS = 10_000;
    private static final int WIDTH = 300;
    private static final double HEIGHT = 20 * LaneRows.LANE_HEIGHT;

    private final RecordingData data = RecordingData.of(crowd());
    private final FrameBuilder builder = new FrameBuilder();

    private static MemoryRecording crowd() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        for (int i = 0; i < THREADS; i++) {
            int thread = recording.thread("worker-" + i);
            recording.run(thread, 0, 50, ThreadState.RUNNING, 0, -1).run(thread, 50, 50, i % 2 == 0 ? ThreadState.LOCK : ThreadState.IO, 0, -1);
        }
        return recording.cut();
    }

    private LaneRows rows(LaneOrder order) {
        return LaneArranger.arrange(data.times(), data.cpu(), order, data.range());
    }

    private TimelineFrame frame(LaneLayout layout) {
        return frame(layout, Viewport.fit(data.range(), WIDTH));
    }

    private TimelineFrame frame(LaneLayout layout, Viewport viewport) {
        return builder.build(new TimelineFrame.Request(data, viewport, layout, 1, Palette.LIGHT, null, false, null, false));
    }

    @Test
    void scrollingPaintsOnlyTheLanesThatComeIntoSight() {
        LaneLayout layout = new LaneLayout(rows(LaneOrder.DEFAULT), 0, HEIGHT);
        assertThat(layout.threads()).hasSize(THREADS);
        TimelineFrame first = frame(layout);
        assertThat(first.rows()).hasSize(20);
        assertThat(first.painted()).isEqualTo(20);
        assertThat(frame(layout.scrolledTo(3 * LaneRows.LANE_HEIGHT)).painted()).isEqualTo(3);
        assertThat(frame(layout.scrolledTo(LaneRows.LANE_HEIGHT)).painted()).as("back again").isZero();
        TimelineFrame last = frame(layout.scrolledTo(1e9));
        assertThat(last.painted()).isEqualTo(20);
        assertThat(last.rows().getLast().row()).isEqualTo(THREADS - 1);
        assertThat(frame(layout.scrolledTo(1e9), Viewport.fit(data.range(), WIDTH + 1)).painted()).as("another viewport").isEqualTo(20);
    }

    @Test
    void lanesThatWerePaintedBeforeLookAsIfPaintedAnew() {
        LaneLayout layout = new LaneLayout(rows(LaneOrder.DEFAULT.pinning(7, true)), 0, HEIGHT);
        frame(layout);
        LaneLayout scrolled = layout.scrolledTo(57);
        int[] kept = frame(scrolled).pixels();
        int[] anew = new FrameBuilder()
                .build(new TimelineFrame.Request(data, Viewport.fit(data.range(), WIDTH), scrolled, 1, Palette.LIGHT, null, false, null, false))
                .pixels();
        assertThat(kept).isEqualTo(anew);
        assertThat(Arrays.stream(kept).filter(pixel -> pixel == Palette.LIGHT.argb(ThreadState.RUNNING)).count()).isGreaterThan(10_000);
    }

    @Test
    void lanesOutOfSightForLongAreForgotten() {
        LaneLayout layout = new LaneLayout(rows(LaneOrder.DEFAULT), 0, HEIGHT);
        frame(layout);
        for (int page = 1; page < 10; page++) {
            assertThat(frame(layout.scrolledTo(page * HEIGHT)).painted()).isEqualTo(20);
        }
        assertThat(frame(layout).painted()).as("memory stays bounded").isEqualTo(20);
    }

    @Test
    void aPinnedLaneStaysWhileTheOthersScroll() {
        LaneLayout layout = new LaneLayout(rows(LaneOrder.DEFAULT.pinning(9_999, true)), 0, HEIGHT).scrolledTo(5_000 * LaneRows.LANE_HEIGHT);
        TimelineFrame shown = frame(layout);
        assertThat(shown.rows().getLast().lane()).as("painted over those that scroll").isEqualTo(new Lane.OfThread(9_999, false, 0));
        assertThat(layout.top(0)).isZero();
    }

    @Test
    void inHasteALargeGroupIsCoarseAndThenPaintedOnceMore() {
        List<Lane> lanes = List.of(new Lane.OfGroup("some", "some", IntStream.range(0, 500).boxed().toList(), false), new Lane.OfThread(1, false, 0));
        LaneLayout layout = new LaneLayout(new LaneRows(lanes, 0), 0, HEIGHT);
        Viewport viewport = Viewport.fit(data.range(), WIDTH);
        TimelineFrame coarse = builder.build(new TimelineFrame.Request(data, viewport, layout, 1, Palette.LIGHT, null, false, null, true));
        assertThat(coarse.isCoarse()).isTrue();
        TimelineFrame fine = frame(layout);
        assertThat(fine.isCoarse()).isFalse();
        assertThat(fine.painted()).as("only the group").isEqualTo(1);
        assertThat(fine.rows().getFirst().content().states()).isEqualTo(coarse.rows().getFirst().content().states());
    }

    @Test
    void allOfThemAreOneLane() {
        LaneLayout layout = new LaneLayout(rows(LaneOrder.DEFAULT.grouped(Grouping.NAME)), 0, HEIGHT);
        TimelineFrame shown = frame(layout);
        assertThat(shown.rows()).hasSize(1);
        assertThat(((Lane.OfGroup) shown.rows().getFirst().lane()).name()).isEqualTo("worker-0 … 9999");
        long[] states = shown.rows().getFirst().content().states();
        assertThat(states[ThreadState.RUNNING.code()]).isEqualTo(THREADS * 50_000_000L);
        assertThat(states[ThreadState.LOCK.code()]).isEqualTo(THREADS / 2 * 50_000_000L);
        // In the second half of the picture the upper half of the lane is red.
        int column = WIDTH * 3 / 4;
        int[] pixels = shown.pixels();
        assertThat(pixels[(LanePainter.INSET + LanePainter.STRIP - 4) * WIDTH + column]).isEqualTo(Palette.LIGHT.argb(ThreadState.IO));
        assertThat(IntStream.range(0, LanePainter.STRIP / 2).map(y -> pixels[(LanePainter.INSET + y) * WIDTH + column]).boxed())
                .contains(Palette.LIGHT.argb(ThreadState.LOCK))
                .doesNotContain(Palette.LIGHT.argb(ThreadState.IO));
    }
}

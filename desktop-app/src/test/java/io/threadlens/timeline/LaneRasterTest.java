package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneRasterTest {
    private static final int HEIGHT = 20;

    @Test
    void aColumnShowsTheSharesOfItsTime() {
        long[] times = times(ThreadState.RUNNING, 500, ThreadState.LOCK, 300, ThreadState.IDLE, 200);
        assertThat(pixelsOf(times, 1_000, ThreadState.RUNNING)).isEqualTo(10);
        assertThat(pixelsOf(times, 1_000, ThreadState.LOCK)).isEqualTo(6);
        assertThat(pixelsOf(times, 1_000, ThreadState.IDLE)).isEqualTo(4);
    }

    @Test
    void heightsAddUpToWhatIsCovered() {
        Random random = new Random(3);
        int[] heights = new int[ThreadState.COUNT];
        for (int i = 0; i < 1_000; i++) {
            long[] times = new long[ThreadState.COUNT];
            for (int s = 0; s < times.length; s++) {
                times[s] = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000);
            }
            LaneRaster.heights(times, 0, Arrays.stream(times).sum(), HEIGHT, heights);
            assertThat(Arrays.stream(heights).sum()).isEqualTo(HEIGHT);
            assertThat(Arrays.stream(heights).min().orElseThrow()).isNotNegative();
        }
    }

    @Test
    void contentionIsSeenHoweverShortItWas() {
        long[] times = times(ThreadState.RUNNING, 1_000_000, ThreadState.LOCK, 1, ThreadState.GIL, 1);
        assertThat(pixelsOf(times, 1_000_002, ThreadState.LOCK)).isEqualTo(1);
        assertThat(pixelsOf(times, 1_000_002, ThreadState.GIL)).isEqualTo(1);
        assertThat(pixelsOf(times, 1_000_002, ThreadState.RUNNING)).isEqualTo(HEIGHT - 2);
    }

    @Test
    void workIsBelowAndContentionAbove() {
        long[] times = times(ThreadState.RUNNING, 500, ThreadState.LOCK, 500);
        int[] pixels = new int[HEIGHT + 4];
        LaneRaster.paint(times, Columns.of(0, 1_000), 1, pixels, 2, HEIGHT, new LaneRaster.Paint(1, 0, (state, x, y) -> 1 + state.code()));
        List<Integer> column = Arrays.stream(pixels).boxed().toList();
        assertThat(column.subList(0, 2)).containsOnly(0);
        assertThat(column.subList(2, 12)).containsOnly(1 + ThreadState.LOCK.code());
        assertThat(column.subList(12, 22)).containsOnly(1 + ThreadState.RUNNING.code());
        assertThat(column.subList(22, 24)).containsOnly(0);
    }

    @Test
    void aLaneThatIsPartlyOutsideIsCut() {
        long[] times = times(ThreadState.RUNNING, 1_000);
        int[] pixels = new int[6];
        LaneRaster.paint(times, Columns.of(0, 1_000), 1, pixels, -15, HEIGHT, new LaneRaster.Paint(HEIGHT, 0, (state, x, y) -> y));
        assertThat(pixels).containsExactly(15, 16, 17, 18, 19, 0);
        LaneRaster.paint(times, Columns.of(0, 1_000), 1, pixels, 4, HEIGHT, new LaneRaster.Paint(1, 0, (state, x, y) -> 7));
        assertThat(pixels).containsExactly(15, 16, 17, 18, 7, 7);
    }

    @Test
    void patternsRepeatAndMoveWithTheLanes() {
        long[] times = new long[5 * ThreadState.COUNT];
        for (int x = 0; x < 5; x++) {
            times[x * ThreadState.COUNT + ThreadState.LOCK.code()] = 1_000;
        }
        int[] pixels = new int[5 * 4];
        LaneRaster.paint(times, Columns.of(0, 1_000, 5), 1, pixels, 0, 4, new LaneRaster.Paint(3, 4, (state, x, y) -> 10 * y + x));
        assertThat(pixels).containsExactly(
                1, 2, 0, 1, 2, //
                11, 12, 10, 11, 12, //
                21, 22, 20, 21, 22, //
                1, 2, 0, 1, 2);
    }

    private static int pixelsOf(long[] times, long column, ThreadState state) {
        int[] heights = new int[ThreadState.COUNT];
        LaneRaster.heights(times, 0, column, HEIGHT, heights);
        return heights[List.of(LaneRaster.TOP_TO_BOTTOM).indexOf(state)];
    }

    private static long[] times(Object... pairs) {
        long[] times = new long[ThreadState.COUNT];
        for (int i = 0; i < pairs.length; i += 2) {
            times[((ThreadState) pairs[i]).code()] = (Integer) pairs[i + 1];
        }
        return times;
    }
}

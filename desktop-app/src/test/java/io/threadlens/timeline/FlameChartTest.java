package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlameChartTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private static final int TRIMMED = 1;

    private final MemoryRecording recording = new MemoryRecording(1_000);
    private final int main = recording.thread("MainThread");
    private final int run = recording.stack(-1, "run", "a.py", 1);
    private final int one = recording.stack(run, "one", "a.py", 10);
    private final int two = recording.stack(run, "two", "a.py", 20);
    private final int deep = recording.stack(one, "leaf", "b.py", 5);

    private FlameChart chart(int px, int rows) {
        StateTimes times = StateTimes.of(recording);
        return FlameChart.of(times, main, Viewport.fit(times.range(), px), rows);
    }

    private static String text(FlameChart chart) {
        StringBuilder out = new StringBuilder();
        chart.boxes().stream()
                .sorted((a, b) -> a.depth() != b.depth() ? Integer.compare(a.depth(), b.depth()) : Double.compare(a.startPx(), b.startPx()))
                .forEach(box -> out.append("%s%s %s %.0f-%.0f".formatted(
                        out.isEmpty() ? "" : ", ", box.depth(), box.call() == null ? box.kind() : box.call().function(), box.startPx(), box.endPx())));
        return out.toString();
    }

    @Test
    void neighbouringTicksOfACallAreOneBox() {
        recording.ticks(100);
        recording.run(main, 0, 30, ThreadState.RUNNING, 0, one).run(main, 30, 20, ThreadState.LOCK, 0, deep).cut();
        recording.run(main, 50, 10, ThreadState.RUNNING, 1, one).run(main, 60, 40, ThreadState.RUNNING, 1, two);
        assertThat(text(chart(100, 10))).isEqualTo("0 run 0-100, 1 one 0-60, 1 two 60-100, 2 leaf 30-50");
        assertThat(chart(100, 10).depth()).isEqualTo(3);
    }

    @Test
    void theSameFunctionAtAnotherLineIsTheSameCall() {
        Frame call = new Frame("loop", "a.py", 1, 2);
        assertThat(FlameChart.commonDepth(List.of(call), List.of(new Frame("loop", "a.py", 1, 7)))).isEqualTo(1);
        assertThat(FlameChart.commonDepth(List.of(call), List.of(new Frame("loop", "b.py", 1, 2)))).isZero();
    }

    @Test
    void aCallEndsWithItsCaller() {
        recording.ticks(30);
        int other = recording.stack(recording.stack(-1, "serve", "a.py", 40), "leaf", "b.py", 5);
        int under = recording.stack(run, "leaf", "b.py", 5);
        recording.run(main, 0, 10, ThreadState.RUNNING, 0, under).run(main, 10, 20, ThreadState.RUNNING, 0, other);
        assertThat(text(chart(30, 10))).isEqualTo("0 run 0-10, 0 serve 10-30, 1 leaf 0-10, 1 leaf 10-30");
    }

    @Test
    void whereNobodyLookedThereIsNothing() {
        for (int i = 0; i < 10; i++) {
            recording.tick(START + i * MS);
        }
        // The tenth tick speaks for two periods; then nothing was seen for 38 ms.
        for (int i = 0; i < 10; i++) {
            recording.tick(START + (49 + i) * MS);
        }
        recording.run(main, 0, 20, ThreadState.RUNNING, 0, one);
        assertThat(text(chart(59, 10))).isEqualTo("0 run 0-11, 0 run 49-59, 1 one 0-11, 1 one 49-59");
    }

    @Test
    void aThreadThatNoTickSawLeavesAHole() {
        recording.ticks(30).run(main, 0, 10, ThreadState.RUNNING, 0, one).run(main, 20, 10, ThreadState.RUNNING, 0, one);
        assertThat(text(chart(30, 10))).isEqualTo("0 run 0-10, 0 run 20-30, 1 one 0-10, 1 one 20-30");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        recording.ticks(30).run(main, 0, 10, ThreadState.RUNNING, 0, -1).run(main, 10, 20, ThreadState.RUNNING, TRIMMED, 0, one);
        assertThat(text(chart(30, 10))).isEqualTo("0 UNKNOWN 0-10, 0 run 10-30, 1 one 10-30, 2 TRIMMED 10-30");
    }

    @Test
    void callsNarrowerThanAPixelAreFolded() {
        recording.ticks(100);
        for (int i = 0; i < 100; i++) {
            recording.run(main, i, 1, ThreadState.RUNNING, 0, i % 2 == 0 ? one : two);
        }
        FlameChart chart = chart(20, 10);
        assertThat(text(chart)).isEqualTo("0 run 0-20");
        assertThat(chart.folded()).containsExactly(new FlameChart.Box(FlameChart.Kind.CALL, 1, 0, 20, null));
    }

    @Test
    void whatAllHaveInCommonMakesRoomForTheRest() {
        recording.ticks(20);
        int stack = -1;
        for (int i = 0; i < 30; i++) {
            stack = recording.stack(stack, "outer" + i, "a.py", i);
        }
        int left = recording.stack(stack, "left", "a.py", 100);
        int right = recording.stack(recording.stack(stack, "right", "a.py", 101), "inner", "a.py", 102);
        recording.run(main, 0, 10, ThreadState.RUNNING, 0, left).run(main, 10, 10, ThreadState.RUNNING, 0, right);
        FlameChart chart = chart(20, 4);
        assertThat(chart.skipped()).isEqualTo(28);
        assertThat(chart.cut()).isFalse();
        assertThat(text(chart)).isEqualTo("0 outer28 0-20, 1 outer29 0-20, 2 left 0-10, 2 right 10-20, 3 inner 10-20");
        assertThat(chart(20, 2).cut()).isTrue();
        assertThat(text(chart(20, 2))).isEqualTo("0 outer29 0-20, 1 left 0-10, 1 right 10-20");
    }

    @Test
    void tooManyRunsAreNotShownAsAnUntruePicture() {
        recording.ticks(FlameChart.MOST_RUNS + 1);
        for (int i = 0; i <= FlameChart.MOST_RUNS; i++) {
            recording.run(main, i, 1, ThreadState.RUNNING, 0, i % 2 == 0 ? one : two);
        }
        recording.cut();
        assertThat(chart(100, 4).tooMany()).isTrue();
        assertThat(chart(100, 4).boxes()).isEmpty();
        StateTimes times = StateTimes.of(recording);
        Viewport closer = Viewport.fit(new TimeRange(START + 100 * MS, START + 110 * MS), 100);
        assertThat(FlameChart.of(times, main, closer, 4).boxes()).hasSize(11);
    }

    /** The boxes of the innermost calls are what counting tick by tick says, whatever was seen when. */
    @Test
    void boxesCoverExactlyTheTimeThatWasSeen() {
        Random random = new Random(5);
        long time = START;
        for (int i = 0; i < 300; i++) {
            time += MS + (random.nextInt(20) == 0 ? random.nextInt(9_000_000) : 0);
            recording.tick(time);
        }
        int[] stacks = {run, one, two, deep};
        for (int at = 0; at < 300; ) {
            int count = Math.min(300 - at, 1 + random.nextInt(9));
            if (random.nextInt(6) > 0) {
                recording.run(main, at, count, ThreadState.RUNNING, 0, stacks[random.nextInt(4)]);
            }
            at += count;
        }
        StateTimes times = StateTimes.of(recording);
        long length = times.range().lengthNs();
        Viewport viewport = new Viewport(times.range().startNs(), 1, (int) length);
        double boxes = FlameChart.of(times, main, viewport, 10).boxes().stream()
                .filter(box -> box.depth() == 0)
                .mapToDouble(FlameChart.Box::width)
                .sum();
        long seen = times.between(main, times.range().startNs(), times.range().endNs())[ThreadState.RUNNING.code()];
        assertThat(Math.round(boxes)).isEqualTo(seen);
    }

    @Test
    void aCallIsSeenFromItsFirstTickToItsLast() {
        recording.ticks(100);
        recording.run(main, 0, 30, ThreadState.RUNNING, 0, one).run(main, 30, 20, ThreadState.LOCK, 0, deep).cut();
        recording.run(main, 50, 10, ThreadState.RUNNING, 1, one).run(main, 60, 40, ThreadState.RUNNING, 1, two);
        StateTimes times = StateTimes.of(recording);
        CallAt call = CallAt.find(times, main, START + 40 * MS, 1);
        assertThat(call).isEqualTo(new CallAt(new Frame("one", "a.py", 10, 10), START, START + 60 * MS, 60, true));
        CallAt leaf = CallAt.find(times, main, START + 40 * MS, 2);
        assertThat(leaf).isNotNull();
        assertThat(leaf.startNs()).isEqualTo(START + 30 * MS);
        assertThat(leaf.ticks()).isEqualTo(20);
        assertThat(CallAt.find(times, main, START + 40 * MS, 3)).as("deeper than the stack").isNull();
        assertThat(CallAt.find(times, main, START + 100 * MS, 0)).as("after the end").isNull();
    }
}

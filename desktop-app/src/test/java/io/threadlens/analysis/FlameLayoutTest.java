package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlameLayoutTest {
    private static final long MS = 1_000_000;

    private final MemoryRecording recording = new MemoryRecording(1_000);

    /** A second: main 400 ms itself, wide 500 ms (half of it for a lock), and a hundred that have 1 ms each. */
    private CallNode root() {
        recording.ticks(1_000);
        int thread = recording.thread("MainThread");
        int main = recording.stack(-1, "main", "app.py", 1);
        int wide = recording.stack(main, "wide", "app.py", 10);
        recording.run(thread, 0, 400, ThreadState.RUNNING, 0, main);
        recording.run(thread, 400, 250, ThreadState.RUNNING, 0, wide).run(thread, 650, 250, ThreadState.LOCK, 0, wide);
        for (int i = 0; i < 100; i++) {
            recording.run(thread, 900 + i, 1, ThreadState.RUNNING, 0, recording.stack(main, "f" + i, "app.py", 20 + i));
        }
        long start = MemoryRecording.START_NS;
        return CallTimes.of(recording, Part.of(new TimeRange(start, start + 1_000 * MS))).topDown();
    }

    @Test
    void boxesAreAsWideAsTheirTimeAndTheNarrowOnesAreFolded() {
        FlameLayout<CallNode> layout = FlameLayout.of(root(), Measure.WALL::of, 500);
        assertThat(layout.rows()).isEqualTo(3);
        assertThat(layout.boxes()).extracting(box -> box.width()).containsExactly(500.0, 500.0, 250.0);
        assertThat(layout.foldedCalls()).isEqualTo(100);
        assertThat(layout.folds()).hasSize(1);
        FlameLayout.Fold fold = layout.folds().getFirst();
        assertThat(fold.depth()).isEqualTo(2);
        assertThat(fold.x()).isEqualTo(250);
        assertThat(fold.width()).isCloseTo(50, within(1e-6));
    }

    @Test
    void withRoomEnoughNothingIsFolded() {
        FlameLayout<CallNode> layout = FlameLayout.of(root(), Measure.WALL::of, 2_000);
        assertThat(layout.foldedCalls()).isZero();
        assertThat(layout.folds()).isEmpty();
        assertThat(layout.boxes()).hasSize(103);
    }

    @Test
    void theMeasureIsTheWidth() {
        FlameLayout<CallNode> layout = FlameLayout.of(root(), Measure.of(Set.of(ThreadState.LOCK))::of, 300);
        assertThat(layout.boxes()).extracting(box -> box.width()).containsExactly(300.0, 300.0, 300.0);
        assertThat(layout.boxes().getLast().time()).isEqualTo(250 * MS);
        assertThat(FlameLayout.of(root(), Measure.of(Set.of(ThreadState.GIL))::of, 300).boxes()).isEmpty();
    }

    @Test
    void boxesAreFoundByPlaceAndByStepping() {
        FlameLayout<CallNode> layout = FlameLayout.of(root(), Measure.WALL::of, 2_000);
        int wide = layout.at(2, 999);
        assertThat(layout.path(wide)).extracting(Function::name).containsExactly("main", "wide");
        assertThat(layout.at(2, 1_199)).isEqualTo(102);
        assertThat(layout.at(2, 1_300)).as("main itself").isEqualTo(-1);
        assertThat(layout.at(9, 0)).isEqualTo(-1);
        assertThat(layout.firstChild(1)).isEqualTo(wide);
        assertThat(layout.firstChild(wide)).isEqualTo(-1);
        assertThat(layout.beside(wide, 1)).isEqualTo(wide + 1);
        assertThat(layout.beside(wide, -1)).as("another row").isEqualTo(-1);
        assertThat(layout.path(0)).isEqualTo(List.of());
        assertThat(layout.find(layout.path(wide + 5))).isEqualTo(wide + 5);
        assertThat(layout.find(List.of(new Function("main", "app.py", 1), new Function("gone", "app.py", 9)))).as("as much as there is").isEqualTo(1);
    }
}

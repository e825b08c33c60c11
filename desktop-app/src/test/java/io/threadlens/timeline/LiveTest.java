package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What moves while a recording grows. */
class LiveTest {
    private static final long MS = 1_000_000;

    @Test
    void theEdgeMovesEvenlyThoughBatchesDoNot() {
        LiveEdge edge = new LiveEdge();
        long before = edge.at(0, 1_000 * MS);
        for (int picture = 1; picture < 600; picture++) {
            long clock = picture * 16_666_667L;
            long data = 1_000 * MS + clock / (100 * MS) * (100 * MS);
            long now = edge.at(clock, data);
            assertThat(now).isLessThanOrEqualTo(data);
            if (picture > 60) {
                assertThat((now - before) / 16_666_667.0).isCloseTo(1, within(0.25));
            }
            before = now;
        }
    }

    @Test
    void theEdgeStopsWhereTheDataStops() {
        LiveEdge edge = new LiveEdge();
        edge.at(0, 1_000 * MS);
        assertThat(edge.at(500 * MS, 1_000 * MS)).isLessThanOrEqualTo(1_000 * MS);
        assertThat(edge.at(5_000 * MS, 9_000 * MS)).as("it jumps when it is far behind").isGreaterThan(8_000 * MS);
    }

    @Test
    void busyCoresOfAGrowingRecordingEqualThoseOfTheWhole() {
        RandomProgram program = new RandomProgram(5, 3);
        program.recording.live(true);
        StateTimes times = StateTimes.of(program.recording);
        BusyCores growing = BusyCores.of(times);
        for (int step = 0; step < 30; step++) {
            program.grow(150);
            program.recording.cut();
            times = times.grow();
            growing = growing.grow(times);
        }
        BusyCores whole = BusyCores.of(times);
        assertThat(growing.steps()).isEqualTo(whole.steps()).isLessThanOrEqualTo(2048);
        for (int i = 0; i < whole.steps(); i++) {
            assertThat(growing.busy(i)).as("step %d", i).isEqualTo(whole.busy(i));
            assertThat(growing.contended(i)).as("step %d", i).isEqualTo(whole.contended(i));
        }
        long[] busy = new long[3];
        for (int thread = 0; thread < 3; thread++) {
            long[] states = RandomProgram.count(program.recording, thread, 0, Long.MAX_VALUE);
            busy[thread] = states[ThreadState.RUNNING.code()] + states[ThreadState.NATIVE.code()];
        }
        double mean = (double) (busy[0] + busy[1] + busy[2]) / times.seenBetween(0, Long.MAX_VALUE);
        assertThat(whole.mean()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void cpuTimeIsSpreadBetweenReadings() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(10);
        recording.cpu(1, 100, 1_000, 50);
        assertThat(CpuTimes.of(recording).between(1, 0, 1_000)).isEqualTo(new CpuTimes.Used(0, 0));
        CpuTimes one = CpuTimes.of(recording);
        recording.cpu(1, 200, 1_080, 60);
        recording.cpu(1, 300, 1_080, 80);
        CpuTimes grown = one.grow();
        assertThat(grown.between(1, 100, 300)).isEqualTo(new CpuTimes.Used(80, 30));
        assertThat(grown.between(1, 150, 250)).isEqualTo(new CpuTimes.Used(40, 15));
        assertThat(grown.between(0, 100, 300)).isNull();
        assertThat(grown.between(7, 100, 300)).isNull();
    }

    @Test
    void undoTakesAWholeZoomBack() {
        NavigationHistory<Viewport> history = new NavigationHistory<>();
        Viewport first = new Viewport(0, 1, 100);
        Viewport second = new Viewport(50, 1, 100);
        for (int notch = 0; notch < 5; notch++) {
            history.leaving(new Viewport(notch, 1, 100), notch * 50 * MS);
        }
        history.leaving(second, 5_000 * MS);
        Viewport third = new Viewport(80, 1, 100);
        assertThat(history.back(third)).isEqualTo(second);
        assertThat(history.back(second)).isEqualTo(first);
        assertThat(history.back(first)).isNull();
        assertThat(history.forward(first)).isEqualTo(second);
        assertThat(history.forward(second)).isEqualTo(third);
        assertThat(history.forward(third)).isNull();
        assertThat(history.back(third)).isEqualTo(second);
        history.jumping(second);
        assertThat(history.forward(first)).as("who goes elsewhere goes from there").isNull();
    }

    @Test
    void labelsJoinRunsOfOneStateAndFunction() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        int one = recording.stack(-1, "one", "a.py", 1);
        int two = recording.stack(-1, "two", "a.py", 2);
        recording.run(main, 0, 20, ThreadState.RUNNING, 0, one).run(main, 20, 20, ThreadState.RUNNING, 1, one).cut();
        recording.run(main, 40, 20, ThreadState.LOCK, 1, one).run(main, 60, 30, ThreadState.LOCK, 1, two).run(main, 90, 10, ThreadState.IO, 1, two);
        StateTimes times = StateTimes.of(recording);
        List<LaneLabels.Label> labels = LaneLabels.of(times, WaitIndex.of(recording), main, Viewport.fit(times.range(), 1_000), 150);
        assertThat(labels).containsExactly(
                new LaneLabels.Label(0, 400, ThreadState.RUNNING, "one"), new LaneLabels.Label(400, 900, ThreadState.LOCK, null));
    }

    @Test
    void aStretchOfWaitingIsLabelledWithTheLock() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        int acquire = recording.stack(-1, "put", "a.py", 1);
        int named = recording.lock("lock", "threading.Lock", "Store.lock");
        int nameless = recording.lock("critical-section", "dict", null);
        recording.run(main, 0, 30, ThreadState.LOCK, 0, acquire).run(main, 30, 20, ThreadState.RUNNING, 0, acquire);
        recording.run(main, 50, 30, ThreadState.LOCK, 0, acquire).run(main, 80, 20, ThreadState.LOCK, 0, acquire);
        recording.wait(main, MemoryRecording.START_NS - MS / 2, MemoryRecording.START_NS + 30 * MS, named, acquire);
        recording.wait(main, MemoryRecording.START_NS + 50 * MS - MS / 2, MemoryRecording.START_NS + 100 * MS, nameless, acquire);
        StateTimes times = StateTimes.of(recording);
        assertThat(LaneLabels.of(times, WaitIndex.of(recording), main, Viewport.fit(times.range(), 1_000), 150)).containsExactly(
                new LaneLabels.Label(0, 300, ThreadState.LOCK, "Store.lock"),
                new LaneLabels.Label(300, 500, ThreadState.RUNNING, "put"),
                new LaneLabels.Label(500, 1_000, ThreadState.LOCK, "dict #1"));
    }
}

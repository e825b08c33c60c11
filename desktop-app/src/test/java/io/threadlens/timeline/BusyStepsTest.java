package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyStepsTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private static final int SPINS = 4;

    @Test
    void whoSpinsOrWaitsForTheGilIsNotBusy() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(10).cores(2);
        int a = recording.thread("a");
        int b = recording.thread("b");
        recording.run(a, 0, 10, ThreadState.RUNNING, 0, -1);
        recording.run(b, 0, 2, ThreadState.NATIVE, 1, -1).run(b, 2, 3, ThreadState.LOCK, SPINS, 1, -1).run(b, 5, 5, ThreadState.GIL, 1, -1);
        BusySteps steps = BusySteps.of(recording);
        assertThat(visited(steps, 0, 10)).containsExactly(List.of(0, 2, 2), List.of(2, 10, 1));
        assertThat(visited(steps, 1, 4)).containsExactly(List.of(1, 2, 2), List.of(2, 4, 1));
        assertThat(steps.moments(busy -> busy == 1)).isEqualTo(new Moments.Builder().add(2, 10).build());
        BusyHistogram all = BusyHistogram.of(steps, StateTimes.of(recording), new TimeRange(START, START + 10 * MS), 2);
        assertThat(all.ns()).containsExactly(0, 8 * MS, 2 * MS);
        assertThat(all.mean()).isCloseTo(1.2, within(1e-9));
    }

    @Test
    void aRangeCutsTheTicksAtItsEdges() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(10).cores(2);
        recording.run(recording.thread("a"), 3, 4, ThreadState.RUNNING, 0, -1);
        TimeRange range = new TimeRange(START + 2 * MS + MS / 2, START + 3 * MS + MS / 4);
        assertThat(BusyHistogram.of(BusySteps.of(recording), StateTimes.of(recording), range, 2).ns()).containsExactly(MS / 2, MS / 4, 0);
        assertThat(BusyHistogram.of(BusySteps.of(recording), StateTimes.of(recording), new TimeRange(0, START), 2).whole()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theReportSaysTheSame(long seed) {
        MemoryRecording recording = program(seed).recording;
        recording.cores(3);
        StateTimes times = StateTimes.of(recording);
        BusyHistogram histogram = BusyHistogram.of(BusySteps.of(recording), times, times.range(), 3);
        Report.BusyCores report = ReportBuilder.of(recording, null).busyCores();
        for (int busy = 0; busy < report.secondsAt().size(); busy++) {
            assertThat(histogram.ns()[busy] / 1e9).as("%d busy", busy).isCloseTo(report.secondsAt().get(busy), within(1e-9));
        }
        assertThat(histogram.whole() / 1e9).isCloseTo(report.secondsAt().stream().mapToDouble(s -> s).sum(), within(1e-9));
        assertThat(histogram.mean()).isCloseTo(report.mean(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aLiveRecordingComesToTheSame(long seed) {
        RandomProgram program = new RandomProgram(seed, 5);
        program.recording.live(true);
        BusySteps growing = BusySteps.of(program.recording);
        for (int step = 0; step < 20; step++) {
            program.grow(60);
            growing = growing.grow();
            assertThat(visited(growing, 0, growing.ticks())).isEqualTo(counted(program.recording));
            if (step % 3 == 0) {
                program.recording.cut();
            }
        }
        program.recording.live(false);
        assertThat(visited(growing.grow(), 0, Integer.MAX_VALUE)).isEqualTo(counted(program.recording));
    }

    private static RandomProgram program(long seed) {
        RandomProgram program = new RandomProgram(seed, 5);
        for (int chunk = 0; chunk < 6; chunk++) {
            program.grow(300);
            program.recording.cut();
        }
        return program;
    }

    private static List<List<Integer>> visited(BusySteps steps, int from, int to) {
        List<List<Integer>> stretches = new ArrayList<>();
        steps.visit(from, to, (start, end, busy) -> stretches.add(List.of(start, end, busy)));
        return stretches;
    }

    /** The same, tick by tick. */
    private static List<List<Integer>> counted(Recording recording) {
        int[] busy = new int[recording.tickCount()];
        for (SampleChunk chunk : recording.chunks()) {
            for (int row = 0; row < chunk.rows(); row++) {
                for (int tick = chunk.tick(row); tick < chunk.tick(row) + chunk.count(row); tick++) {
                    busy[tick] += ThreadState.of(chunk.state(row)).isBusy() ? 1 : 0;
                }
            }
        }
        List<List<Integer>> stretches = new ArrayList<>();
        int start = 0;
        for (int tick = 1; tick <= busy.length; tick++) {
            if (tick == busy.length || busy[tick] != busy[start]) {
                stretches.add(List.of(start, tick, busy[start]));
                start = tick;
            }
        }
        return stretches;
    }
}

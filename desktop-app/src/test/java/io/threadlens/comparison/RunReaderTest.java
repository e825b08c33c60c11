package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.Report;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.RandomProgram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of summaries is what a report makes of all rows. */
class RunReaderTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void figuresAreThoseOfTheReport(long seed) {
        RandomProgram program = new RandomProgram(seed, 5);
        program.grow(2_000);
        MemoryRecording recording = program.recording;
        recording.cpu(0, Program.at(0), 0, 0);
        recording.cpu(0, Program.at(900), 700_000_000, 0);
        recording.pause(Program.at(10), Program.at(14), 0, 0, -1);
        recording.pause(Program.at(20), Program.at(29), 1, 0, -1);
        recording.pause(Program.at(21), Program.at(23), 0, 0, -1); // the collection's own stop: no pause of its own
        Run run = Program.run(recording, "file");
        Report report = ReportBuilder.of(recording, "file");
        assertThat(run.wall()).isEqualTo(report.recording().durationSeconds(), EXACT);
        assertThat(run.meanBusyCores()).isEqualTo(report.busyCores().mean(), EXACT);
        assertThat(run.pauses().count()).isEqualTo(2).isEqualTo(report.pauses().count());
        assertThat(run.pauses().seconds()).isEqualTo(0.013);
        assertThat(run.pauses().longestSeconds()).isEqualTo(0.009);
        assertThat(run.cpu()).isNotNull();
        for (ThreadState state : ThreadState.values()) {
            double sum = 0;
            for (int i = 0; i < run.threads().size(); i++) {
                assertThat(run.threads().get(i).states().of(state)).isEqualTo(report.threads().get(i).states().of(state), EXACT);
                sum += run.threads().get(i).states().of(state);
            }
            assertThat(run.states().of(state)).as(state.label()).isEqualTo(sum, within(1e-6));
        }
        assertThat(run.functions()).usingRecursiveComparison().isEqualTo(report.functions());
    }

    @Test
    void linesAreTheInnermostCalls() {
        Program program = new Program(2, 100);
        int outer = program.stack(-1, "outer", "/app/app.py", 3);
        int inner = program.stack(outer, "inner", "/app/app.py", 8);
        int thread = program.recording.thread("w-0");
        program.recording.run(thread, 0, 70, ThreadState.RUNNING, 0, inner).run(thread, 70, 30, ThreadState.LOCK, 0, outer);
        Run run = program.run();
        assertThat(run.lines()).extracting(line -> line.line().line()).containsExactly(8, 3);
        assertThat(run.lines().getFirst().own().of(ThreadState.RUNNING)).isEqualTo(0.07, EXACT);
    }

    @Test
    void whatTheKernelDoesNotTellIsUnknown() {
        Program program = new Program(2, 100);
        program.thread("w-0", ThreadState.RUNNING, 100);
        assertThat(program.run().cpu()).isNull();
    }
}

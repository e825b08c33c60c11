package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyTicksTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void growingEqualsCountingTickByTick(long seed) {
        RandomProgram program = new RandomProgram(seed, 5);
        program.recording.live(true);
        BusyTicks busy = BusyTicks.of(program.recording);
        for (int step = 0; step < 14; step++) {
            program.grow(700);
            if (step % 3 == 2) {
                program.recording.cut();
            }
            busy = busy.grow();
            assertThat(busy.ticks()).isEqualTo(700 * (step + 1));
            assertThat(all(busy)).isDeepEqualTo(count(program.recording));
        }
        program.recording.live(false);
        assertThat(all(busy.grow())).isDeepEqualTo(count(program.recording));
        assertThat(all(BusyTicks.of(program.recording))).isDeepEqualTo(count(program.recording));
    }

    @Test
    void aSavedRecordingTellsTheSame() throws Exception {
        RandomProgram program = new RandomProgram(4, 5);
        for (int chunk = 0; chunk < 6; chunk++) {
            program.grow(200);
            program.recording.cut();
        }
        program.recording.ticks(70);
        try (Recording saved = Saved.view(program.recording, folder.resolve("app.threadlens"), 300)) {
            assertThat(saved.chunks()).hasSizeGreaterThan(2);
            BusyTicks busy = BusyTicks.of(saved);
            int[][] counted = count(program.recording);
            assertThat(all(busy)).isDeepEqualTo(counted);
            for (int from = 0; from < 1_250; from += 61) {
                int[] at = {from};
                busy.visit(from, from + 300, (start, to, onCore, contended) -> {
                    assertThat(start).isEqualTo(at[0]);
                    assertThat(new int[] {onCore, contended}).isEqualTo(counted[start]).isEqualTo(counted[to - 1]);
                    at[0] = to;
                });
                assertThat(at[0]).isEqualTo(Math.min(from + 300, busy.ticks()));
            }
        }
    }

    @Test
    void stretchesAreCutToWhatIsAsked() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int a = recording.thread("a");
        int b = recording.thread("b");
        recording.run(a, 0, 60, ThreadState.RUNNING, 0, -1).run(b, 10, 80, ThreadState.LOCK, 4, 0, -1);
        StringBuilder told = new StringBuilder();
        BusyTicks.of(recording).visit(5, 1_000, (from, to, busy, contended) -> told.append(from + "-" + to + ": " + busy + "," + contended + " "));
        assertThat(told).hasToString("5-10: 1,0 10-60: 1,1 60-90: 0,1 90-100: 0,0 ");
    }

    @Test
    void aRecordingOfNothingHasNoTicks() {
        BusyTicks busy = BusyTicks.of(new MemoryRecording(1_000));
        assertThat(busy.ticks()).isZero();
        assertThat(all(busy)).isEmpty();
    }

    private static int[][] all(BusyTicks busy) {
        int[][] all = new int[busy.ticks()][];
        busy.visit(0, busy.ticks(), (from, to, onCore, contended) -> {
            for (int tick = from; tick < to; tick++) {
                all[tick] = new int[] {onCore, contended};
            }
        });
        return all;
    }

    private static int[][] count(Recording recording) {
        int[][] all = new int[recording.tickCount()][2];
        for (SampleChunk chunk : recording.chunks()) {
            for (int row = 0; row < chunk.rows(); row++) {
                for (int tick = chunk.tick(row); tick < chunk.tick(row) + chunk.count(row); tick++) {
                    switch (ThreadState.of(chunk.state(row))) {
                        case RUNNING, NATIVE -> all[tick][0]++;
                        case LOCK, GIL, PAUSED -> all[tick][1]++;
                        default -> {}
                    }
                }
            }
        }
        return all;
    }
}

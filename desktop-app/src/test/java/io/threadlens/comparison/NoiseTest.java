package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.Differences.Sides;
import io.threadlens.comparison.Differences.Table;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @TempDir
    Path folder;

    private double taken(MemoryRecording recording) throws Exception {
        try (Recording viewed = Saved.view(recording, folder.resolve("app.threadlens"), 10)) {
            return RunReader.read(viewed, null).taken();
        }
    }

    @Test
    void othersHaveTheCoresThatThreadsDoWithout() throws Exception {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100).cores(2);
        int a = recording.thread("a");
        int b = recording.thread("b");
        recording.run(a, 0, 60, ThreadState.RUNNING, 0, -1).run(a, 60, 20, ThreadState.RUNNABLE, -1, -1);
        recording.run(b, 0, 40, ThreadState.NATIVE, 1, -1).run(b, 40, 20, ThreadState.RUNNABLE, -1, -1).run(b, 60, 40, ThreadState.IDLE, -1, -1);
        assertThat(taken(recording)).as("140 wanted, 100 had").isCloseTo(40.0 / 140, EXACT);
    }

    @Test
    void whoWaitsForTheProgramsOwnThreadsIsNotRobbed() throws Exception {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100).cores(2);
        for (int i = 0; i < 4; i++) {
            recording.run(recording.thread("t" + i), 0, 100, i < 2 ? ThreadState.RUNNING : ThreadState.RUNNABLE, i, -1);
        }
        assertThat(taken(recording)).isZero();
        assertThat(taken(new MemoryRecording(1_000).ticks(10))).as("nobody wants one").isZero();
    }

    @Test
    void aRecordingThatWasNotCountedIsRefused() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(10);
        recording.run(recording.thread("a"), 0, 10, ThreadState.RUNNING, 0, -1);
        assertThatIllegalArgumentException().isThrownBy(() -> RunReader.read(recording, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Noise(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Noise(1.5, 1));
    }

    @Test
    void whatMayDiffer() {
        assertThat(new Noise(0, 10).ofWholes().allowance(8, 10)).isCloseTo(1, EXACT);
        assertThat(new Noise(0.5, 10).ofWholes().allowance(10, 8)).as("a tenth of what was left, and half").isCloseTo(5.5, EXACT);
        assertThat(new Noise(0, 10).ofParts().allowance(0, 1)).isCloseTo(0.1 + 3 * Math.sqrt(0.005), EXACT);
        assertThat(new Noise(0.5, 10).ofParts().allowance(0, 1)).isCloseTo(0.55 + 3 * Math.sqrt(0.015), EXACT);
        assertThat(new Noise(0, 10).ofParts().allowance(0, 0.001)).as("a hundredth of the wall time").isCloseTo(0.1, EXACT);
    }

    /** Runs as they are: a few percent faster or slower as a whole, and each function's time in pieces of 5 ms that fall to it by chance. */
    @Test
    void singleRunsOfTheSameDoNotDiffer() {
        Random random = new Random(3);
        int called = 0;
        for (int pair = 0; pair < 1_000; pair++) {
            List<Sides> family = new ArrayList<>();
            double a = 1 + 0.03 * random.nextGaussian();
            double b = 1 + 0.03 * random.nextGaussian();
            for (int function = 0; function < 40; function++) {
                double mean = Math.pow(10, -2 + 3 * random.nextDouble());
                family.add(new Sides(Estimate.of(a * inPieces(random, mean)), Estimate.of(b * inPieces(random, mean))));
            }
            called += Differences.of(List.of(Table.ofParts(family)), new Noise(0, 10)).getFirst().stream().anyMatch(difference -> Boolean.TRUE.equals(difference.significant())) ? 1 : 0;
        }
        assertThat(called).isLessThanOrEqualTo(50);
    }

    private static double inPieces(Random random, double mean) {
        double pieces = 0;
        for (double at = -Math.log(random.nextDouble()); at < mean / 0.005; at -= Math.log(random.nextDouble())) {
            pieces++;
        }
        return 0.005 * pieces;
    }
}

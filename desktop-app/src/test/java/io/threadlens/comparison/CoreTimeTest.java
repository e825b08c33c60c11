package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.StateTimes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** 1 kHz, threads whose states and whose kernel's figures are known. */
class CoreTimeTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private static final Offset<Double> EXACT = within(1e-9);

    private static CoreTime of(MemoryRecording recording) {
        return CoreTime.of(StateTimes.of(recording), CpuTimes.of(recording));
    }

    /** A reading at the first tick, and one at the last. */
    private static void counted(MemoryRecording recording, int thread, int ticks, long cpuMs) {
        recording.cpu(thread, START, 7 * MS, 0);
        recording.cpu(thread, START + ticks * MS, (7 + cpuMs) * MS, 0);
    }

    @Test
    void theKernelSaysHowMuchItWas() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int thread = recording.thread("worker");
        recording.run(thread, 0, 60, ThreadState.RUNNING, 0, -1).run(thread, 60, 40, ThreadState.NATIVE, 0, -1);
        counted(recording, thread, 100, 90);
        assertThat(of(recording)).isEqualTo(new CoreTime(90 * MS, 90 * MS, true));
    }

    @Test
    void spinningIsNoWork() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int thread = recording.thread("worker");
        recording.run(thread, 0, 60, ThreadState.RUNNING, 0, -1).run(thread, 60, 40, ThreadState.LOCK, 0, -1);
        counted(recording, thread, 100, 85);
        assertThat(of(recording)).isEqualTo(new CoreTime(85 * MS, 60 * MS, true));
    }

    /** 50 of 150 ms were not seen: the thread was on a core for three quarters of the others. */
    @Test
    void whatWasNotSeenIsWorkAsTheRestIs() {
        for (long cpuMs : new long[] {120, 105}) {
            MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
            recording.tick(START + 149 * MS);
            int thread = recording.thread("worker");
            recording.run(thread, 0, 76, ThreadState.RUNNING, 0, -1).run(thread, 76, 25, ThreadState.IO, 0, -1);
            counted(recording, thread, 150, cpuMs);
            CoreTime time = of(recording);
            assertThat(time.cpu()).isEqualTo(cpuMs * MS);
            assertThat(time.work()).isBetween(Math.min(cpuMs, 110) * MS, Math.min(cpuMs, 113) * MS);
        }
    }

    /** The kernel is read about ten times a second while a thread lives, and not at its end. */
    @Test
    void whatTheKernelWasNotReadOfIsBySamples() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(200);
        int counted = recording.thread("counted");
        int other = recording.thread("other");
        recording.run(counted, 0, 200, ThreadState.RUNNING, 0, -1).run(other, 0, 30, ThreadState.RUNNING, 1, -1);
        counted(recording, counted, 100, 80);
        assertThat(of(recording)).isEqualTo(new CoreTime((80 + 100 + 30) * MS, (80 + 100 + 30) * MS, true));
        MemoryRecording none = new MemoryRecording(1_000).ticks(10);
        none.run(none.thread("worker"), 0, 10, ThreadState.RUNNING, 0, -1);
        assertThat(of(none)).isEqualTo(new CoreTime(10 * MS, 10 * MS, false));
        assertThat(of(new MemoryRecording(1_000))).isEqualTo(new CoreTime(0, 0, false));
    }

    @Test
    void lossesStillAddUpToTheCores() {
        long[] lost = new long[LossClass.values().length];
        lost[LossClass.RUN_DELAY.ordinal()] = 100 * MS;
        Losses losses = Losses.of(2, 1_000 * MS, 1_500 * MS, lost);
        assertThat(losses.of(LossClass.UNEXPLAINED)).isCloseTo(0.4, EXACT);

        Losses less = losses.withWork(1.45);
        assertThat(less.work()).isCloseTo(1.45, EXACT);
        assertThat(less.of(LossClass.RUN_DELAY)).isCloseTo(0.15, EXACT);
        assertThat(less.of(LossClass.UNEXPLAINED)).isCloseTo(0.4, EXACT);

        Losses more = losses.withWork(1.6);
        assertThat(more.work()).isCloseTo(1.6, EXACT);
        assertThat(more.of(LossClass.RUN_DELAY)).isCloseTo(0.1, EXACT);
        assertThat(more.of(LossClass.UNEXPLAINED)).isCloseTo(0.3, EXACT);

        Losses tooMuch = losses.withWork(1.95);
        assertThat(tooMuch.work()).as("there is no more that was not seen").isCloseTo(1.9, EXACT);
        assertThat(tooMuch.of(LossClass.UNEXPLAINED)).isCloseTo(0, EXACT);
    }
}

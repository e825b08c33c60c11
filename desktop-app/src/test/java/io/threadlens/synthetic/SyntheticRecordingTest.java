package io.threadlens.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recordings;
import io.threadlens.recording.SampleChunk;
import io.threadlens.timeline.StateTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticRecordingTest {
    private static final Workload SMALL = new Workload(150, 1_000, 9, 7);

    @TempDir
    Path folder;

    @Test
    void theSameNumbersGiveTheSameRecording() throws IOException {
        Workload workload = new Workload(70, 1_000, 3, 7);
        SyntheticRecording.write(workload, folder.resolve("a.threadlens"));
        SyntheticRecording.write(workload, folder.resolve("b.threadlens"));
        SyntheticRecording.write(new Workload(70, 1_000, 3, 8), folder.resolve("c.threadlens"));

        assertThat(folder.resolve("b.threadlens")).hasSameBinaryContentAs(folder.resolve("a.threadlens"));
        assertThat(Files.mismatch(folder.resolve("c.threadlens"), folder.resolve("a.threadlens"))).isNotNegative();
    }

    @Test
    void aRecordingIsMadeOnce() throws IOException {
        Workload workload = new Workload(3, 100, 1, 7);
        int[] made = {0};
        Path first = SyntheticRecording.in(folder, workload, () -> made[0]++);
        Path again = SyntheticRecording.in(folder, workload, () -> made[0]++);

        assertThat(again).isEqualTo(first).exists();
        assertThat(made[0]).isEqualTo(1);
    }

    @Test
    void everyThreadIsSeenAtEveryTick() throws IOException {
        SyntheticRecording.write(SMALL, folder.resolve("small.threadlens"));
        try (Recording recording = Recordings.open(folder.resolve("small.threadlens"))) {
            assertThat(recording.damage()).isNull();
            assertThat(recording.info().complete()).isTrue();
            assertThat(recording.info().counters().samples()).isEqualTo(SMALL.samples());
            assertThat(recording.tickCount()).isEqualTo(9_000);
            long[] samples = new long[SMALL.threads()];
            for (SampleChunk chunk : recording.chunks()) {
                for (int thread = 0; thread < samples.length; thread++) {
                    for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                        samples[thread] += chunk.count(row);
                    }
                }
            }
            assertThat(samples).containsOnly(9_000);
        }
    }

    @Test
    void itIsAsLongInEachStateAsWasSaid() throws IOException {
        long[][] said = SyntheticRecording.write(SMALL, folder.resolve("small.threadlens"));
        long[] all = new long[ThreadState.COUNT];
        try (Recording recording = Recordings.open(folder.resolve("small.threadlens"))) {
            StateTimes times = StateTimes.of(recording);
            TimeRange range = times.range();
            for (int thread = 0; thread < SMALL.threads(); thread++) {
                assertThat(times.between(thread, range.startNs(), range.endNs())).as("thread %d", thread).isEqualTo(said[thread]);
                for (int s = 0; s < all.length; s++) {
                    all[s] += said[thread][s];
                }
            }
        }
        for (ThreadState state : ThreadState.values()) {
            boolean absent = state == ThreadState.UNKNOWN || state == ThreadState.GIL;
            assertThat(all[state.code()]).as(state.label()).matches(ns -> absent == (ns == 0));
        }
    }

    @Test
    void waitsAndHoldsAreThoseOfLocks() throws IOException {
        long[][] said = SyntheticRecording.write(SMALL, folder.resolve("small.threadlens"));
        try (Recording recording = Recordings.open(folder.resolve("small.threadlens"))) {
            long[] waited = new long[SMALL.threads()];
            int[] waits = new int[SMALL.threads()];
            for (Recording.Wait wait : recording.waits()) {
                if (recording.locks().get(wait.lock()).isContention()) {
                    waited[wait.thread()] += wait.end() - wait.start();
                    waits[wait.thread()]++;
                }
            }
            for (int thread = 0; thread < SMALL.threads(); thread++) {
                long state = said[thread][ThreadState.LOCK.code()];
                // A wait begins up to a quarter of a period before the tick that saw it; a gap in the ticks is seen in none of them.
                assertThat(waited[thread]).as("thread %d", thread).isBetween(state, state + waits[thread] * SMALL.periodNs() / 4 + 50 * SMALL.periodNs());
            }
            Map<Integer, Long> freeSince = new HashMap<>();
            for (Recording.Hold hold : recording.holds()) {
                assertThat(hold.start()).as("one holder at a time").isGreaterThanOrEqualTo(freeSince.getOrDefault(hold.lock(), 0L));
                freeSince.put(hold.lock(), hold.end());
            }
            assertThat(freeSince).as("locks that were held").hasSize(5);
        }
    }
}

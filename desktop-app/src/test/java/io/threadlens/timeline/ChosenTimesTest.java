package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenTimesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyChosenTicksOfTheRangeCount(long seed) {
        RandomProgram program = new RandomProgram(seed, 3);
        program.grow(900);
        MemoryRecording recording = program.recording;
        StateTimes times = StateTimes.of(recording);
        Random random = new Random(seed);
        Moments.Builder builder = new Moments.Builder();
        for (int tick = random.nextInt(5); tick < 880; tick += random.nextInt(60)) {
            int end = tick + 1 + random.nextInt(20);
            builder.add(tick, end);
            tick = end;
        }
        Moments moments = builder.build();
        TimeRange range = new TimeRange(recording.tickTime(100) + 12_345, recording.tickTime(700) + 54_321);
        ChosenTimes chosen = ChosenTimes.of(times, range, moments);
        for (int thread = 0; thread < 3; thread++) {
            long[] expected = new long[ThreadState.COUNT];
            for (int tick = 0; tick < 900; tick++) {
                long start = Math.max(range.startNs(), recording.tickTime(tick));
                long end = Math.min(range.endNs(), recording.tickEnd(tick));
                if (moments.contains(tick) && start < end) {
                    long[] states = RandomProgram.count(recording, thread, start, end);
                    for (int s = 0; s < states.length; s++) {
                        expected[s] += states[s];
                    }
                }
            }
            assertThat(chosen.states(thread)).as("thread %d", thread).isEqualTo(expected);
        }
    }

    @Test
    void whereNothingIsChosenThereIsNoTime() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(10);
        recording.run(recording.thread("a"), 0, 10, ThreadState.RUNNING, 0, -1);
        StateTimes times = StateTimes.of(recording);
        ChosenTimes none = ChosenTimes.of(times, times.range(), new Moments.Builder().build());
        assertThat(none.states(0)).containsOnly(0);
        assertThat(none.seenNs()).isZero();
        assertThat(ChosenTimes.of(times, times.range(), new Moments.Builder().add(2, 5).build()).seenNs()).isEqualTo(3_000_000);
    }

    @Test
    void numbersAreToldInRanges() {
        assertThat(NumberRanges.text(List.of(7, 0, 1, 2, 3, 5))).isEqualTo("0–3, 5, 7");
        assertThat(NumberRanges.text(List.of(1, 2))).isEqualTo("1, 2");
        assertThat(NumberRanges.text(List.of())).isEmpty();
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import org.junit.jupiter.api.Test;

class SampleAtTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    @Test
    void aStretchGoesOnThroughRunsAndChunks() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(90);
        int main = recording.thread("MainThread");
        int one = recording.stack(-1, "one", "a.py", 1);
        int two = recording.stack(-1, "two", "a.py", 2);
        recording.run(main, 0, 10, ThreadState.RUNNING, 0, one).run(main, 10, 20, ThreadState.LOCK, 2, one).cut();
        recording.run(main, 30, 30, ThreadState.LOCK, 0b01, 2, two).cut();
        recording.run(main, 60, 20, ThreadState.RUNNING, 2, one);
        StateTimes times = StateTimes.of(recording);

        SampleAt sample = SampleAt.find(times, main, START + 35 * MS + 500);
        assertThat(sample).isNotNull();
        assertThat(sample.state()).isEqualTo(ThreadState.LOCK);
        assertThat(sample.stack()).isEqualTo(two);
        assertThat(sample.trimmed()).isTrue();
        assertThat(sample.torn()).isFalse();
        assertThat(sample.core()).isEqualTo(2);
        assertThat(sample.tickNs()).isEqualTo(START + 35 * MS);
        assertThat(sample.startNs()).isEqualTo(START + 10 * MS);
        assertThat(sample.endNs()).isEqualTo(START + 60 * MS);
        assertThat(SampleAt.find(times, main, START - 1)).isNull();
        assertThat(SampleAt.find(times, main, START + 85 * MS)).as("no run there").isNull();
        assertThat(SampleAt.find(times, main, START + 90 * MS)).as("after the end").isNull();
    }

    @Test
    void inAGapNothingWasSeen() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.tick(START).tick(START + MS).tick(START + 20 * MS).tick(START + 21 * MS);
        int main = recording.thread("MainThread");
        recording.run(main, 0, 2, ThreadState.LOCK, 0, -1).run(main, 2, 2, ThreadState.LOCK, 1, -1);
        StateTimes times = StateTimes.of(recording);
        SampleAt before = SampleAt.find(times, main, START);
        assertThat(before).isNotNull();
        assertThat(before.endNs()).as("no tick saw it in another state").isEqualTo(START + 22 * MS);
        assertThat(SampleAt.find(times, main, START + 10 * MS)).isNull();
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    @Test
    void aCallIsSeenBestWhereItGoesOnLongest() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        int worker = recording.thread("worker");
        int work = recording.stack(-1, "work", "app.py", 10);
        int inner = recording.stack(work, "hash", "app.py", 20);
        recording.run(main, 0, 30, ThreadState.RUNNING, 0, work).run(main, 30, 60, ThreadState.IDLE, 0, -1);
        recording.run(worker, 0, 10, ThreadState.RUNNING, 0, work).run(worker, 10, 50, ThreadState.NATIVE, 0, inner).cut();
        StateTimes times = StateTimes.of(recording);
        Frame call = new Frame("work", "app.py", 10, 10);
        assertThat(Places.ofCall(times, call, WaitIndexTest.range(0, 100))).isEqualTo(new Places.Place(worker, WaitIndexTest.range(10, 60)));
        assertThat(Places.ofCall(times, call, WaitIndexTest.range(0, 30))).as("only what is in the range counts").isEqualTo(new Places.Place(main, WaitIndexTest.range(0, 30)));
        assertThat(Places.ofCall(times, call, WaitIndexTest.range(70, 100))).isNull();
        assertThat(Places.ofCall(times, new Frame("work", "other.py", 10, 10), WaitIndexTest.range(0, 100))).isNull();
    }

    @Test
    void ofSomeLocksTheLongestWaitIsMeant() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        int one = recording.lock("lock", null, null);
        int two = recording.lock("lock", null, null);
        recording.wait(main, START + 10 * MS, START + 20 * MS, one, -1);
        recording.wait(main, START + 30 * MS, START + 60 * MS, two, -1);
        WaitIndex waits = WaitIndex.of(recording);
        assertThat(Places.ofWait(waits, List.of(one, two), WaitIndexTest.range(0, 100))).isEqualTo(new Places.Place(main, WaitIndexTest.range(30, 60)));
        assertThat(Places.ofWait(waits, List.of(one), WaitIndexTest.range(0, 100))).isEqualTo(new Places.Place(main, WaitIndexTest.range(10, 20)));
        assertThat(Places.ofWait(waits, List.of(), WaitIndexTest.range(0, 100))).isNull();
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneEventsTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
    private final int main = recording.thread("MainThread");
    private final int worker = recording.thread("worker");
    private final int lock = recording.lock("lock", "threading.Lock", "Store.lock");
    private final int queue = recording.lock("queue", "_queue.SimpleQueue", null);

    @Test
    void theyAreTheThreadsOwnWaitsForLocksAndThePausesOfAll() {
        recording.wait(worker, START + 100 * MS, START + 150 * MS, lock, -1);
        recording.wait(worker, START + 200 * MS, START + 250 * MS, queue, -1);
        recording.wait(main, START + 300 * MS, START + 350 * MS, lock, -1);
        recording.wait(worker, START + 600 * MS, START + 650 * MS, lock, -1);
        recording.pause(START + 400 * MS, START + 410 * MS, PauseBars.COLLECTION, main, -1);
        recording.pause(START + 401 * MS, START + 405 * MS, PauseBars.STOP_THE_WORLD, main, -1);
        assertThat(forward(worker)).containsExactly(100L, 400L, 401L, 600L);
        assertThat(backward(worker)).containsExactly(600L, 401L, 400L, 100L);
        assertThat(forward(main)).containsExactly(300L, 400L, 401L);
    }

    @Test
    void withoutAnyThereIsNowhereToGo() {
        recording.wait(worker, START + 200 * MS, START + 250 * MS, queue, -1);
        assertThat(forward(worker)).isEmpty();
        assertThat(backward(worker)).isEmpty();
    }

    private List<Long> forward(int thread) {
        WaitIndex waits = WaitIndex.of(recording);
        List<Long> found = new ArrayList<>();
        long at = LaneEvents.next(waits, recording.pauses(), thread, START);
        while (at != LaneEvents.NONE) {
            found.add((at - START) / MS);
            at = LaneEvents.next(waits, recording.pauses(), thread, at);
        }
        return found;
    }

    private List<Long> backward(int thread) {
        WaitIndex waits = WaitIndex.of(recording);
        List<Long> found = new ArrayList<>();
        long at = LaneEvents.previous(waits, recording.pauses(), thread, START + 1_000 * MS);
        while (at != LaneEvents.NONE) {
            found.add((at - START) / MS);
            at = LaneEvents.previous(waits, recording.pauses(), thread, at);
        }
        return found;
    }
}

package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One second at 1 kHz in which threads wait for each other. */
class DeadlocksTest {
    private static final int WITH = 1;

    private final MemoryRecording recording = new MemoryRecording(1000).ticks(1000);
    private final int a = recording.thread("A");
    private final int b = recording.thread("B");
    private final int c = recording.thread("C");
    private final int first = recording.lock("lock", "threading.Lock", "FIRST");
    private final int second = recording.lock("lock", "threading.Lock", "SECOND");
    private final int third = recording.lock("rlock", "threading.RLock", "THIRD");
    private final int outer = recording.stack(-1, "outer", "app.py", 10);
    private final int inner = recording.stack(outer, "inner", "app.py", 20);

    private static long at(double ms) {
        return MemoryRecording.START_NS + Math.round(ms * 1e6);
    }

    private void wait(int thread, int lock, double from, double to) {
        recording.wait(thread, at(from), at(to), lock, inner);
    }

    private void hold(int thread, int lock, double from, double to) {
        recording.hold(lock, thread, at(from), at(to), outer, WITH, 0);
    }

    @Test
    void twoThreadsThatWaitForEachOther() {
        hold(a, first, 100, 999);
        hold(b, second, 150, 999);
        wait(a, second, 200, 999);
        wait(b, first, 300, 999);
        Deadlock deadlock = Deadlocks.of(recording).getFirst();
        assertThat(Deadlocks.of(recording)).hasSize(1);
        assertThat(deadlock.seconds()).as("since the later of the waits").isCloseTo(0.7, within(1e-9));
        assertThat(deadlock.links())
                .containsExactly(
                        new Deadlock.Link(a, second, "SECOND", inner, recording.leaf(inner), b, outer, recording.leaf(outer)),
                        new Deadlock.Link(b, first, "FIRST", inner, recording.leaf(inner), a, outer, recording.leaf(outer)));
    }

    @Test
    void threeThreadsInACircleAndOneBehindThem() {
        int d = recording.thread("D");
        hold(a, first, 0, 999);
        hold(b, second, 0, 999);
        hold(c, third, 0, 999);
        wait(a, second, 100, 999);
        wait(b, third, 100, 999);
        wait(c, first, 100, 999);
        wait(d, first, 100, 999);
        assertThat(Deadlocks.of(recording)).singleElement().satisfies(deadlock ->
                assertThat(deadlock.links()).extracting(Deadlock.Link::waiter).containsExactlyInAnyOrder(a, b, c));
    }

    @Test
    void aThreadThatWaitsForWhatItHolds() {
        hold(a, first, 0, 999);
        wait(a, first, 100, 999);
        assertThat(Deadlocks.of(recording)).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.links()).singleElement().satisfies(link -> assertThat(link.holder()).isEqualTo(a));
        });
    }

    @Test
    void aWaitThatEndedIsNoDeadlock() {
        hold(a, first, 100, 600);
        hold(b, second, 150, 999);
        wait(a, second, 200, 600);
        wait(b, first, 300, 700);
        assertThat(Deadlocks.of(recording)).isEmpty();
        List<Deadlock> then = Deadlocks.of(recording, new TimeRange(at(0), at(600)));
        assertThat(then).as("while it was there").singleElement().satisfies(deadlock -> assertThat(deadlock.seconds()).isCloseTo(0.3, within(1e-9)));
    }

    @Test
    void aCircleThatIsYoungMayStillOpen() {
        hold(a, first, 0, 999);
        hold(b, second, 0, 999);
        wait(a, second, 100, 999);
        wait(b, first, 800, 999);
        assertThat(Deadlocks.of(recording)).isEmpty();
    }

    @Test
    void aChainThatEndsAtARunningThreadIsNoDeadlock() {
        hold(b, second, 0, 999);
        hold(c, first, 0, 999);
        wait(a, second, 100, 999);
        wait(b, first, 100, 999);
        assertThat(Deadlocks.of(recording)).isEmpty();
    }

    @Test
    void aLockThatSeveralHoldMayBeLetGoByAnyOfThem() {
        int semaphore = recording.lock("semaphore", "threading.Semaphore", "SLOTS");
        hold(a, semaphore, 0, 999);
        hold(c, semaphore, 0, 999);
        hold(b, second, 0, 999);
        wait(a, second, 100, 999);
        wait(b, semaphore, 100, 999);
        assertThat(Deadlocks.of(recording)).isEmpty();
    }
}

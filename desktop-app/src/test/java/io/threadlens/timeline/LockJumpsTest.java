package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.Hold;
import io.threadlens.recording.Recording.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thread 0 holds two locks from 0 to 50 ms; 1 and 2 wait for the first from 20 ms on, 3 for the second from 60 ms on, 2 holds a third that 4 waits for. */
class LockJumpsTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(100).live(true);
    private int first;
    private int second;
    private int third;
    private int stack;

    @BeforeEach
    void record() {
        for (int thread = 0; thread < 5; thread++) {
            recording.thread("worker-" + thread);
        }
        stack = recording.stack(-1, "Store.flush", "store.py", 41);
        first = recording.lock("lock", "threading.Lock", "first");
        second = recording.lock("rlock", "threading.RLock", "second");
        third = recording.lock("critical-section", "dict", null);
        recording.hold(first, 0, START, START + 30 * MS, stack, 1, 0);
        recording.hold(first, 0, START + 30 * MS, START + 50 * MS, -1, 2, 0);
        recording.hold(second, 0, START, START + 50 * MS, stack, 1, 1);
        // Taken again within: a place of its own.
        recording.hold(second, 0, START + 5 * MS, START + 10 * MS, stack, 1, 2);
        recording.hold(third, 2, START, START + 100 * MS, stack, 3, 0);
        recording.wait(1, START + 20 * MS, START + 50 * MS, first, -1);
        recording.wait(2, START + 25 * MS, START + 50 * MS, first, -1);
        recording.wait(3, START + 60 * MS, START + 70 * MS, second, -1);
        recording.wait(4, START + 40 * MS, START + 90 * MS, third, -1);
    }

    @Test
    void theHolderIsWhoHeldItAtThatMoment() {
        HoldIndex holds = HoldIndex.of(recording);
        Hold hold = LockJumps.holder(holds, first, START + 29 * MS);
        assertThat(hold).isEqualTo(new Hold(first, 0, START, START + 30 * MS, stack, 1, 0, -1));
        assertThat(LockJumps.holder(holds, first, START + 30 * MS)).isNotNull().extracting(Hold::how).isEqualTo(2);
        assertThat(LockJumps.holder(holds, first, START + 50 * MS)).isNull();
        assertThat(holds.heldBy(0, START + 7 * MS)).extracting(Hold::lock).containsExactlyInAnyOrder(first, second, second);
        assertThat(holds.heldBy(0, START + 20 * MS)).as("the outer block goes on").extracting(Hold::lock).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void ofSeveralHoldersTheOneIsShownWhoseCallIsKnown() {
        int semaphore = recording.lock("semaphore", "threading.Semaphore", null);
        recording.hold(semaphore, 3, START, START + 10 * MS, -1, 2, 0);
        recording.hold(semaphore, 4, START, START + 10 * MS, stack, 1, 0);
        assertThat(LockJumps.holder(HoldIndex.of(recording), semaphore, START + MS)).isNotNull().extracting(Hold::thread).isEqualTo(4);
    }

    @Test
    void fromTheHolderOneComesToEachWaiter() {
        assertThat(waiter(0, 30)).isEqualTo(1);
        assertThat(waiter(1, 30)).as("it holds nothing: on to the next that waits for the same").isEqualTo(2);
        assertThat(waiter(2, 30)).as("nobody waits for what it holds yet").isEqualTo(1);
        assertThat(waiter(2, 45)).as("on along the chain").isEqualTo(4);
    }

    @Test
    void whereNobodyWaitsYetTheFirstIsMeantThatWill() {
        Wait next = LockJumps.waiter(WaitIndex.of(recording), HoldIndex.of(recording), 0, START + 10 * MS);
        assertThat(next).isNotNull();
        assertThat(next.thread()).isEqualTo(1);
        assertThat(next.start()).isEqualTo(START + 20 * MS);
        assertThat(LockJumps.waiter(WaitIndex.of(recording), HoldIndex.of(recording), 0, START + 55 * MS)).as("it holds nothing any more").isNull();
    }

    @Test
    void aHoldThatGoesOnIsFoundInTheGrownIndex() {
        HoldIndex before = HoldIndex.of(recording);
        recording.hold(first, 1, START + 50 * MS, START + 60 * MS, stack, 1, 0);
        HoldIndex grown = before.grow();
        assertThat(LockJumps.holder(grown, first, START + 55 * MS)).isNotNull().extracting(Hold::thread).isEqualTo(1);
        assertThat(LockJumps.holder(before, first, START + 55 * MS)).isNull();
        Viewport viewport = Viewport.fit(WaitIndexTest.range(0, 100), 100);
        assertThat(grown.spans(first, 0, viewport)).containsExactly(new Span(0, 50));
        assertThat(grown.spans(first, 1, viewport)).containsExactly(new Span(50, 60));
    }

    private int waiter(int thread, int ms) {
        Wait wait = LockJumps.waiter(WaitIndex.of(recording), HoldIndex.of(recording), thread, START + ms * MS);
        return wait == null ? -1 : wait.thread();
    }
}

package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads that take locks in orders which agree or contradict each other. */
class LockOrderTest {
    private static final int WITH = 1;
    private static final int OWNER = 2;

    private final MemoryRecording recording = new MemoryRecording(1000).ticks(200);
    private final int a = recording.thread("A");
    private final int b = recording.thread("B");
    private final int c = recording.thread("C");
    private final int x = recording.lock("lock", "threading.Lock", "X");
    private final int y = recording.lock("rlock", "threading.RLock", "Y");
    private final int z = recording.lock("lock", "threading.Lock", "Z");
    private final int gate = recording.lock("lock", "threading.Lock", "GATE");
    private final int there = recording.stack(-1, "there", "app.py", 10);
    private final int deeper = recording.stack(there, "deeper", "app.py", 11);
    private final int back = recording.stack(-1, "back", "app.py", 20);

    private static long at(double ms) {
        return MemoryRecording.START_NS + Math.round(ms * 1e6);
    }

    private void hold(int thread, int lock, int place, double from, double to, int stack) {
        recording.hold(lock, thread, at(from), at(to), stack, WITH, place);
    }

    private void wait(int thread, int lock, double from, double to, int stack) {
        recording.wait(thread, at(from), at(to), lock, stack);
    }

    @Test
    void oppositeOrdersThatNeverMetAreAnInversion() {
        hold(a, x, 0, 10, 30, there);
        hold(a, y, 1, 20, 30, deeper);
        hold(b, y, 0, 50, 60, back);
        wait(b, x, 55, 60, back);
        assertThat(LockOrder.of(recording))
                .containsExactly(new Inversion(
                        List.of(new Inversion.Step(a, x, there, y, deeper), new Inversion.Step(b, y, back, x, back)), 5));
    }

    @Test
    void theSameOrderIsNone() {
        hold(a, x, 0, 10, 30, there);
        hold(a, y, 1, 20, 30, there);
        hold(b, x, 0, 50, 70, back);
        hold(b, y, 1, 60, 70, back);
        wait(c, x, 10, 50, there);
        assertThat(LockOrder.of(recording)).isEmpty();
    }

    @Test
    void oneThreadAloneCannotMeetItself() {
        hold(a, x, 0, 10, 30, there);
        hold(a, y, 1, 20, 30, there);
        hold(a, y, 0, 50, 70, back);
        hold(a, x, 1, 60, 70, back);
        assertThat(LockOrder.of(recording)).isEmpty();
    }

    @Test
    void underACommonGateThereIsNoDanger() {
        hold(a, gate, 0, 5, 40, there);
        hold(a, x, 1, 10, 30, there);
        hold(a, y, 2, 20, 30, there);
        hold(b, gate, 0, 45, 80, back);
        hold(b, y, 1, 50, 70, back);
        hold(b, x, 2, 60, 70, back);
        assertThat(LockOrder.of(recording)).isEmpty();
        hold(c, y, 0, 100, 130, back);
        hold(c, x, 1, 110, 130, back);
        assertThat(LockOrder.of(recording)).as("C does not ask at the gate").singleElement().satisfies(inversion ->
                assertThat(inversion.steps()).extracting(Inversion.Step::thread).containsExactly(a, c));
    }

    @Test
    void takingAnRLockAgainIsNoOrder() {
        hold(a, y, 0, 10, 40, there);
        hold(a, x, 1, 20, 40, there);
        hold(a, y, 2, 30, 40, deeper);
        hold(b, y, 0, 50, 70, back);
        hold(b, x, 1, 60, 70, back);
        assertThat(LockOrder.of(recording)).isEmpty();
    }

    @Test
    void whereTheLockOnlyNamesItsOwnerTheOrderOfTwoHeldLocksIsNotKnown() {
        recording.hold(x, a, at(10), at(30), there, WITH, 0);
        recording.hold(y, a, at(20), at(30), -1, OWNER, 1);
        hold(b, y, 0, 50, 70, back);
        hold(b, x, 1, 60, 70, back);
        assertThat(LockOrder.of(recording)).isEmpty();
        wait(a, y, 80, 90, there);
        recording.hold(x, a, at(75), at(90), there, OWNER, 0);
        assertThat(LockOrder.of(recording)).as("what is held while a lock is waited for was there before").hasSize(1);
    }

    @Test
    void aCircleOfThree() {
        hold(a, x, 0, 10, 30, there);
        wait(a, y, 20, 30, there);
        hold(b, y, 0, 50, 70, back);
        wait(b, z, 60, 70, back);
        hold(c, z, 0, 80, 99, deeper);
        wait(c, x, 90, 99, deeper);
        assertThat(LockOrder.of(recording)).singleElement().satisfies(inversion -> {
            assertThat(inversion.steps()).extracting(Inversion.Step::held).containsExactly(x, y, z);
            assertThat(inversion.steps()).extracting(Inversion.Step::taken).containsExactly(y, z, x);
        });
    }

    @Test
    void locksThatAreNoBusinessOfTheProgramHaveNoOrder() {
        int dict = recording.lock("critical-section", "dict", null);
        hold(a, x, 0, 10, 30, there);
        wait(a, dict, 20, 30, there);
        hold(b, dict, 0, 50, 70, back);
        wait(b, x, 60, 70, back);
        assertThat(LockOrder.of(recording)).isEmpty();
    }
}

package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.LockNames;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockReaderTest {
    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);
    private final int waiter = recording.thread("waiter");
    private final int holder = recording.thread("holder");
    private final int put = recording.stack(-1, "put", "/app/store.py", 20);
    private final int get = recording.stack(-1, "get", "/app/store.py", 30);

    private void wait(int from, int to, int lock, int stack) {
        recording.wait(waiter, Program.at(from), Program.at(to), lock, stack);
    }

    private List<Run.LockFigures> locks() {
        return LockReader.locks(recording, LockClasses.of(recording));
    }

    @Test
    void locksOfOneNameAreOne() {
        int[] locks = {recording.lock("lock", "threading.Lock", "LOCKS[0]"), recording.lock("lock", "threading.Lock", "LOCKS[1]")};
        wait(0, 100, locks[0], put);
        wait(200, 400, locks[1], put);
        recording.hold(locks[1], holder, Program.at(200), Program.at(400), get, 1, 0);
        assertThat(locks()).singleElement().satisfies(lock -> {
            assertThat(lock.label()).isEqualTo("LOCKS[…]");
            assertThat(lock.seconds()).isEqualTo(0.3, within(1e-9));
            assertThat(lock.waits()).isEqualTo(2);
            assertThat(lock.kind()).isEqualTo(LossClass.LOCK);
            assertThat(lock.place().function()).isEqualTo("put");
            assertThat(lock.holder().function()).isEqualTo("get");
        });
    }

    @Test
    void withoutANameTheyAreOneWhereTheyAreWaitedFor() {
        wait(0, 100, recording.lock("critical-section", "dict", null), put);
        wait(100, 200, recording.lock("critical-section", "dict", null), put);
        wait(200, 260, recording.lock("critical-section", "dict", null), get);
        wait(260, 270, recording.lock("critical-section", "list", "list at 0x7f00"), put);
        assertThat(locks()).extracting(Run.LockFigures::type).containsExactly("dict", "dict", "list");
        assertThat(locks()).extracting(Run.LockFigures::label).containsOnlyNulls();
        assertThat(locks().getFirst().seconds()).isEqualTo(0.2, within(1e-9));
    }

    @Test
    void thePlaceIsWhereMostOfTheWaitingIs() {
        int lock = recording.lock("lock", "threading.Lock", "LOCK");
        wait(0, 100, lock, get);
        wait(100, 400, lock, put);
        wait(400, 500, lock, get);
        assertThat(locks().getFirst().place().function()).isEqualTo("put");
    }

    @Test
    void whatIsNoContentionIsLeftOut() {
        wait(0, 100, recording.lock("condition", "threading.Condition", "QUEUE"), put);
        wait(100, 200, recording.lock("join", null, null), put);
        recording.lock("lock", "threading.Lock", "nobody waits for it");
        assertThat(locks()).isEmpty();
    }

    @Test
    void theLockOfAnImportIsTheInterpreters() {
        int acquire = recording.stack(put, "_ModuleLock.acquire", "<frozen importlib._bootstrap>", 300);
        int lock = recording.lock("lock", "_thread.lock", null);
        wait(0, 100, lock, acquire);
        assertThat(locks()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(LossClass.INTERPRETER_LOCK);
            assertThat(one.label()).isEqualTo(LockNames.IMPORT_LOCK);
        });
        assertThat(lostToLocks(recording).of(LossClass.INTERPRETER_LOCK)).isEqualTo(0.1, within(1e-3));
    }

    private Losses lostToLocks(MemoryRecording program) {
        program.run(holder, 0, 1000, RUNNING, 0, put).run(waiter, 0, 100, LOCK, 0, put).cores(2);
        return Program.run(program, "imports").losses();
    }

    @Test
    void unknownPlacesAreNone() {
        wait(0, 100, recording.lock("native-lock", null, null), -1);
        Recording.Lock lock = recording.locks().getFirst();
        assertThat(locks()).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(lock.type());
            assertThat(one.place()).isNull();
            assertThat(one.holder()).isNull();
        });
    }
}

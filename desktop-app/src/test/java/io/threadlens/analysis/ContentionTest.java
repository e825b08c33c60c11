package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 100 ticks, one a millisecond, at which some threads wait and others hold. */
class ContentionTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int WITH = 1;
    private static final int OWNER = 2;
    private static final int SECTION = 3;

    private final MemoryRecording recording = new MemoryRecording(1000).ticks(100);
    private final int a = recording.thread("A");
    private final int b = recording.thread("B");
    private final int c = recording.thread("C");
    private final int work = recording.stack(-1, "work", "app.py", 10);
    private final int update = recording.stack(work, "update", "app.py", 20);
    private final int store = recording.stack(work, "store", "app.py", 30);
    private int lock;

    @BeforeEach
    void aLock() {
        lock = recording.lock("lock", "threading.Lock", "registry_lock");
    }

    private static long at(double ms) {
        return MemoryRecording.START_NS + Math.round(ms * 1e6);
    }

    private void wait(int thread, double from, double to, int stack) {
        recording.wait(thread, at(from), at(to), lock, stack);
    }

    private void hold(int thread, double from, double to, int stack, int how) {
        recording.hold(lock, thread, at(from), at(to), stack, how, 0);
    }

    private LockContention only() {
        return Contention.of(recording).getFirst();
    }

    @Test
    void aWaitCountsAtTheTicksThatSawItAndItsLengthFromItsExactStart() {
        hold(a, 0, 50, update, WITH);
        wait(b, 10.3, 50, store);
        LockContention contention = only();
        assertThat(contention.kind()).isEqualTo(FindingClass.LOCK);
        assertThat(contention.label()).isEqualTo("registry_lock");
        assertThat(contention.type()).isEqualTo("threading.Lock");
        assertThat(contention.waits()).isEqualTo(1);
        assertThat(contention.waitSeconds()).as("ticks 11 to 49").isEqualTo(0.039, EXACT);
        assertThat(contention.longestSeconds()).isEqualTo(0.0397, EXACT);
        assertThat(contention.waiters()).containsExactly(new LockContention.Waiter(b, store, recording.leaf(store), 0.039));
        assertThat(contention.meetings()).containsExactly(new LockContention.Meeting(b, store, a, update, 0.039));
        LockContention.Holder holder = contention.holders().getFirst();
        assertThat(holder.thread()).isEqualTo(a);
        assertThat(holder.place()).isEqualTo(recording.leaf(update));
        assertThat(holder.seconds()).isEqualTo(0.039, EXACT);
        assertThat(holder.inferred()).isFalse();
        assertThat(holder.confidence()).isEqualTo(0.98 * (1 - 1 / Math.sqrt(40)), EXACT);
        assertThat(contention.confidence()).isEqualTo(holder.confidence(), EXACT);
    }

    @Test
    void aWaitWentOnAtTicksThatWereMissedWithinIt() {
        MemoryRecording gappy = new MemoryRecording(1000);
        for (int ms : new int[] {0, 1, 2, 3, 4, 8, 9, 10, 20, 21}) {
            gappy.tick(at(ms));
        }
        int waiter = gappy.thread("waiter");
        int mutex = gappy.lock("lock", null, null);
        gappy.wait(waiter, at(2.5), at(10), mutex, -1);
        gappy.wait(waiter, at(10), at(20), mutex, -1);
        LockContention contention = Contention.of(gappy).getFirst();
        assertThat(contention.waitSeconds()).as("3 to 10 ms; and of tick 10, two periods").isEqualTo(0.007 + 0.002, EXACT);
        assertThat(contention.waits()).isEqualTo(2);
    }

    @Test
    void aRangeCutsWaits() {
        hold(a, 0, 30, update, WITH);
        hold(c, 30, 60, update, WITH);
        wait(b, 10.3, 60, store);
        LockContention contention = Contention.of(recording, Part.of(new TimeRange(at(20.5), at(40.25)))).getFirst();
        assertThat(contention.waitSeconds()).isEqualTo(0.01975, EXACT);
        assertThat(contention.longestSeconds()).isEqualTo(0.01975, EXACT);
        assertThat(contention.holders()).extracting(LockContention.Holder::thread).containsExactly(c, a);
        assertThat(contention.holders().getFirst().seconds()).isEqualTo(0.01025, EXACT);
        assertThat(contention.holders().getLast().seconds()).isEqualTo(0.0095, EXACT);
        assertThat(Contention.of(recording, Part.of(new TimeRange(at(61), at(99))))).isEmpty();
        assertThat(Contention.of(recording, Part.of(new TimeRange(at(20), at(20))))).isEmpty();
    }

    @Test
    void ofChosenMomentsOnlyTheirTimeCounts() {
        hold(a, 0, 30, update, WITH);
        hold(c, 30, 60, update, WITH);
        wait(b, 10.3, 60, store);
        wait(a, 70, 80, store);
        Moments moments = new Moments.Builder().add(0, 15).add(28, 34).add(90, 95).build();
        TimeRange all = new TimeRange(at(0), at(100));
        LockContention contention = Contention.of(recording, new Part(all, null, moments)).getFirst();
        assertThat(contention.waitSeconds()).as("ticks 11 to 14, 28 to 33").isEqualTo(0.010, EXACT);
        assertThat(contention.waits()).as("the other one was at another time").isEqualTo(1);
        assertThat(contention.holders()).extracting(LockContention.Holder::thread).containsExactly(a, c);
        assertThat(contention.holders().getFirst().seconds()).isEqualTo(0.006, EXACT);
        assertThat(Contention.of(recording, new Part(all, null, new Moments.Builder().add(61, 69).build()))).isEmpty();
    }

    @Test
    void ofAHolderWhoseCallIsNotKnownTheSamplesTellTheStack() {
        recording.run(a, 0, 20, ThreadState.RUNNING, 0, update).run(a, 20, 5, ThreadState.RUNNING, 0, store);
        hold(a, 0, 30, -1, OWNER);
        wait(b, 10, 30, work);
        LockContention contention = only();
        assertThat(contention.meetings())
                .containsExactly(
                        new LockContention.Meeting(b, work, a, update, 0.010),
                        new LockContention.Meeting(b, work, a, -1, 0.005),
                        new LockContention.Meeting(b, work, a, store, 0.005));
    }

    @Test
    void noThreadHoldsTheLockItWaitsFor() {
        hold(a, 0, 21, update, WITH);
        hold(b, 20, 40, store, WITH);
        wait(b, 10, 21, store);
        wait(c, 10, 40, work);
        assertThat(WaitMatrix.of(Contention.of(recording)))
                .as("at tick 20 both were seen to hold it: C's time is divided")
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new WaitMatrix.Cell(c, b, 0.0195), new WaitMatrix.Cell(b, a, 0.011), new WaitMatrix.Cell(c, a, 0.0105));
    }

    /** The outer of two blocks is where the lock was taken. */
    @Test
    void aLockThatAThreadTookAgainIsHeldWhereItTookItFirst() {
        recording.hold(lock, a, at(10), at(20), store, WITH, 3);
        recording.hold(lock, a, at(0), at(20), update, WITH, 1);
        wait(b, 10, 20, work);
        assertThat(only().meetings()).containsExactly(new LockContention.Meeting(b, work, a, update, 0.010));
    }

    @Test
    void whoStoppedWaitingLastIsInferredToHoldTheLockWhileItIsInThatFunction() {
        int deeper = recording.stack(update, "helper", "app.py", 40);
        recording.run(a, 20, 10, ThreadState.RUNNING, 0, deeper).run(a, 30, 10, ThreadState.RUNNING, 0, store);
        wait(a, 5, 20, update);
        wait(b, 10, 40, store);
        LockContention contention = only();
        assertThat(contention.meetings())
                .containsExactlyInAnyOrder(
                        new LockContention.Meeting(b, store, -1, -1, 0.020),
                        new LockContention.Meeting(b, store, a, deeper, 0.010),
                        new LockContention.Meeting(a, update, -1, -1, 0.015));
        LockContention.Holder holder = contention.holders().getFirst();
        assertThat(holder.inferred()).isTrue();
        assertThat(holder.confidence()).isEqualTo(0.5 * (1 - 1 / Math.sqrt(11)), EXACT);
        assertThat(contention.confidence()).isEqualTo(0.5 * (1 - 1 / Math.sqrt(46)), EXACT);
    }

    @Test
    void nobodyIsInferredWhereSomebodyWasSeenSince() {
        recording.run(a, 20, 20, ThreadState.RUNNING, 0, update);
        wait(a, 5, 20, update);
        hold(c, 22, 25, work, WITH);
        wait(b, 10, 40, store);
        assertThat(only().meetings().stream().filter(m -> m.waiter() == b && m.holder() == a).mapToDouble(LockContention.Meeting::seconds).sum())
                .as("until C was seen")
                .isEqualTo(0.002, EXACT);
    }

    @Test
    void nobodyIsInferredWhereTwoStoppedWaitingAtOnceOrTheLockIsOfAnotherKind() {
        recording.run(a, 20, 20, ThreadState.RUNNING, 0, update);
        recording.run(c, 20, 20, ThreadState.RUNNING, 0, update);
        wait(a, 5, 20, update);
        wait(c, 5, 20, update);
        wait(b, 10, 40, store);
        assertThat(only().holders()).isEmpty();

        lock = recording.lock("critical-section", "dict", null);
        wait(a, 45, 60, update);
        wait(b, 50, 80, store);
        recording.run(a, 60, 20, ThreadState.RUNNING, 0, update);
        assertThat(Contention.of(recording)).hasSize(2).allSatisfy(each -> assertThat(each.holders()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "lock, lock", "rlock, lock", "semaphore, lock", "native-lock, lock", "critical-section, critical-section",
        "interpreter-lock, interpreter-lock", "internal-lock, interpreter-lock", "pause, stop-the-world", "pause-request, stop-the-world", "gil, gil"
    })
    void kindsOfContention(String kind, String expected) {
        lock = recording.lock(kind, null, null);
        wait(a, 0, 10, -1);
        assertThat(only().kind().label()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition", "queue", "join", "native-signal", "a kind of the future"})
    void waitingForWorkIsNoContention(String kind) {
        lock = recording.lock(kind, null, null);
        wait(a, 0, 10, -1);
        assertThat(Contention.of(recording)).isEmpty();
    }

    @Test
    void theLockOfAModuleThatIsImportedIsTheInterpreters() {
        int acquire = recording.stack(work, "_ModuleLock.acquire", "<frozen importlib._bootstrap>", 300);
        wait(a, 0, 10, acquire);
        assertThat(only().kind()).isEqualTo(FindingClass.INTERPRETER_LOCK);
        assertThat(only().label()).isEqualTo("import lock");
        assertThat(only().waiters().getFirst().place()).as("the line that imports").isEqualTo(recording.leaf(work));
    }

    @Test
    void aLockWithoutANameHasItsTypeAndNumber() {
        lock = recording.lock("critical-section", "dict", null);
        wait(a, 0, 10, -1);
        assertThat(only().label()).isEqualTo("dict #" + lock);
    }

    @Test
    void timeOnACoreWithinAWaitIsSpinning() {
        recording.run(b, 10, 4, ThreadState.LOCK, 4, 1, store).run(b, 14, 16, ThreadState.LOCK, 0, 1, store);
        wait(b, 10, 30, store);
        assertThat(only().spinSeconds()).isEqualTo(0.004, EXACT);
        assertThat(only().waitSeconds()).isEqualTo(0.020, EXACT);
    }

    @Test
    void locksAreInOrderOfTheTimeLost() {
        wait(a, 0, 10, work);
        lock = recording.lock("lock", null, "worse");
        hold(c, 0, 100, update, SECTION);
        wait(a, 10, 30, work);
        wait(b, 10, 30, work);
        assertThat(Contention.of(recording)).extracting(LockContention::label).containsExactly("worse", "registry_lock");
    }

    /** Any waits and holds, counted tick by tick in the plainest way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyWaitsMeetTheHoldersOfTheirTicks(long seed) {
        Random random = new Random(seed);
        int threads = 5;
        int ticks = recording.tickCount();
        boolean[][] waits = new boolean[threads][ticks];
        boolean[][] holds = new boolean[threads][ticks];
        for (int thread = 3; thread < threads; thread++) {
            recording.thread("more");
        }
        int semaphore = lock;
        for (int thread = 0; thread < threads; thread++) {
            for (int tick = random.nextInt(9); tick < ticks - 1; tick += 1 + random.nextInt(9)) {
                int end = tick + 1 + random.nextInt(Math.min(12, ticks - tick - 1));
                boolean isWait = random.nextBoolean();
                if (isWait) {
                    recording.wait(thread, at(tick - random.nextDouble() * 0.9), at(end), semaphore, update);
                } else {
                    recording.hold(semaphore, thread, at(tick), at(end), store, WITH, 0);
                }
                for (; tick < end; tick++) {
                    (isWait ? waits : holds)[thread][tick] = true;
                }
            }
        }
        Map<List<Integer>, Double> expected = new HashMap<>();
        for (int tick = 0; tick < ticks; tick++) {
            for (int waiter = 0; waiter < threads; waiter++) {
                int holders = 0;
                for (int holder = 0; holder < threads; holder++) {
                    holders += holds[holder][tick] && holder != waiter ? 1 : 0;
                }
                for (int holder = 0; waits[waiter][tick] && holder < threads; holder++) {
                    if (holds[holder][tick] && holder != waiter) {
                        expected.merge(List.of(waiter, holder), 0.001 / holders, Double::sum);
                    }
                }
            }
        }
        Map<List<Integer>, Double> found = new HashMap<>();
        WaitMatrix.of(Contention.of(recording)).stream()
                .filter(cell -> cell.holder() >= 0)
                .forEach(cell -> found.put(List.of(cell.waiter(), cell.holder()), cell.seconds()));
        assertThat(found).hasSameSizeAs(expected).isNotEmpty();
        expected.forEach((pair, seconds) -> assertThat(found.get(pair)).isEqualTo(seconds, EXACT));
    }
}

package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Programs of one second on two cores, each with one fault or none. */
class FindingsTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int TICKS = 1000;
    private static final String QUEUE = "/usr/lib/python3.14/queue.py";

    private final MemoryRecording program = new MemoryRecording(1000).ticks(TICKS).cores(2);
    private final int main = stack(-1, "main", 1);
    private final int work = stack(-1, "work", 10);
    private final int inner = stack(work, "inner", 20);
    private final int sleep = stack(-1, "sleep", 30);

    private int stack(int parent, String function, int line) {
        return program.stack(parent, function, "/app/app.py", line);
    }

    private static long at(double ms) {
        return MemoryRecording.START_NS + Math.round(ms * 1e6);
    }

    private int thread(String name, ThreadState state, int stack) {
        int thread = program.thread(name);
        program.run(thread, 0, TICKS, state, 0, stack);
        return thread;
    }

    private int joining() {
        int thread = thread("MainThread", ThreadState.SIGNAL, main);
        program.wait(thread, at(0), at(TICKS), program.lock("join", null, null), main);
        return thread;
    }

    private List<Finding> findings() {
        return Findings.of(program);
    }

    private Finding only(FindingClass kind) {
        List<Finding> found = findings();
        assertThat(found.stream().map(Finding::kind)).containsExactly(kind);
        return found.getFirst();
    }

    private static List<Integer> lines(Finding finding) {
        return finding.where().stream().map(Frame::line).toList();
    }

    /** Programs that scale, or have nothing to do: nothing may be claimed of them. */
    @Nested
    class Controls {
        @Test
        void computingOnAsManyThreadsAsThereAreCores() {
            joining();
            thread("worker-0", ThreadState.RUNNING, work);
            thread("worker-1", ThreadState.NATIVE, work);
            Finding none = only(FindingClass.NONE);
            assertThat(none.evidence()).contains("2.00 of 2 cores");
            assertThat(none.costSeconds()).isZero();
            assertThat(none.confidence()).isGreaterThan(0.9);
        }

        @Test
        void twoThreadsForEachCore() {
            for (int i = 0; i < 4; i++) {
                int thread = program.thread("worker-" + i);
                program.run(thread, 0, 500, i < 2 ? ThreadState.RUNNING : ThreadState.RUNNABLE, 0, work);
                program.run(thread, 500, 500, i < 2 ? ThreadState.RUNNABLE : ThreadState.RUNNING, 0, work);
            }
            only(FindingClass.NONE);
        }

        @Test
        void oneThreadThatComputesAndOneThatJoinsIt() {
            joining();
            thread("worker", ThreadState.RUNNING, work);
            only(FindingClass.NONE);
        }

        @Test
        void idleWorkersThatLookAroundNowAndThen() {
            joining();
            int condition = program.lock("condition", null, null);
            for (int i = 0; i < 4; i++) {
                int thread = program.thread("worker-" + i);
                for (int tick = 0; tick < TICKS; tick += 100) {
                    program.run(thread, tick, 1, ThreadState.RUNNING, 0, work).run(thread, tick + 1, 99, ThreadState.SIGNAL, 0, work);
                    program.wait(thread, at(tick + 0.5), at(tick + 100), condition, work);
                }
            }
            only(FindingClass.NONE);
        }

        /** A lock that is fought over in the little time in which there is something to do is of no weight. */
        @Test
        void inputAndOutputWithALittleContention() {
            int lock = program.lock("lock", "threading.Lock", "log");
            for (int i = 0; i < 2; i++) {
                int thread = program.thread("worker-" + i);
                program.run(thread, 0, 960, ThreadState.IO, 0, work);
                program.run(thread, 960, 20, ThreadState.LOCK, 0, work).run(thread, 980, 20, ThreadState.RUNNING, 0, work);
                program.wait(thread, at(960), at(980), lock, work);
            }
            only(FindingClass.NONE);
        }

        /** One works, and others wait for the time to pass, or for work that does not come from it. */
        @Test
        void oneThatComputesBesideOthersThatWaitForTheTimeToPass() {
            thread("MainThread", ThreadState.RUNNING, work);
            int condition = program.lock("condition", null, null);
            for (int i = 0; i < 2; i++) {
                int timer = thread("timer-" + i, ThreadState.SIGNAL, sleep);
                for (int tick = 0; tick < TICKS; tick += 100) {
                    program.wait(timer, at(tick), at(tick + 99), condition, sleep);
                }
            }
            only(FindingClass.NONE);
        }

        @Test
        void producersAndConsumersThatKeepUp() {
            int put = program.stack(work, "Queue.put", QUEUE, 5);
            int get = program.stack(inner, "Queue.get", QUEUE, 9);
            int condition = program.lock("condition", null, null);
            for (int i = 0; i < 4; i++) {
                int thread = program.thread(i < 2 ? "produce-" + i : "consume-" + i);
                for (int tick = 0; tick < TICKS; tick += 10) {
                    boolean produces = i < 2;
                    program.run(thread, tick, 1, ThreadState.RUNNING, 0, produces ? put : work);
                    program.run(thread, tick + 1, 9, produces ? ThreadState.IDLE : ThreadState.SIGNAL, 0, produces ? sleep : get);
                    if (!produces) {
                        program.wait(thread, at(tick + 1), at(tick + 10), condition, get);
                    }
                }
            }
            only(FindingClass.NONE);
        }

        @Test
        void threadsThatRunOneAfterAnother() {
            for (int i = 0; i < 2; i++) {
                program.run(program.thread("Thread-" + i + " (work)"), 500 * i, 500, ThreadState.RUNNING, 0, work);
            }
            only(FindingClass.NONE);
        }

        @Test
        void nothingIsSaidOfNothing() {
            assertThat(Findings.of(new MemoryRecording(1000))).isEmpty();
            assertThat(Findings.of(new MemoryRecording(1000).ticks(100))).isEmpty();
        }

        /** A recording without waits cannot say for what threads waited; that they lost nothing would be wrong. */
        @Test
        void thatNothingIsLostIsNotSaidOfThreadsThatWaitForLocksUnknown() {
            thread("worker-0", ThreadState.RUNNING, work);
            thread("worker-1", ThreadState.LOCK, work);
            assertThat(findings()).isEmpty();
        }
    }

    @Nested
    class Locks {
        private void contend(int lock, int waiter, int from, int to, int holder) {
            program.wait(waiter, at(from), at(to), lock, inner);
            program.hold(lock, holder, at(from), at(to), work, 1, 0);
        }

        @Test
        void oneLockAroundTheWork() {
            joining();
            int a = program.thread("worker-0");
            int b = program.thread("worker-1");
            program.run(a, 0, 500, ThreadState.RUNNING, 0, work).run(a, 500, 500, ThreadState.LOCK, 0, inner);
            program.run(b, 0, 500, ThreadState.LOCK, SampleRuns.SPINS, 0, inner).run(b, 500, 500, ThreadState.RUNNING, 0, work);
            int lock = program.lock("lock", "threading.Lock", "registry_lock");
            contend(lock, b, 0, 500, a);
            contend(lock, a, 500, 1000, b);
            Finding finding = only(FindingClass.LOCK);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
            assertThat(finding.costSeconds()).isEqualTo(1.0, EXACT);
            assertThat(finding.title()).contains("registry_lock").contains("50 %");
            assertThat(finding.evidence()).contains("1.00 s in 2 waits").contains("500 ms of it was spent on a core");
            assertThat(lines(finding)).containsExactly(20, 10);
            assertThat(finding.locks()).containsExactly(lock);
            assertThat(finding.confidence()).isBetween(0.94, 0.98);
        }

        @Test
        void locksMadeAtOnePlaceAreOneFinding() {
            int a = thread("worker-0", ThreadState.RUNNING, work);
            int b = program.thread("worker-1");
            for (int i = 0; i < 10; i++) {
                program.run(b, 100 * i, 30, ThreadState.LOCK, 0, inner).run(b, 100 * i + 30, 70, ThreadState.RUNNING, 0, work);
                contend(program.lock("lock", "threading.Lock", "LOCKS[" + i + "]"), b, 100 * i, 100 * i + 30, a);
            }
            Finding finding = only(FindingClass.LOCK);
            assertThat(finding.title()).contains("LOCKS[…] (10 locks)").contains("15 %");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.MEDIUM);
            assertThat(finding.costSeconds()).isEqualTo(0.3, EXACT);
        }

        @Test
        void manyLocksThatCostLittleEachCostMuchTogether() {
            int a = thread("worker-0", ThreadState.RUNNING, work);
            int b = program.thread("worker-1");
            for (int i = 0; i < 10; i++) {
                program.run(b, 100 * i, 30, ThreadState.LOCK, 0, inner).run(b, 100 * i + 30, 70, ThreadState.RUNNING, 0, work);
                contend(program.lock("lock", "threading.Lock", "lock_" + (char) ('a' + i)), b, 100 * i, 100 * i + 30, a);
            }
            assertThat(only(FindingClass.LOCK).title()).contains("10 locks");
        }

        @Test
        void sharedObjectsAndTheInterpretersLocks() {
            int a = thread("worker-0", ThreadState.RUNNING, work);
            int b = program.thread("worker-1");
            program.run(b, 0, 1000, ThreadState.LOCK, 0, inner);
            int dict = program.lock("critical-section", "dict", null);
            int types = program.lock("interpreter-lock", null, "type lock");
            contend(dict, b, 0, 800, a);
            contend(types, b, 800, 1000, a);
            List<Finding> found = findings();
            assertThat(found).extracting(Finding::kind).containsExactly(FindingClass.CRITICAL_SECTION, FindingClass.INTERPRETER_LOCK);
            assertThat(found).extracting(Finding::severity).containsExactly(Finding.Severity.HIGH, Finding.Severity.MEDIUM);
            assertThat(found.getFirst().title()).contains("dict");
        }

        @Test
        void aDeadlockIsNoMereWaitForALock() {
            int a = thread("A", ThreadState.LOCK, inner);
            int b = thread("B", ThreadState.LOCK, inner);
            int c = thread("C", ThreadState.LOCK, inner);
            int first = program.lock("lock", "threading.Lock", "FIRST");
            int second = program.lock("lock", "threading.Lock", "SECOND");
            program.hold(first, a, at(0), at(TICKS), work, 1, 0);
            program.hold(second, b, at(0), at(TICKS), main, 1, 0);
            program.wait(a, at(0), at(TICKS), second, inner);
            program.wait(b, at(0), at(TICKS), first, inner);
            program.wait(c, at(0), at(TICKS), first, inner);
            Finding finding = only(FindingClass.DEADLOCK);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
            assertThat(finding.title()).contains("A and B");
            assertThat(finding.evidence()).contains("FIRST (threading.Lock)").contains("SECOND (threading.Lock)");
            assertThat(lines(finding)).containsExactlyInAnyOrder(20, 1, 10);
            assertThat(finding.costSeconds()).isEqualTo(2.0, EXACT);
        }

        @Test
        void oppositeOrdersThatHaveNotMetYet() {
            int a = thread("A", ThreadState.RUNNING, work);
            int b = thread("B", ThreadState.RUNNING, work);
            int first = program.lock("lock", "threading.Lock", "FIRST");
            int second = program.lock("lock", "threading.Lock", "SECOND");
            program.hold(first, a, at(0), at(100), work, 1, 0);
            program.hold(second, a, at(50), at(100), inner, 1, 1);
            program.hold(second, b, at(200), at(300), main, 1, 0);
            program.hold(first, b, at(250), at(300), sleep, 1, 1);
            Finding finding = only(FindingClass.LOCK);
            assertThat(finding.title()).contains("FIRST and SECOND").contains("opposite orders");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
            assertThat(finding.costSeconds()).as("so far").isZero();
            assertThat(lines(finding)).as("all four lines").containsExactlyInAnyOrder(20, 10, 30, 1);
            assertThat(finding.locks()).containsExactly(first, second);
        }
    }

    @Nested
    class Interpreter {
        @Test
        void pausesOfGarbageCollections() {
            int collect = stack(-1, "tidy", 40);
            int tidy = thread("tidy", ThreadState.RUNNING, collect);
            int worker = program.thread("worker");
            for (int tick = 0; tick < TICKS; tick += 100) {
                program.run(worker, tick, 40, ThreadState.PAUSED, 0, work).run(worker, tick + 40, 60, ThreadState.RUNNING, 0, work);
                program.pause(at(tick), at(tick + 40), 1, tidy, collect);
            }
            Finding finding = only(FindingClass.STOP_THE_WORLD);
            assertThat(finding.title()).contains("Garbage collections").contains("20 %");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.MEDIUM);
            assertThat(finding.costSeconds()).isEqualTo(0.4, EXACT);
            assertThat(finding.evidence()).contains("10 pauses, 400 ms together, the longest 40.0 ms").contains("tidy (app.py:40)");
            assertThat(lines(finding)).containsExactly(40);
        }

        @Test
        void theGilFromTheBeginning() {
            int gil = program.lock("gil", null, null);
            int a = program.thread("worker-0");
            int b = program.thread("worker-1");
            for (int tick = 0; tick < TICKS; tick += 10) {
                boolean even = tick % 20 == 0;
                program.run(a, tick, 10, even ? ThreadState.RUNNING : ThreadState.GIL, 0, work);
                program.run(b, tick, 10, even ? ThreadState.GIL : ThreadState.RUNNING, 0, inner);
                program.wait(even ? b : a, at(tick), at(tick + 10), gil, even ? inner : work);
                program.hold(gil, even ? a : b, at(tick), at(tick + 10), -1, 4, 0);
            }
            program.event(at(100), "gilSwitches", 1_000, null);
            program.event(at(900), "gilSwitches", 1_080, null);
            Finding finding = only(FindingClass.GIL);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.HIGH);
            assertThat(finding.title()).contains("50 %");
            assertThat(finding.evidence()).contains("2 threads waited 1.00 s").contains("changed hands 100 times a second");
            assertThat(finding.costSeconds()).isEqualTo(1.0, EXACT);
            assertThat(lines(finding)).containsExactlyInAnyOrder(10, 20);
        }

        @Test
        void theGilThatAModuleTurnedOn() {
            int importing = program.stack(stack(-1, "load", 50), "_call_with_frames_removed", "<frozen importlib._bootstrap>", 4);
            int loader = program.thread("loader");
            program.run(loader, 0, 296, ThreadState.RUNNING, 0, work).run(loader, 298, 702, ThreadState.RUNNING, 0, work);
            program.run(loader, 296, 2, ThreadState.RUNNING, 0, importing);
            program.event(at(300), "gil", 1, "old_module");
            Finding finding = only2(FindingClass.GIL, FindingClass.NONE);
            assertThat(finding.title()).contains("by old_module").contains("300 ms");
            assertThat(finding.severity()).as("nobody waits for it").isEqualTo(Finding.Severity.LOW);
            assertThat(lines(finding)).containsExactly(50);
        }

        private Finding only2(FindingClass first, FindingClass second) {
            List<Finding> found = findings();
            assertThat(found.stream().map(Finding::kind)).containsExactly(first, second);
            return found.getFirst();
        }

        @Test
        void referenceCountsThatAreFoughtOver() {
            thread("worker-0", ThreadState.RUNNING, work);
            thread("worker-1", ThreadState.RUNNING, work);
            for (int ms = 0; ms < TICKS; ms += 100) {
                program.refcounts(at(ms), 0, work, 0x1000, "Config", 20, 8);
                program.refcounts(at(ms), 1, work, 0x1000, "Config", 20, 8);
            }
            Finding finding = only(FindingClass.REFCOUNT);
            assertThat(finding.title()).contains("one Config").contains("2 threads");
            assertThat(finding.evidence()).contains("40 % of 200 looks");
            assertThat(finding.costSeconds()).isEqualTo(0.8, EXACT);
            assertThat(finding.confidence()).as("an estimate").isLessThan(0.8);
            assertThat(lines(finding)).containsExactly(10);
        }
    }

    @Nested
    class Shapes {
        @Test
        void aPipelineWithOneSlowStage() {
            joining();
            int condition = program.lock("condition", null, null);
            int put = program.stack(work, "Queue.put", QUEUE, 5);
            int get = program.stack(main, "Queue.get", QUEUE, 9);
            int slow = program.thread("slow");
            int first = program.thread("first");
            int last = program.thread("last");
            for (int tick = 0; tick < TICKS; tick += 50) {
                program.run(slow, tick, 49, ThreadState.RUNNING, 0, inner).run(slow, tick + 49, 1, ThreadState.RUNNING, 0, put);
                for (int waiter : new int[] {first, last}) {
                    program.run(waiter, tick, 1, ThreadState.RUNNING, 0, sleep).run(waiter, tick + 1, 49, ThreadState.SIGNAL, 0, get);
                    program.wait(waiter, at(tick + 1), at(tick + 50), condition, get);
                }
            }
            Finding finding = only(FindingClass.SERIAL);
            assertThat(finding.title()).contains("2 others").contains("inner (app.py:20)");
            assertThat(finding.evidence()).contains("slow").contains("first and last");
            assertThat(lines(finding)).as("the step, who calls it, where others wait").containsExactly(20, 10, 1);
            assertThat(finding.costSeconds()).isEqualTo(1.0, EXACT);
        }

        @Test
        void oneLongTaskAndManyShortOnes() {
            joining();
            int a = program.thread("ThreadPoolExecutor-0_0");
            int b = program.thread("ThreadPoolExecutor-0_1");
            // In the end it is told to end, and waits for a core to hear it.
            program.run(a, 0, 400, ThreadState.RUNNING, 0, work).run(a, 400, 500, ThreadState.SIGNAL, 0, work);
            program.run(a, 900, 98, ThreadState.RUNNABLE, 0, work).run(a, 998, 2, ThreadState.RUNNING, 0, work);
            program.run(b, 0, 1000, ThreadState.RUNNING, 1, inner);
            Finding finding = only(FindingClass.IMBALANCE);
            assertThat(finding.title()).contains("ThreadPoolExecutor-0_1");
            assertThat(finding.costSeconds()).as("up to 98 % of its work").isCloseTo(0.58, within(0.01));
            assertThat(lines(finding)).containsExactly(20, 10);
        }

        /** Woken all at once, they queue for a lock whose holder has no core: each would wait for a core if it did not wait for the lock. */
        @Test
        void threadsOfACrowdThatQueueForALockAtFirst() {
            int lock = program.lock("lock", "threading.Lock", "begin");
            for (int i = 0; i < 16; i++) {
                int thread = program.thread("worker-" + i);
                boolean queues = i >= 2;
                program.run(thread, 0, 50, queues ? ThreadState.LOCK : ThreadState.RUNNING, 0, queues ? inner : work);
                program.run(thread, 50, TICKS - 50, queues ? ThreadState.RUNNABLE : ThreadState.RUNNING, 0, work);
                if (queues) {
                    program.wait(thread, at(0), at(50), lock, inner);
                }
            }
            only(FindingClass.OVERSUBSCRIBED);
        }

        @Test
        void eightThreadsForEachCore() {
            for (int i = 0; i < 16; i++) {
                int thread = program.thread("worker-" + i);
                for (int slot = 0; slot < 8; slot++) {
                    program.run(thread, 125 * slot, 125, i / 2 == slot ? ThreadState.RUNNING : ThreadState.RUNNABLE, 0, work);
                }
            }
            Finding finding = only(FindingClass.OVERSUBSCRIBED);
            assertThat(finding.title()).isEqualTo("16 threads want one of 2 cores");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.MEDIUM);
            assertThat(finding.costSeconds()).isEqualTo(14, EXACT);
            assertThat(lines(finding)).containsExactly(10);
        }
    }

    @Test
    void theWorstComesFirst() {
        int lock = program.lock("critical-section", "dict", null);
        int gil = program.lock("lock", null, "X");
        int a = thread("A", ThreadState.LOCK, inner);
        thread("B", ThreadState.RUNNING, inner);
        thread("C", ThreadState.RUNNING, inner);
        program.wait(a, at(0), at(200), lock, inner);
        program.wait(a, at(200), at(1000), gil, inner);
        assertThat(findings()).extracting(Finding::kind).containsExactly(FindingClass.LOCK, FindingClass.CRITICAL_SECTION);
        assertThat(findings()).extracting(Finding::severity).containsExactly(Finding.Severity.MEDIUM, Finding.Severity.LOW);
    }
}

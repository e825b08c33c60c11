package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.IDLE;
import static io.threadlens.model.ThreadState.IO;
import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.NATIVE;
import static io.threadlens.model.ThreadState.PAUSED;
import static io.threadlens.model.ThreadState.RUNNABLE;
import static io.threadlens.model.ThreadState.RUNNING;
import static io.threadlens.model.ThreadState.SIGNAL;
import static io.threadlens.model.ThreadState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.timeline.RandomProgram;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of one second that lose their cores' time to one thing, or to several whose shares are known. */
class LossesTest {
    private static final Offset<Double> EXACT = within(1e-9);
    /** Each class is rounded to whole ns. */
    private static final Offset<Double> NEARLY = within(1e-8);

    /** Asserts what is lost, in core-seconds, and that nothing else is. */
    private static void assertLost(Program program, double work, Object... classesAndSeconds) {
        assertLost(program.run().losses(), work, classesAndSeconds);
    }

    private static void assertLost(Losses losses, double work, Object... classesAndSeconds) {
        Map<LossClass, Double> expected = new EnumMap<>(LossClass.class);
        for (int i = 0; i < classesAndSeconds.length; i += 2) {
            expected.put((LossClass) classesAndSeconds[i], (Double) classesAndSeconds[i + 1]);
        }
        assertThat(losses.work()).isEqualTo(work, EXACT);
        for (LossClass kind : LossClass.values()) {
            assertThat(losses.of(kind)).as(kind.label()).isEqualTo(expected.getOrDefault(kind, 0.0), EXACT);
        }
        assertAddsUp(losses);
    }

    private static void assertAddsUp(Losses losses) {
        double lost = Arrays.stream(LossClass.values()).mapToDouble(losses::of).sum();
        assertThat(losses.work() + lost).isEqualTo(losses.cores() * losses.wall(), EXACT);
    }

    @Test
    void nothingIsLostWhereEveryCoreWorks() {
        Program program = new Program(2, 1000);
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", NATIVE, 1000);
        assertLost(program, 2);
    }

    @Test
    void theGil() {
        Program program = new Program(8, 1000);
        for (int i = 0; i < 4; i++) {
            program.thread("w-" + i, GIL, 250 * i, RUNNING, 250, GIL, 750 - 250 * i);
        }
        assertThat(program.run().wanted()).isEqualTo(4);
        assertLost(program, 1, LossClass.GIL, 3.0);
    }

    /** With more who wait than cores are free, each has its share of those. */
    @Test
    void noMoreIsLostThanThereIs() {
        Program program = new Program(2, 1000);
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", GIL, 1000);
        program.thread("w-2", GIL, 1000);
        program.thread("w-3", RUNNABLE, 1000);
        program.thread("w-4", PAUSED, 1000);
        assertLost(program, 1, LossClass.GIL, 0.5, LossClass.RUN_DELAY, 0.25, LossClass.STOP_THE_WORLD, 0.25);
    }

    @Test
    void locksByWhatIsWaitedForAtTheTime() {
        Program program = new Program(2, 1000);
        int lock = program.recording.lock("lock", "threading.Lock", "LOCK");
        int dict = program.recording.lock("critical-section", "dict", null);
        int type = program.recording.lock("interpreter-lock", null, "type lock");
        program.thread("w-0", RUNNING, 1000);
        int waiter = program.thread("w-1", LOCK, 1000);
        program.wait(waiter, 0, 500, lock);
        program.wait(waiter, 500, 900, dict);
        program.wait(waiter, 900, 1000, type);
        Losses losses = program.run().losses();
        assertThat(losses.of(LossClass.LOCK)).isEqualTo(0.5, within(0.001));
        assertThat(losses.of(LossClass.CRITICAL_SECTION)).isEqualTo(0.4, within(0.001));
        assertThat(losses.of(LossClass.INTERPRETER_LOCK)).isEqualTo(0.1, within(0.001));
        assertAddsUp(losses);
    }

    @Test
    void aWaitThatNoRowTellsOfIsForALock() {
        Program program = new Program(2, 1000);
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", LOCK, 1000);
        assertLost(program, 1, LossClass.LOCK, 1.0);
    }

    @Test
    void filesAndSocketsAfterThoseWhoContend() {
        Program program = new Program(3, 1000);
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", LOCK, 500, RUNNING, 500);
        program.thread("w-2", LOCK, 500, IO, 500);
        program.thread("w-3", IO, 1000);
        assertThat(program.run().wanted()).isEqualTo(3);
        assertLost(program, 1.5, LossClass.LOCK, 1.0, LossClass.IO, 0.5);
    }

    @Test
    void oneThatIsDoneBeforeTheOthersOfItsKind() {
        Program program = new Program(4, 1000);
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", RUNNING, 500, SIGNAL, 500);
        program.thread("w-2", RUNNING, 250);
        // The last of its work is found where nearly all of it is done.
        Losses losses = program.run().losses();
        assertThat(losses.of(LossClass.IMBALANCE)).isEqualTo(1.25, within(0.04));
        assertThat(losses.work()).isEqualTo(1.75, EXACT);
        assertAddsUp(losses);
    }

    @Test
    void othersOfAnotherKindAreNotWaitedFor() {
        Program program = new Program(2, 1000);
        program.thread("writer", RUNNING, 1000);
        program.thread("reader", RUNNING, 500);
        assertLost(program, 1.5, LossClass.SERIAL, 0.5);
    }

    @Test
    void nothingToDoBesideOthers() {
        Program program = new Program(4, 1000);
        program.thread("MainThread", RUNNING, 500, SIGNAL, 500);
        program.thread("w-0", SIGNAL, 500, RUNNING, 500);
        program.thread("w-1", SIGNAL, 500, RUNNING, 500);
        assertLost(program, 1.5, LossClass.SERIAL, 0.5);
    }

    @Test
    void nobodyHasAnythingToDo() {
        Program program = new Program(4, 1000);
        program.thread("w-0", RUNNING, 500, IDLE, 500);
        program.thread("w-1", RUNNING, 500, IDLE, 500);
        assertLost(program, 1, LossClass.IDLE, 1.0);
    }

    @Test
    void whatWasNotSeenIsUnexplained() {
        MemoryRecording recording = new MemoryRecording(1_000).cores(2);
        int gap = 100;
        for (int tick = 0; tick < 900; tick++) {
            recording.tick(Program.at(tick < 400 ? tick : tick + gap));
        }
        int one = recording.thread("w-0");
        int two = recording.thread("w-1");
        recording.run(one, 0, 900, RUNNING, 0, -1);
        recording.run(two, 0, 800, RUNNING, 0, -1).run(two, 800, 50, UNKNOWN, 0, -1);
        // A tick speaks for two periods at most: 99 ms were not seen of either core.
        recording.run(two, 850, 50, RUNNING, 0, -1);
        assertLost(Program.run(recording, "x").losses(), 1.752, LossClass.UNEXPLAINED, 0.198 + 0.05);
    }

    /** Two threads that change places while they are looked at are no third core. */
    @Test
    void noMoreWorksThanThereAreCores() {
        Program program = new Program(2, 1000);
        for (int i = 0; i < 3; i++) {
            program.thread("w-" + i, RUNNING, 1000);
        }
        assertLost(program, 2);
    }

    /** Five threads at once for half a percent of the time are five, but do not make five cores of the rest. */
    @Test
    void aMomentDoesNotMakeACore() {
        Program program = new Program(8, 1000);
        program.thread("w-0", RUNNING, 1000);
        for (int i = 1; i < 5; i++) {
            program.thread("other-" + i, RUNNING, 5);
        }
        Run run = program.run();
        assertThat(run.wanted()).isEqualTo(1);
        assertLost(run.losses(), 1.02, LossClass.SERIAL, -0.02);
    }

    @Test
    void moreCoresHaveNothingToDo() {
        Program program = new Program(8, 1000);
        program.thread("w-0", RUNNING, 1000);
        assertLost(program.run().losses().on(3), 1, LossClass.SERIAL, 2.0);
    }

    @Test
    void anEmptyRecordingLosesNothing() {
        Run run = Program.run(new MemoryRecording(1_000), "empty");
        assertThat(run.wall()).isZero();
        assertLost(run.losses(), 0);
    }

    /** Counted from the rows, tick by tick. */
    @ParameterizedTest
    @CsvSource({"1, 3, 2", "2, 5, 4", "3, 8, 4", "4, 2, 16", "5, 12, 1"})
    void anyProgramAddsUp(long seed, int threads, int cores) {
        RandomProgram program = new RandomProgram(seed, threads);
        for (int i = 0; i < 4; i++) {
            program.grow(500);
            program.recording.cut();
        }
        program.recording.cores(cores);
        Run run = Program.run(program.recording, "random");
        assertAddsUp(run.losses());
        assertThat(run.losses().cores()).isEqualTo(Math.min(cores, run.wanted()));
        double[] plain = plain(program.recording, run.losses().cores(), cores);
        assertThat(run.losses().work()).isEqualTo(plain[0], NEARLY);
        assertThat(run.losses().of(LossClass.GIL)).isEqualTo(plain[1], NEARLY);
        assertThat(run.losses().of(LossClass.LOCK)).isEqualTo(plain[2], NEARLY);
        assertThat(run.losses().of(LossClass.UNEXPLAINED)).isEqualTo(plain[3], NEARLY);
        for (LossClass kind : LossClass.values()) {
            assertThat(run.losses().of(kind)).as(kind.label()).isGreaterThanOrEqualTo(kind == LossClass.SERIAL ? -0.05 : -1e-9);
        }
    }

    /** Work, and what is lost to the GIL, to locks, and for not having been seen. */
    private static double[] plain(Recording recording, int cores, int machine) {
        int[][] count = new int[recording.tickCount()][ThreadState.COUNT];
        for (SampleChunk chunk : recording.chunks()) {
            for (ThreadInfo thread : recording.threads()) {
                for (int row = chunk.firstRow(thread.number()); row < chunk.endRow(thread.number()); row++) {
                    for (int tick = chunk.tick(row); tick < chunk.tick(row) + chunk.count(row); tick++) {
                        count[tick][chunk.state(row)]++;
                    }
                }
            }
        }
        double[] sums = new double[4];
        double seen = 0;
        for (int tick = 0; tick < count.length; tick++) {
            int[] at = count[tick];
            if (Arrays.stream(at).sum() == 0) {
                continue;
            }
            double s = (recording.tickEnd(tick) - recording.tickTime(tick)) / 1e9;
            int busy = at[RUNNING.code()] + at[NATIVE.code()];
            int contend = at[GIL.code()] + at[LOCK.code()] + at[PAUSED.code()] + at[RUNNABLE.code()];
            int free = Math.max(0, cores - busy);
            double each = contend == 0 ? 0 : Math.min(1.0, (double) free / contend);
            int rest = Math.max(0, free - contend);
            seen += s;
            sums[0] += Math.min(busy, machine) * s;
            sums[1] += at[GIL.code()] * each * s;
            sums[2] += at[LOCK.code()] * each * s;
            sums[3] += Math.min(Math.max(0, rest - at[IO.code()]), at[UNKNOWN.code()]) * s;
        }
        double wall = (recording.tickEnd(count.length - 1) - recording.tickTime(0)) / 1e9;
        sums[3] += cores * (wall - seen);
        return sums;
    }
}

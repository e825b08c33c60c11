package io.threadlens.comparison;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.analysis.Finding;
import io.threadlens.analysis.ReportJson;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import java.util.Random;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionTest {
    private static final Offset<Double> EXACT = within(1e-6);
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private Prediction predict(MemoryRecording recording) throws Exception {
        try (Recording viewed = Saved.view(recording, folder.resolve("app.threadlens"), 50)) {
            return requireNonNull(Prediction.of(viewed));
        }
    }

    private static MemoryRecording recording(int ticks, int cores) {
        return new MemoryRecording(1_000).ticks(ticks).cores(cores).gil();
    }

    /** Threads take turns with the GIL, 5 ms each. */
    private static void takeTurns(MemoryRecording recording, int firstThread, int threads, int from, int to) {
        for (int tick = from; tick < to; tick += 5) {
            for (int i = 0; i < threads; i++) {
                boolean has = (tick - from) / 5 % threads == i;
                recording.run(firstThread + i, tick, 5, has ? ThreadState.RUNNING : ThreadState.GIL, has ? 0 : -1, -1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 8, 4", "4, 2, 2", "8, 8, 8", "2, 1, 1", "1, 8, 1"})
    void pureCompute(int threads, int cores, double speedUp) throws Exception {
        MemoryRecording recording = recording(400, cores);
        for (int i = 0; i < threads; i++) {
            recording.thread("worker-" + i);
        }
        takeTurns(recording, 0, threads, 0, 400);
        Prediction prediction = predict(recording);
        assertThat(prediction.atMost()).isCloseTo(speedUp, EXACT);
        assertThat(prediction.wallNs()).isEqualTo(400 * MS);
        assertThat(prediction.predictedNs()).isEqualTo(Math.round(400 * MS / speedUp));
        assertThat(prediction.queuedNs()).isEqualTo((threads - 1) * 400 * MS);
        assertThat(prediction.serialNs()).isEqualTo(Math.round((cores - speedUp) * 400 * MS / speedUp));
        assertThat(prediction.lockNs()).isZero();
        assertThat(prediction.waitingNs()).isZero();
        assertThat(prediction.assumptions()).hasSize(5).anyMatch(words -> words.contains(cores == 1 ? "1 core to" : cores + " cores to"));
    }

    @Test
    void isToldAsAFinding() throws Exception {
        MemoryRecording recording = recording(400, 4);
        recording.thread("worker-0");
        recording.thread("worker-1");
        takeTurns(recording, 0, 2, 0, 400);
        try (Recording viewed = Saved.view(recording, folder.resolve("two.threadlens"), 50)) {
            Finding finding = Objects.requireNonNull(PredictionFinding.of(viewed));
            assertThat(finding.title()).isEqualTo("Without the GIL the program would be 2.00 times as fast on 4 cores, at most");
            assertThat(finding.evidence())
                    .isEqualTo("It would take 200 ms instead of 400 ms. Threads queued for the GIL for 400 ms, all of them together. "
                            + "Its cores would be idle for 400 ms as fewer threads have something to compute, core-seconds together.");
            assertThat(finding.advice()).startsWith("This holds if: Each thread is as fast");
            ObjectNode report = ReportJson.document();
            PredictionJson.put(report, Prediction.of(viewed));
            assertThat(report.at("/predicted/speedupAtMost").asDouble()).isCloseTo(2, EXACT);
            assertThat(report.at("/predicted/gilSeconds").asDouble()).isCloseTo(0.4, EXACT);
            assertThat(report.at("/predicted/serialSeconds").asDouble()).isCloseTo(0.4, EXACT);
        }
    }

    @Test
    void withASerialShareItIsAmdahls() throws Exception {
        MemoryRecording recording = recording(500, 4);
        int main = recording.thread("MainThread");
        for (int i = 0; i < 4; i++) {
            recording.thread("worker-" + i);
        }
        recording.run(main, 0, 100, ThreadState.RUNNING, 0, -1).run(main, 100, 400, ThreadState.SIGNAL, -1, -1);
        takeTurns(recording, main + 1, 4, 100, 500);
        Prediction prediction = predict(recording);
        assertThat(prediction.atMost()).isCloseTo(1 / (0.2 + 0.8 / 4), EXACT);
        assertThat(prediction.serialNs()).as("three cores beside the one").isEqualTo(300 * MS);
    }

    /** Each computes for less than a turn of the GIL, so that they come one after another, and then all wait for each other. */
    @ParameterizedTest
    @CsvSource({"4, 8, 4", "4, 2, 2", "8, 8, 8", "3, 4, 3"})
    void shortTasksInRounds(int threads, int cores, double speedUp) throws Exception {
        int round = 2 * threads;
        MemoryRecording recording = recording(50 * round, cores);
        for (int i = 0; i < threads; i++) {
            int thread = recording.thread("worker-" + i);
            for (int from = 0; from < 50 * round; from += round) {
                int turn = from + 2 * i;
                if (i > 0) {
                    recording.run(thread, from, turn - from, ThreadState.GIL, -1, -1);
                }
                recording.run(thread, turn, 2, ThreadState.RUNNING, 0, -1);
                if (turn + 2 < from + round) {
                    recording.run(thread, turn + 2, from + round - turn - 2, ThreadState.SIGNAL, -1, -1);
                }
            }
        }
        Prediction prediction = predict(recording);
        assertThat(prediction.atMost()).isCloseTo(speedUp, EXACT);
        assertThat(prediction.serialNs()).isEqualTo(Math.round(cores * prediction.predictedNs() - 50.0 * round * MS));
    }

    /** 20 ms in which one prepares, and 80 ms of four that take turns, over and over: the turns give the serial part no more room than it has. */
    @Test
    void serialPartsInRounds() throws Exception {
        MemoryRecording recording = recording(1_000, 4);
        int main = recording.thread("MainThread");
        for (int i = 0; i < 4; i++) {
            recording.thread("worker-" + i);
        }
        for (int from = 0; from < 1_000; from += 100) {
            recording.run(main, from, 20, ThreadState.RUNNING, 0, -1).run(main, from + 20, 80, ThreadState.SIGNAL, -1, -1);
            takeTurns(recording, main + 1, 4, from + 20, from + 100);
        }
        assertThat(predict(recording).atMost()).isCloseTo(2.5, EXACT);
    }

    @Test
    void aLockThatIsHeldAllTheTime() throws Exception {
        MemoryRecording recording = recording(100, 4);
        for (int i = 0; i < 3; i++) {
            int thread = recording.thread("worker-" + i);
            recording.run(thread, 0, 100, i == 0 ? ThreadState.RUNNING : ThreadState.LOCK, -1, -1);
        }
        Prediction prediction = predict(recording);
        assertThat(prediction.atMost()).isEqualTo(1);
        assertThat(prediction.lockNs()).isEqualTo(200 * MS);
        assertThat(prediction.serialNs()).isEqualTo(100 * MS);
    }

    @Test
    void nativeCodeSideBySideHasItAlready() throws Exception {
        MemoryRecording recording = recording(100, 2);
        recording.run(recording.thread("a"), 0, 100, ThreadState.NATIVE, 0, -1);
        recording.run(recording.thread("b"), 0, 100, ThreadState.RUNNING, 1, -1);
        recording.run(recording.thread("c"), 0, 100, ThreadState.GIL, -1, -1);
        assertThat(predict(recording).atMost()).isEqualTo(1);
    }

    @Test
    void sleepAndReadingStayAsLong() throws Exception {
        MemoryRecording recording = recording(300, 2);
        int a = recording.thread("a");
        int b = recording.thread("b");
        takeTurns(recording, a, 2, 0, 100);
        recording.run(a, 100, 100, ThreadState.IDLE, -1, -1).run(b, 100, 100, ThreadState.IO, -1, -1);
        Prediction prediction = predict(recording);
        assertThat(prediction.predictedNs()).as("half of the first 100 ms, and what was slept or not seen").isEqualTo(250 * MS);
        assertThat(prediction.waitingNs()).isEqualTo(400 * MS);
    }

    /** One had the GIL all the time that the other waited for it, which then did its part alone. */
    @Test
    void theBusiestThreadHasToDoItsOwn() throws Exception {
        MemoryRecording recording = recording(40, 4);
        int a = recording.thread("a");
        int b = recording.thread("b");
        recording.run(a, 0, 30, ThreadState.RUNNING, 0, -1);
        recording.run(b, 0, 30, ThreadState.GIL, -1, -1).run(b, 30, 10, ThreadState.RUNNING, 0, -1);
        Prediction prediction = predict(recording);
        assertThat(prediction.predictedNs()).isEqualTo(30 * MS);
        assertThat(prediction.serialNs()).isEqualTo(4 * 30 * MS - 40 * MS);
    }

    /** While the GIL goes from hand to hand nobody may be on a core. */
    @Test
    void oneGetsOnAtLeast() throws Exception {
        MemoryRecording recording = recording(100, 4);
        recording.run(recording.thread("a"), 0, 100, ThreadState.RUNNABLE, -1, -1);
        recording.run(recording.thread("b"), 0, 100, ThreadState.GIL, -1, -1);
        assertThat(predict(recording).atMost()).isCloseTo(2, EXACT);
    }

    @Test
    void whereThereIsNothingToPredict() throws Exception {
        MemoryRecording free = new MemoryRecording(1_000).ticks(10).cores(4);
        free.run(free.thread("a"), 0, 10, ThreadState.RUNNING, 0, -1);
        try (Recording viewed = Saved.view(free, folder.resolve("free.threadlens"), 50)) {
            assertThat(Prediction.of(viewed)).isNull();
            assertThat(Prediction.refusal(viewed)).isEqualTo("The program was recorded without the GIL.");
        }
        try (Recording viewed = Saved.view(recording(10, 4), folder.resolve("nothing.threadlens"), 50)) {
            assertThat(Prediction.of(viewed)).isNull();
            assertThat(Prediction.refusal(viewed)).isEqualTo("Nothing was recorded.");
        }
        free.event(MemoryRecording.START_NS, "gil", 1, "old_module");
        assertThat(Prediction.refusal(free)).as("its chunks have no summaries").isEqualTo("The recording is not counted yet.");
        try (Recording viewed = Saved.view(free, folder.resolve("turned-on.threadlens"), 50)) {
            assertThat(Prediction.refusal(viewed)).as("a module turned it on").isNull();
        }
    }

    /** Any program in many chunks, with ticks that were missed: counted tick by tick it is the same, and each core is accounted for. */
    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false", "4, false"})
    void itIsTheSumOfItsTicks(long seed, boolean queues) throws Exception {
        Random random = new Random(seed);
        MemoryRecording recording = new MemoryRecording(1_000).cores(3).gil();
        long time = MemoryRecording.START_NS;
        for (int i = 0; i < 600; i++) {
            time += random.nextInt(30) == 0 ? 9 * MS : MS;
            recording.tick(time);
        }
        for (int thread = 0; thread < 6; thread++) {
            recording.thread("t" + thread);
        }
        for (int from = 0; from < 600; from += 200) {
            for (int thread = 0; thread < 6; thread++) {
                for (int tick = from; tick < from + 200; ) {
                    int count = Math.min(from + 200 - tick, 1 + random.nextInt(20));
                    if (random.nextInt(5) > 0) {
                        ThreadState state = ThreadState.of(random.nextInt(ThreadState.COUNT));
                        boolean inQueue = state == ThreadState.GIL || state == ThreadState.RUNNABLE;
                        recording.run(thread, tick, count, inQueue && !queues ? ThreadState.IDLE : state, -1, -1);
                    }
                    tick += count;
                }
            }
            recording.cut();
        }
        double predicted = 0;
        double worked = 0;
        double seen = 0;
        for (int tick = 0; tick < 600; tick++) {
            int[] states = states(recording, tick);
            int onCore = states[ThreadState.RUNNING.code()] + states[ThreadState.NATIVE.code()];
            int then = Math.min(3, onCore + states[ThreadState.GIL.code()] + states[ThreadState.RUNNABLE.code()]);
            double ns = recording.tickEnd(tick) - recording.tickTime(tick);
            double work = then == 0 ? 0 : ns * Math.min(then, Math.max(1, onCore));
            seen += ns;
            worked += work;
            predicted += then == 0 ? ns : work / then;
        }
        Prediction prediction = predict(recording);
        assertThat(prediction.wallNs()).isEqualTo(recording.tickEnd(599) - recording.tickTime(0));
        double scale = prediction.wallNs() / seen;
        assertThat(scale).as("some ticks were missed").isGreaterThan(1.1);
        double parts = prediction.lockNs() + prediction.serialNs() + prediction.waitingNs();
        assertThat(worked * scale + parts).isCloseTo(3.0 * prediction.predictedNs(), within(9.0));
        if (queues) {
            assertThat((double) prediction.predictedNs()).as("who queued had something done before").isBetween(worked * scale / 3, predicted * scale);
        } else {
            assertThat((double) prediction.predictedNs()).isCloseTo(predicted * scale, within(1.0));
        }
        assertThat(prediction.lockNs()).isPositive();
        assertThat(prediction.serialNs()).isPositive();
    }

    private static int[] states(MemoryRecording recording, int tick) {
        int[] states = new int[ThreadState.COUNT];
        for (SampleChunk chunk : recording.chunks()) {
            for (int row = 0; row < chunk.rows(); row++) {
                states[chunk.state(row)] += chunk.tick(row) <= tick && tick < chunk.tick(row) + chunk.count(row) ? 1 : 0;
            }
        }
        return states;
    }
}

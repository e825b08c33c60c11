package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.StateTimes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseMatchTest {
    private static final long START = MemoryRecording.START_NS;
    private static final long MS = 1_000_000;
    private static final String APP = "/srv/app/app.py";

    @Test
    void whatTheMainThreadBeginsInBothBelongsTogether() {
        PhaseMatch match = match(program(new int[] {300, 500, 200}, 10, 20, 30), program(new int[] {600, 100, 300}, 10, 20, 30));
        assertThat(match.phases()).isEqualTo(2);
        assertThat(match.isStretched()).isFalse();
        assertThat(match.words()).isEqualTo("2 beginnings of phases of the main thread match; between them time is stretched");
        assertThat(match.map().points()).containsExactly(
                point(0, 0), point(300, 600), point(800, 700), point(1_000, 1_000));
        assertThat(match.map().toB(START + 550 * MS)).isEqualTo(START + 650 * MS);
    }

    @Test
    void whatOnlyOneHasIsPassedOver() {
        PhaseMatch match = match(program(new int[] {300, 100, 400, 200}, 10, 15, 20, 30), program(new int[] {200, 400, 100}, 10, 20, 30));
        assertThat(match.map().points()).containsExactly(
                point(0, 0), point(400, 200), point(800, 600), point(1_000, 700));
    }

    @Test
    void aLoopIsMatchedRoundByRound() {
        int[] lines = {10, 20, 10, 20, 10, 20};
        PhaseMatch match = match(program(new int[] {100, 50, 100, 50, 100, 50}, lines), program(new int[] {100, 200, 100, 200, 100, 200}, lines));
        assertThat(match.map().points()).containsExactly(
                point(0, 0), point(100, 100), point(150, 300), point(250, 400), point(300, 600), point(400, 700), point(450, 900));
    }

    @Test
    void linesCountFromTheirFunctionOn() {
        MemoryRecording moved = new MemoryRecording(1_000).ticks(1_000);
        int main = moved.thread("MainThread");
        int module = moved.stack(-1, new Frame("<module>", "/other/checkout/app.py", 1, 88));
        for (int[] phase : new int[][] {{0, 400, 110}, {400, 600, 120}}) {
            moved.run(main, phase[0], phase[1], ThreadState.RUNNING, 0, moved.stack(module, new Frame("main", "/other/checkout/app.py", 105, phase[2])));
        }
        PhaseMatch match = match(program(new int[] {300, 700}, 10, 20), moved);
        assertThat(match.map().points()).containsExactly(point(0, 0), point(300, 400), point(1_000, 1_000));
    }

    @Test
    void glimpsesAreNoPhases() {
        MemoryRecording flickering = new MemoryRecording(1_000).ticks(4_000);
        int main = flickering.thread("MainThread");
        int module = flickering.stack(-1, "<module>", APP, 1);
        int one = flickering.stack(module, "one", APP, 5);
        int two = flickering.stack(module, "two", APP, 9);
        for (int tick = 0; tick < 4_000; tick += 8) {
            flickering.run(main, tick, 4, ThreadState.RUNNING, 0, one).run(main, tick + 4, 4, ThreadState.RUNNING, 0, two);
        }
        PhaseMatch match = match(flickering, flickering);
        assertThat(match.isStretched()).isTrue();
    }

    @Test
    void threadsOfARoleAreMatchedFromTheFirstOnAndFromTheLastBack() {
        // Four workers here, two there; the second start there comes after what is the end of the second to last here.
        MemoryRecording a = workers(1_000, new int[][] {{100, 300}, {150, 400}, {500, 700}, {550, 800}});
        MemoryRecording b = workers(600, new int[][] {{100, 200}, {300, 500}});
        PhaseMatch match = match(a, b);
        assertThat(match.threads()).isEqualTo(3);
        assertThat(match.words()).startsWith("3 starts and ends of threads match");
        assertThat(match.map().toB(START + 100 * MS)).as("the first starts").isEqualTo(START + 100 * MS);
        assertThat(match.map().toB(START + 800 * MS)).as("the last ends").isEqualTo(START + 500 * MS);
    }

    @Test
    void marksWithTheSameTextBelongTogetherAndSayMoreThanPhases() {
        MemoryRecording a = program(new int[] {300, 700}, 10, 20);
        MemoryRecording b = program(new int[] {300, 700}, 10, 20);
        a.mark(START + 200 * MS, "begin");
        b.mark(START + 600 * MS, "begin");
        b.mark(START + 100 * MS, "nothing like it");
        PhaseMatch match = match(a, b);
        assertThat(match.marks()).isEqualTo(1);
        assertThat(match.words()).isEqualTo("1 mark matches; between them time is stretched");
        assertThat(match.map().points()).containsExactly(point(0, 0), point(200, 600), point(1_000, 1_000));
    }

    @Test
    void otherProgramsAreStretched() {
        PhaseMatch match = match(program(new int[] {300, 700}, 10, 20), program(new int[] {500, 1_500}, 11, 21));
        assertThat(match.isStretched()).isTrue();
        assertThat(match.words()).isEqualTo("only beginning and end match: stretched");
        assertThat(match.map().points()).containsExactly(point(0, 0), point(1_000, 2_000));
    }

    @Test
    void whatIsEmptyHasABeginningAndAnEnd() {
        PhaseMatch match = match(new MemoryRecording(1_000), program(new int[] {500, 500}, 10, 20));
        assertThat(match.isStretched()).isTrue();
        assertThat(match.map().points()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyTwoRunsOfAProgramMatchWithinAPeriodWhereTheyBegin(long seed) {
        Random random = new Random(seed);
        int[] lines = new int[12];
        for (int i = 1; i < lines.length; i++) {
            lines[i] = (lines[i - 1] + 10 * (1 + random.nextInt(8))) % 90;
        }
        int[] lengthsA = random.ints(lines.length, 30, 400).toArray();
        int[] lengthsB = random.ints(lines.length, 30, 400).toArray();
        PhaseMatch match = match(program(lengthsA, lines), program(lengthsB, lines));
        long inA = 0;
        long inB = 0;
        for (int i = 0; i < lines.length; i++) {
            assertThat(match.map().toB(START + inA * MS)).as("phase %d", i).isCloseTo(START + inB * MS, within(MS));
            inA += lengthsA[i];
            inB += lengthsB[i];
        }
        assertThat(match.map().toB(START + inA * MS)).isEqualTo(START + inB * MS);
    }

    private static PhaseMatch match(MemoryRecording a, MemoryRecording b) {
        return PhaseMatch.of(StateTimes.of(a), StateTimes.of(b));
    }

    private static TimeMap.Point point(int a, int b) {
        return new TimeMap.Point(START + a * MS, START + b * MS);
    }

    /** A main thread that is at each line of {@code main} for so many ticks. */
    private static MemoryRecording program(int[] lengths, int... lines) {
        MemoryRecording recording = new MemoryRecording(1_000);
        int main = recording.thread("MainThread");
        int module = recording.stack(-1, new Frame("<module>", APP, 1, 88));
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            recording.ticks(lengths[i]);
            int line = recording.stack(module, new Frame("main", APP, 5, lines[i]));
            int inner = recording.stack(line, "work", "/srv/app/work.py", 3);
            recording.run(main, at, lengths[i] / 2, ThreadState.RUNNING, 0, line);
            recording.run(main, at + lengths[i] / 2, lengths[i] - lengths[i] / 2, ThreadState.IO, 0, inner).cut();
            at += lengths[i];
        }
        return recording;
    }

    /** Workers that live from one ms to another; the last one's end is of all. */
    private static MemoryRecording workers(int ticks, int[][] lives) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(ticks);
        int run = recording.stack(-1, "Worker.run", APP, 40);
        int main = recording.thread("MainThread");
        recording.run(main, 0, ticks, ThreadState.SIGNAL, 0, recording.stack(-1, "<module>", APP, 88));
        for (int[] life : lives) {
            int thread = recording.thread("worker");
            recording.thread(new ThreadInfo(thread, 2_000 + thread, 1, "worker", START + life[0] * MS, START + life[1] * MS));
            recording.run(thread, life[0], life[1] - life[0], ThreadState.RUNNING, 0, run);
        }
        return recording;
    }
}

package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.recording.MemoryRecording;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DecompositionTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** Threads that take turns with the GIL for a time. */
    private static Program gil(int cores, int threads, int ticks) {
        Program program = new Program(cores, ticks);
        int turn = ticks / threads;
        for (int i = 0; i < threads; i++) {
            program.thread("w-" + i, GIL, i * turn, RUNNING, turn, GIL, ticks - (i + 1) * turn);
        }
        return program;
    }

    private static Program parallel(int cores, int threads, int ticks) {
        Program program = new Program(cores, ticks);
        for (int i = 0; i < threads; i++) {
            program.thread("w-" + i, RUNNING, ticks);
        }
        return program;
    }

    private static void assertAddsUp(Decomposition decomposition) {
        double a = decomposition.parts().stream().mapToDouble(Decomposition.Part::a).sum();
        double b = decomposition.parts().stream().mapToDouble(Decomposition.Part::b).sum();
        assertThat(decomposition.work() + a).isEqualTo(decomposition.coresA() * decomposition.wallA(), EXACT);
        assertThat(decomposition.work() + b).isEqualTo(decomposition.cores() * decomposition.wallB(), EXACT);
        assertThat(decomposition.idealWall() + b / decomposition.cores()).as("the waterfall ends at b").isEqualTo(decomposition.wallB(), EXACT);
    }

    @Test
    void whatTheGilTookIsTheSpeedUp() {
        Decomposition parts = Decomposition.of(gil(4, 4, 2000).side(), parallel(4, 4, 500).side(), null);
        assertThat(parts.cores()).isEqualTo(4);
        assertThat(parts.speedup()).isEqualTo(4, EXACT);
        assertThat(parts.idealSpeedup()).isEqualTo(4, EXACT);
        assertThat(parts.part(LossClass.GIL).a()).isEqualTo(6, EXACT);
        assertThat(parts.part(LossClass.GIL).b()).isZero();
        assertThat(parts.part(LossClass.SLOWER_CODE).b()).isZero();
        assertAddsUp(parts);
    }

    /** What the same work takes more of on a core, and no fight over counts explains. */
    @Test
    void slowerCode() {
        Decomposition parts = Decomposition.of(gil(2, 2, 1000).side(), parallel(2, 2, 600).side(), null);
        assertThat(parts.work()).isEqualTo(1, EXACT);
        assertThat(parts.part(LossClass.SLOWER_CODE).b()).isEqualTo(0.2, EXACT);
        assertAddsUp(parts);
    }

    /** With the third configuration it is known what the build costs, and the rest is not called so. */
    @Test
    void slowerCodeIsMeasuredWhereItCanBe() {
        Decomposition parts = Decomposition.of(gil(2, 2, 1000).side(), parallel(2, 2, 600).side(), gil(2, 2, 1100).side());
        assertThat(parts.part(LossClass.SLOWER_CODE).b()).isEqualTo(0.1, EXACT);
        assertThat(parts.part(LossClass.UNEXPLAINED).b()).isEqualTo(0.1, EXACT);
        assertAddsUp(parts);
    }

    /** What needs even less time on a core than with the GIL on is not slower code, and nothing is left to be explained. */
    @Test
    void nothingThatIsNotThereIsUnexplained() {
        Decomposition parts = Decomposition.of(gil(2, 2, 1000).side(), parallel(2, 2, 400).side(), gil(2, 2, 1100).side());
        assertThat(parts.part(LossClass.SLOWER_CODE).b()).isEqualTo(-0.2, EXACT);
        assertThat(parts.part(LossClass.UNEXPLAINED).b()).isZero();
        assertAddsUp(parts);
    }

    /** Counts of one object, changed by two threads: no more of the extra time is put on it than there is. */
    @Test
    void referenceCountsExplainNoMoreThanThereIs() {
        Side all = fought(40).side();
        assertThat(all.first().refcounts()).as("two that do nothing else change it at four looks of ten").isEqualTo(1.4, within(1e-6));
        Decomposition much = Decomposition.of(gil(2, 2, 1000).side(), all, null);
        assertThat(much.part(LossClass.REFCOUNT).b()).isEqualTo(0.4, EXACT);
        assertThat(much.part(LossClass.SLOWER_CODE).b()).isZero();
        assertAddsUp(much);
        Side half = fought(20).side();
        assertThat(half.first().refcounts()).isEqualTo(0.7, within(1e-6));
        Decomposition little = Decomposition.of(gil(2, 2, 400).side(), half, null);
        assertThat(little.part(LossClass.REFCOUNT).b()).isEqualTo(0.7, within(1e-6));
        assertThat(little.part(LossClass.SLOWER_CODE).b()).isEqualTo(0.3, within(1e-6));
        assertAddsUp(little);
    }

    /** @param changed of 100 looks, so many found a change */
    private static Program fought(int changed) {
        Program b = parallel(2, 2, 700);
        int stack = b.stack(-1, "work", "/app/app.py", 10);
        for (int second = 0; second < 2; second++) {
            for (int thread = 0; thread < 2; thread++) {
                b.recording.refcounts(Program.at(100 + 300 * second + thread), thread, stack, 0xABC, "dict", 100, changed);
            }
        }
        return b;
    }

    /** One that runs alone in a could have been joined by those that b has. */
    @Test
    void bothSidesAreMeasuredByTheSameCores() {
        Decomposition parts = Decomposition.of(parallel(8, 1, 1000).side(), parallel(8, 4, 250).side(), null);
        assertThat(parts.coresA()).isEqualTo(4);
        assertThat(parts.part(LossClass.SERIAL).a()).isEqualTo(3, EXACT);
        assertThat(parts.speedup()).isEqualTo(4, EXACT);
        assertAddsUp(parts);
    }

    @Test
    void eachSideHasItsOwnMachine() {
        Decomposition parts = Decomposition.of(parallel(2, 2, 1000).side(), parallel(4, 4, 500).side(), null);
        assertThat(parts.coresA()).isEqualTo(2);
        assertThat(parts.cores()).isEqualTo(4);
        assertAddsUp(parts);
    }

    @Test
    void runsAreAveraged() {
        Side a = Program.side(gil(2, 2, 1000), gil(2, 2, 1400));
        Side b = Program.side(parallel(2, 2, 500), parallel(2, 2, 600), parallel(2, 2, 700));
        Decomposition parts = Decomposition.of(a, b, null);
        assertThat(parts.wallA()).isEqualTo(1.2, EXACT);
        assertThat(parts.wallB()).isEqualTo(0.6, EXACT);
        assertThat(parts.work()).isEqualTo(1.2, EXACT);
        assertThat(IntStream.range(0, LossClass.values().length).allMatch(i -> parts.parts().get(i).kind().ordinal() == i)).isTrue();
        assertAddsUp(parts);
    }

    @Test
    void anEmptyRecordingCanBeCompared() {
        Side nothing = new Side(java.util.List.of(Program.run(new MemoryRecording(1_000), "nothing")));
        assertAddsUp(Decomposition.of(nothing, nothing, null));
        assertAddsUp(Decomposition.of(parallel(2, 2, 100).side(), nothing, null));
    }
}

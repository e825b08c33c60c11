package io.threadlens.view.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.Decomposition;
import io.threadlens.comparison.LossClass;
import io.threadlens.view.compare.Waterfall.Kind;
import io.threadlens.view.compare.Waterfall.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaterfallTest {
    @TempDir
    Path folder;

    @Test
    void ofRecordingsItLeadsFromTheIdealToWhatWasReached() throws IOException {
        Waterfall waterfall = Waterfall.of(KnownPair.of(folder).decomposition());
        assertThat(waterfall.cores()).isEqualTo(2);
        assertThat(names(waterfall)).startsWith("A", "ideal").contains("lock").endsWith("B");
        assertThat(step(waterfall, "A").seconds()).isCloseTo(2, within(0.01));
        assertThat(step(waterfall, "ideal").seconds()).isCloseTo(1, within(0.01));
        assertThat(step(waterfall, "lock").seconds()).isCloseTo(0.2, within(0.01));
        assertThat(step(waterfall, "B").seconds()).isCloseTo(1.4, within(0.01));
        assertThat(waterfall.speedup(step(waterfall, "B"))).isCloseTo(2 / 1.4, within(0.02));
        assertThat(waterfall.speedup(step(waterfall, "lock"))).as("without it").isCloseTo(2 / 1.2, within(0.02));
        assertConnected(waterfall);
    }

    @Test
    void theGreatestLossComesFirstAndGainsComeLast() {
        Waterfall waterfall = Waterfall.of(decomposition(2, 2, 2, Map.of(LossClass.SLOWER_CODE, -0.4, LossClass.GIL, 0.2, LossClass.SERIAL, 1.0)));
        assertThat(names(waterfall)).containsExactly("A", "ideal", "serial", "gil", "slower-code", "B");
        assertThat(step(waterfall, "slower-code").seconds()).isCloseTo(-0.2, within(1e-9));
        assertThat(step(waterfall, "slower-code").to()).isLessThan(step(waterfall, "slower-code").from());
        assertConnected(waterfall);
    }

    @Test
    void whatIsNegligibleTogetherIsOneStepAndSaidOf() {
        Waterfall waterfall = Waterfall.of(
                decomposition(2, 2, 2, Map.of(LossClass.LOCK, 1.0, LossClass.IO, 0.004, LossClass.IDLE, -0.003, LossClass.RUN_DELAY, 0.001)));
        assertThat(names(waterfall)).containsExactly("A", "ideal", "lock", "other", "B");
        assertThat(step(waterfall, "other").losses()).containsExactly(LossClass.RUN_DELAY, LossClass.IO, LossClass.IDLE);
        assertThat(step(waterfall, "other").words()).isEqualTo("run-delay, io, idle");
        assertThat(step(waterfall, "other").loss()).as("it is not one class").isNull();
        assertConnected(waterfall);
    }

    @Test
    void oneClassThatIsNegligibleKeepsItsName() {
        assertThat(names(Waterfall.of(decomposition(2, 2, 2, Map.of(LossClass.LOCK, 1.0, LossClass.IO, 0.004))))).containsExactly("A", "ideal", "lock", "io", "B");
    }

    @Test
    void whereNothingIsLostThereAreOnlyTheWholes() {
        Waterfall waterfall = Waterfall.of(decomposition(1, 1.5, 1.5, Map.of()));
        assertThat(names(waterfall)).containsExactly("A", "ideal", "B");
        assertThat(waterfall.speedup(step(waterfall, "B"))).isEqualTo(1);
        assertThat(waterfall.longest()).isEqualTo(1.5);
    }

    @Test
    void aSlowerBIsLongerThanA() {
        Waterfall waterfall = Waterfall.of(decomposition(1, 1, 1, Map.of(LossClass.SLOWER_CODE, 0.5)));
        assertThat(waterfall.longest()).isCloseTo(1.5, within(1e-9));
        assertThat(waterfall.speedup(step(waterfall, "B"))).isCloseTo(1 / 1.5, within(1e-9));
        assertThat(waterfall.speedup(step(waterfall, "slower-code"))).isCloseTo(1, within(1e-9));
    }

    @Test
    void everyBarSaysWhatItIsAndWhatALostToTheSame() {
        Waterfall waterfall = Waterfall.of(decomposition(2, 3, 2, Map.of(LossClass.GIL, 1.0)));
        assertThat(WaterfallWords.of(waterfall, step(waterfall, "gil")))
                .startsWith("gil: +500 ms, lost (B 1.00 s of its cores' time, A 250 ms). Without it B would be 3.00×. ")
                .endsWith(LossWords.meaning(LossClass.GIL));
        assertThat(WaterfallWords.of(waterfall, step(waterfall, "ideal"))).startsWith("ideal: 1.00 s, 3.00×.").contains("more than there are cores");
        for (LossClass kind : LossClass.values()) {
            assertThat(LossWords.meaning(kind)).endsWith(".");
        }
    }

    /** With so much lost by b, core-seconds, and a quarter of each by a. */
    private static Decomposition decomposition(int cores, double wallA, double work, Map<LossClass, Double> lost) {
        Map<LossClass, Double> all = new EnumMap<>(LossClass.class);
        all.putAll(lost);
        List<Decomposition.Part> parts = new ArrayList<>();
        double sum = 0;
        for (LossClass kind : LossClass.values()) {
            double b = all.getOrDefault(kind, 0.0);
            parts.add(new Decomposition.Part(kind, b / 4, b));
            sum += b;
        }
        return new Decomposition(cores, cores, work, wallA, (work + sum) / cores, parts);
    }

    private static List<String> names(Waterfall waterfall) {
        return waterfall.steps().stream().map(Step::name).toList();
    }

    private static Step step(Waterfall waterfall, String name) {
        return waterfall.steps().stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
    }

    /** Each step begins where the one before it ended, and the last ends at the wall time of b. */
    private static void assertConnected(Waterfall waterfall) {
        double at = step(waterfall, "ideal").to();
        for (Step step : waterfall.steps()) {
            if (step.kind() == Kind.LOSS || step.kind() == Kind.OTHER) {
                assertThat(step.from()).isEqualTo(at);
                at = step.to();
            }
        }
        assertThat(at).isCloseTo(waterfall.wallB(), within(1e-6));
    }
}

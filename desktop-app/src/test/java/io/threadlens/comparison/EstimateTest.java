package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Offset<Double> EXACT = within(1e-6);

    @Test
    void theIntervalIsStudents() {
        Estimate estimate = Estimate.of(1, 2, 3, 4, 5);
        assertThat(estimate.value()).isEqualTo(3);
        // 2.776445 of the tables of t with 4 degrees of freedom, × √2.5 / √5
        assertThat(estimate.high() - 3).isCloseTo(2.776445 * Math.sqrt(0.5), EXACT);
        assertThat(3 - estimate.low()).isCloseTo(estimate.high() - 3, EXACT);
        assertThat(estimate.runs()).isEqualTo(5);
        assertThat(estimate.variance()).isCloseTo(0.5, EXACT);
        assertThat(Estimate.of(1, 3).high()).as("12.7062 with one degree of freedom").isCloseTo(2 + 12.706205, EXACT);
    }

    @Test
    void itHasTheTruthIn95Of100Cases() {
        Random random = new Random(1);
        int within = 0;
        for (int i = 0; i < 10_000; i++) {
            Estimate estimate = Estimate.of(7 + random.nextGaussian(), 7 + random.nextGaussian(), 7 + random.nextGaussian());
            within += estimate.low() <= 7 && 7 <= estimate.high() ? 1 : 0;
        }
        assertThat(within).isBetween(9_400, 9_600);
    }

    @Test
    void oneRunHasNone() {
        assertThat(Estimate.of(4)).isEqualTo(new Estimate(4, 4, 4, 1));
        assertThat(Estimate.of(4).hasInterval()).isFalse();
        assertThat(Estimate.of(4).variance()).isZero();
        assertThat(Estimate.of(4).over(Estimate.of(1, 2, 3))).isEqualTo(new Estimate(2, 2, 2, 1));
    }

    @Test
    void runsThatAgreeHaveOneOfNoLength() {
        assertThat(Estimate.of(4, 4, 4)).isEqualTo(new Estimate(4, 4, 4, 3));
        assertThat(Estimate.of(4, 4, 4).hasInterval()).isTrue();
        assertThat(Estimate.of(4, 4, 4).over(Estimate.of(2, 2))).isEqualTo(new Estimate(2, 2, 2, 2));
        assertThat(Estimate.of(0, 0)).isEqualTo(new Estimate(0, 0, 0, 2));
    }

    @Test
    void whatIsNoFigureIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of());
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(1).over(Estimate.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(-1).over(Estimate.of(1)));
    }

    @Test
    void aRatioIsTheInverseTheOtherWayRound() {
        Estimate a = Estimate.of(9.0, 10.0, 11.0);
        Estimate b = Estimate.of(4.9, 5.0, 5.1, 5.0);
        Estimate there = a.over(b);
        Estimate back = b.over(a);
        assertThat(there.value()).isCloseTo(2, EXACT);
        assertThat(there.runs()).isEqualTo(3);
        assertThat(there.low()).isCloseTo(1 / back.high(), EXACT).isGreaterThan(1.4);
        assertThat(there.high()).isCloseTo(1 / back.low(), EXACT).isLessThan(2.8);
    }

    @Test
    void aRatiosIntervalHasTheTruthIn95Of100Cases() {
        Random random = new Random(2);
        int within = 0;
        for (int i = 0; i < 10_000; i++) {
            Estimate a = Estimate.of(runs(random, 12, 0.6, 5));
            Estimate b = Estimate.of(runs(random, 4, 0.1, 5));
            Estimate ratio = a.over(b);
            within += ratio.low() <= 3 && 3 <= ratio.high() ? 1 : 0;
        }
        assertThat(within).isBetween(9_400, 9_650);
    }

    @Test
    void inAnotherUnit() {
        assertThat(new Estimate(2, 1, 3, 4).times(10)).isEqualTo(new Estimate(20, 10, 30, 4));
        assertThat(new Estimate(2, 1, 3, 4).times(-1)).isEqualTo(new Estimate(-2, -3, -1, 4));
    }

    static double[] runs(Random random, double mean, double deviation, int runs) {
        return random.doubles(runs).map(unused -> mean + deviation * random.nextGaussian()).toArray();
    }
}

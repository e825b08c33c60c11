package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.Differences.Sides;
import io.threadlens.comparison.Differences.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTest {
    private static final Offset<Double> EXACT = within(1e-6);
    private static final Noise QUIET = new Noise(0, 10);

    private static Sides sides(double[] a, double[] b) {
        return new Sides(Estimate.of(a), Estimate.of(b));
    }

    private static List<Difference> ofWholes(List<Sides> rows) {
        return Differences.of(List.of(Table.ofWholes(rows)), QUIET).getFirst();
    }

    private static List<Difference> ofParts(List<Sides> rows, Noise noise) {
        return Differences.of(List.of(Table.ofParts(rows)), noise).getFirst();
    }

    private static Difference whole(double[] a, double[] b) {
        return ofWholes(List.of(sides(a, b))).getFirst();
    }

    /** Student's own data, and what R's {@code t.test(extra ~ group, data = sleep)} says: t = -1.8608, df = 17.776, p = 0.07939, interval -3.3654832 to 0.2054832. */
    @Test
    void itIsWelchsTest() {
        double[] a = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] b = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        Difference difference = whole(a, b);
        assertThat(difference.by()).isCloseTo(1.58, EXACT);
        assertThat(difference.low()).isCloseTo(-0.2054832, EXACT);
        assertThat(difference.high()).isCloseTo(3.3654832, EXACT);
        assertThat(difference.significant()).isFalse();
        Welch welch = Welch.of(Estimate.of(a).variance(), 10, Estimate.of(b).variance(), 10, 0);
        assertThat(welch.degreesOfFreedom()).isCloseTo(17.776, within(0.001));
        assertThat(welch.chance(1.58)).isCloseTo(0.07939, within(0.00001));
        assertThat(1.58 / welch.error()).isCloseTo(1.8608, within(0.0001));
    }

    @Test
    void holmStopsAtTheFirstThatMayBeChance() {
        assertThat(Holm.real(new double[] {0.01, 0.04, 0.03, 0.005})).containsExactly(true, false, false, true);
        assertThat(Holm.real(new double[] {0.04})).containsExactly(true);
        assertThat(Holm.real(new double[] {0.04, 0.04})).containsExactly(false, false);
        assertThat(Holm.real(new double[] {0, 1, Double.NaN})).containsExactly(true, false, false);
        assertThat(Holm.real(new double[0])).isEmpty();
    }

    @Test
    void runsThatNeverVaryDifferOrDoNot() {
        assertThat(whole(new double[] {4, 4, 4}, new double[] {4, 4, 4})).isEqualTo(new Difference(4, 4, 0, 0, false));
        assertThat(whole(new double[] {4, 4, 4}, new double[] {8, 8, 8})).isEqualTo(new Difference(4, 8, 4, 4, true));
        Difference oneVaries = whole(new double[] {4, 4, 4}, new double[] {7.9, 8, 8.1});
        assertThat(oneVaries.significant()).isTrue();
        assertThat(oneVaries.low()).as("with b's two degrees of freedom").isCloseTo(4 - 4.302653 * 0.1 / Math.sqrt(3), EXACT);
    }

    /** Nought ticks in two runs and one tick in two others is chance, though the runs of each side agree. */
    @Test
    void partsComeInPieces() {
        Sides ticks = sides(new double[] {0.0, 0.0}, new double[] {0.001, 0.001});
        assertThat(ofParts(List.of(ticks), new Noise(0, 0.01)).getFirst().significant()).isFalse();
        Sides seconds = sides(new double[] {0, 0}, new double[] {1, 1});
        assertThat(ofParts(List.of(seconds), new Noise(0, 2)).getFirst().significant()).isTrue();
    }

    @Test
    void whatIsSmallDoesNotCount() {
        double[] little = {0.010, 0.011, 0.009};
        List<Sides> family = new ArrayList<>(List.of(sides(new double[] {2, 2.1, 1.9}, new double[] {3, 3.1, 2.9})));
        for (int i = 0; i < 200; i++) {
            family.add(sides(little, little));
        }
        family.add(sides(new double[] {0.01, 0.01}, new double[] {0.09, 0.09}));
        List<Difference> differences = ofParts(family, QUIET);
        assertThat(differences.getFirst().significant()).as("though it has many small ones beside it").isTrue();
        assertThat(differences.subList(1, family.size())).noneMatch(difference -> Boolean.TRUE.equals(difference.significant()));
    }

    @Test
    void oneRunOnEitherSideIsJudgedByTheNoise() {
        Difference within = whole(new double[] {10}, new double[] {11});
        assertThat(within.low()).as("a tenth of 11 less").isCloseTo(1 - 1.1, EXACT);
        assertThat(within.high()).isCloseTo(1 + 1.1, EXACT);
        assertThat(within.significant()).isFalse();
        assertThat(whole(new double[] {10}, new double[] {11.2}).significant()).isTrue();
        assertThat(whole(new double[] {11.2}, new double[] {10}).significant()).isTrue();
        assertThat(whole(new double[] {10}, new double[] {11, 11, 11}).significant()).isFalse();
        assertThat(whole(new double[] {10}, new double[] {11.2, 11.2}).significant()).isTrue();
        assertThat(whole(new double[] {0}, new double[] {0})).isEqualTo(new Difference(0, 0, 0, 0, false));
        assertThat(whole(new double[] {-10}, new double[] {10}).significant()).isTrue();
    }

    @Test
    void whatIsNotKnownIsNotJudged() {
        List<Difference> differences = ofWholes(
                List.of(new Sides(null, Estimate.of(2)), new Sides(Estimate.of(1), null), new Sides(null, null), sides(new double[] {1}, new double[] {5})));
        assertThat(differences.get(0)).isEqualTo(new Difference(Double.NaN, 2, Double.NaN, Double.NaN, null));
        assertThat(differences.get(1)).isEqualTo(new Difference(1, Double.NaN, Double.NaN, Double.NaN, null));
        assertThat(differences.get(2).significant()).isNull();
        assertThat(differences.get(3).significant()).as("and keeps its place").isTrue();
        assertThat(ofParts(List.of(), QUIET)).isEmpty();
    }

    @Test
    void allTablesAreJudgedTogether() {
        // p = 0.021 by itself, and not beside another
        Sides near = sides(new double[] {9, 10, 11}, new double[] {12, 13, 14});
        double p = Welch.of(Estimate.of(9, 10, 11).variance(), 3, Estimate.of(12, 13, 14).variance(), 3, 0).chance(3);
        assertThat(p).isBetween(0.02, 0.03);
        Sides same = sides(new double[] {9, 10, 11}, new double[] {9, 10, 11.5});
        assertThat(ofWholes(List.of(near)).getFirst().significant()).isTrue();
        List<List<Difference>> both = Differences.of(List.of(Table.ofWholes(List.of(near)), Table.ofParts(List.of(same, same))), QUIET);
        assertThat(both.get(0)).singleElement().satisfies(difference -> assertThat(difference.significant()).isFalse());
        assertThat(both.get(1)).hasSize(2);
    }

    /** A thousand pairs of sides that do not differ, forty figures each: in at most 5 of 100 pairs one is called real. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void nothingIsCalledRealWhereNothingDiffers(int runs) {
        Random random = new Random(runs);
        int called = 0;
        for (int pair = 0; pair < 1_000; pair++) {
            List<Sides> family = new ArrayList<>();
            for (int figure = 0; figure < 40; figure++) {
                double mean = 1 + 9 * random.nextDouble();
                family.add(sides(EstimateTest.runs(random, mean, 0.08 * mean, runs), EstimateTest.runs(random, mean, 0.08 * mean, runs)));
            }
            called += ofWholes(family).stream().anyMatch(difference -> Boolean.TRUE.equals(difference.significant())) ? 1 : 0;
        }
        assertThat(called).isLessThanOrEqualTo(50);
    }

    /** Ten times as much is found though the greater varies by more than the lesser is. */
    @Test
    void whatIsFarApartIsFoundThoughItVaries() {
        List<Sides> family = new ArrayList<>(List.of(sides(new double[] {0.21, 0.18, 0.24}, new double[] {3.0, 2.2, 2.9})));
        for (int i = 0; i < 40; i++) {
            family.add(sides(new double[] {2, 3, 2.5}, new double[] {2.2, 3.1, 2.6}));
        }
        List<Difference> differences = ofParts(family, QUIET);
        assertThat(differences.getFirst().significant()).isTrue();
        assertThat(differences.subList(1, 41)).noneMatch(difference -> Boolean.TRUE.equals(difference.significant()));
    }

    @Test
    void whatDiffersIsFoundAmongMany() {
        Random random = new Random(5);
        int found = 0;
        for (int pair = 0; pair < 100; pair++) {
            List<Sides> family = new ArrayList<>();
            for (int figure = 0; figure < 40; figure++) {
                family.add(sides(EstimateTest.runs(random, 2, 0.06, 5), EstimateTest.runs(random, figure == 7 ? 2.6 : 2, 0.06, 5)));
            }
            found += Boolean.TRUE.equals(ofWholes(family).get(7).significant()) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(90);
    }
}

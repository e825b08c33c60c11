package io.threadlens.comparison;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.ScalingFit.Amdahl;
import io.threadlens.comparison.ScalingFit.Point;
import io.threadlens.comparison.ScalingFit.Universal;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingFitTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int[] THREADS = {1, 2, 4, 8, 16, 32};

    private static List<Point> points(IntToDoubleFunction throughput, int... threads) {
        return IntStream.of(threads).mapToObj(n -> new Point(n, throughput.applyAsDouble(n))).toList();
    }

    private static Amdahl amdahl(List<Point> points) {
        return requireNonNull(ScalingFit.of(points, 64).amdahl());
    }

    private static Universal universal(List<Point> points) {
        return requireNonNull(ScalingFit.of(points, 64).universal());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.05, 0.3, 1})
    void exactDataGiveTheSerialShareBack(double serial) {
        Amdahl fit = amdahl(points(n -> 1 / (serial + (1 - serial) / n), THREADS));
        assertThat(fit.serial()).isCloseTo(serial, EXACT);
        assertThat(fit.error()).isCloseTo(0, EXACT);
        Universal both = universal(points(n -> 1 / (serial + (1 - serial) / n), THREADS));
        assertThat(both.contention()).as("which is the other law without coherence").isCloseTo(serial, EXACT);
        assertThat(both.coherence()).isCloseTo(0, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.01", "0.02, 0.0005", "0.2, 0.003", "0.7, 0.1"})
    void exactDataGiveContentionAndCoherenceBack(double contention, double coherence) {
        List<Point> points = points(n -> n / (1 + contention * (n - 1) + coherence * n * (n - 1)), THREADS);
        Universal fit = universal(points);
        assertThat(fit.contention()).isCloseTo(contention, EXACT);
        assertThat(fit.coherence()).isCloseTo(coherence, EXACT);
        assertThat(fit.error()).isCloseTo(0, EXACT);
        assertThat(fit.peak()).isCloseTo(Math.sqrt((1 - contention) / coherence), within(1e-6));
        assertThat(amdahl(points).error()).as("the other law does not fit").isGreaterThan(0.01);
    }

    @Test
    void noisyDataNearly() {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            Amdahl one = amdahl(points(n -> (1 + 0.02 * random.nextGaussian()) / (0.1 + 0.9 / n), THREADS));
            assertThat(one.serial()).isCloseTo(0.1, within(0.015));
            assertThat(one.error()).isBetween(0.002, 0.05);
            Universal two = universal(points(n -> (1 + 0.02 * random.nextGaussian()) * n / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1)), THREADS));
            assertThat(two.contention()).isCloseTo(0.05, within(0.03));
            assertThat(two.coherence()).isCloseTo(0.002, within(0.001));
        }
    }

    @Test
    void whereItFlattens() {
        Amdahl half = new Amdahl(0.05, 0);
        assertThat(half.limit()).isCloseTo(20, EXACT);
        double at = half.flattensAt();
        assertThat(half.throughput(2 * at) / half.throughput(at)).isCloseTo(1.1, EXACT);
        assertThat(half.throughput(2.2 * at) / half.throughput(1.1 * at)).isLessThan(1.1);
        Universal law = new Universal(0.05, 0.002, 0);
        assertThat(law.throughput(law.peak())).isGreaterThan(law.throughput(law.peak() - 0.1)).isGreaterThan(law.throughput(law.peak() + 0.1));
    }

    @Test
    void withoutALimit() {
        Amdahl linear = amdahl(points(n -> n, THREADS));
        assertThat(linear.serial()).isZero();
        assertThat(linear.limit()).isInfinite();
        assertThat(linear.flattensAt()).isInfinite();
        assertThat(universal(points(n -> n, THREADS)).peak()).isInfinite();
    }

    @Test
    void flat() {
        Amdahl flat = amdahl(points(n -> 1, THREADS));
        assertThat(flat.serial()).isCloseTo(1, EXACT);
        assertThat(flat.limit()).isCloseTo(1, EXACT);
        assertThat(flat.flattensAt()).isEqualTo(1);
        Universal both = universal(points(n -> 1, THREADS));
        assertThat(both.throughput(32)).isCloseTo(1, within(1e-6));
        assertThat(both.peak()).isGreaterThanOrEqualTo(1);
    }

    /** No law allows it: what comes nearest is a straight line, and the error says how near. */
    @Test
    void superLinear() {
        List<Point> points = points(n -> 1.2 * n - 0.2, THREADS);
        assertThat(amdahl(points).serial()).isZero();
        assertThat(amdahl(points).error()).isBetween(0.1, 0.2);
        assertThat(universal(points)).isEqualTo(new Universal(0, 0, universal(points).error()));
    }

    @Test
    void fallingFasterThanAnyLaw() {
        List<Point> points = points(n -> 1.0 / (n * n * n), THREADS);
        assertThat(amdahl(points).serial()).isEqualTo(1);
        assertThat(amdahl(points).error()).isGreaterThan(0.5);
        Universal both = universal(points);
        assertThat(both.contention()).isBetween(0.0, 1.0);
        assertThat(both.coherence()).isEqualTo(1);
        assertThat(both.peak()).isEqualTo(1);
    }

    /** Of all parameters in bounds none has a smaller sum of squares. */
    @Test
    void noOtherParametersFitBetter() {
        Random random = new Random(6);
        for (int i = 0; i < 100; i++) {
            List<Point> points = points(n -> n == 1 ? 1 : Math.pow(n, 2 * random.nextDouble() - 0.5), 1, 2, 3, 4, 8);
            double best = universal(points).error();
            for (double a = 0; a <= 1; a += 0.02) {
                for (double b = 0; b <= 1; b += 0.02) {
                    Universal other = new Universal(a, b, 0);
                    double squares = points.stream().mapToDouble(point -> Math.pow(point.throughput() / other.throughput(point.threads()) - 1, 2)).sum();
                    assertThat(best).isLessThanOrEqualTo(Math.sqrt(squares / points.size()) + 1e-9);
                }
            }
        }
    }

    @Test
    void moreThreadsThanCoresAreLeftOut() {
        List<Point> points = points(n -> n <= 4 ? n : 4, THREADS);
        ScalingFit fit = ScalingFit.of(points, 4);
        assertThat(requireNonNull(fit.amdahl()).serial()).isZero();
        assertThat(fit.universal()).isNotNull();
        assertThat(fit.notes())
                .containsExactly(
                        "3 points are left out of the fit: there are more threads than the machine has cores.",
                        "3 points always fit the universal scalability law well: its error says little.");
    }

    @Test
    void tooFewPoints() {
        ScalingFit two = ScalingFit.of(points(n -> n, 1, 2), 8);
        assertThat(two.amdahl()).isNotNull();
        assertThat(two.universal()).isNull();
        assertThat(two.notes()).containsExactly("The universal scalability law cannot be judged: it takes 3 different numbers of threads that have a core each.");
        ScalingFit one = ScalingFit.of(points(n -> n, 1, 1, 1), 8);
        assertThat(one.amdahl()).isNull();
        assertThat(one.universal()).isNull();
        assertThat(one.notes()).hasSize(2);
        ScalingFit none = ScalingFit.of(List.of(), 8);
        assertThat(none.amdahl()).isNull();
        assertThat(none.notes()).containsExactly("Neither law can be judged: one thread was not measured.");
        assertThat(ScalingFit.of(points(n -> n, 2, 4, 8), 8).amdahl()).isNull();
    }

    @Test
    void whatIsNoThroughputIsLeftOut() {
        List<Point> points = List.of(new Point(1, 1), new Point(2, Double.NaN), new Point(3, 0), new Point(4, 4), new Point(5, -1), new Point(0, 1));
        ScalingFit fit = ScalingFit.of(points, 8);
        assertThat(requireNonNull(fit.amdahl()).serial()).isZero();
        assertThat(fit.notes()).first().isEqualTo("4 points are left out of the fit: no throughput is known.");
    }
}

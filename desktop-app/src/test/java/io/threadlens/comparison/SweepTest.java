package io.threadlens.comparison;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.Sweep.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static Point point(int threads, double wall, double cpu) {
        return new Point(threads, Estimate.of(wall), Estimate.of(cpu));
    }

    private static List<Double> curve(Sweep sweep) {
        return sweep.curve().stream().map(at -> Math.round(at.throughput().value() * 1e6) / 1e6).toList();
    }

    /** Serial 0.2 of 10 s. */
    private static final List<Point> SHARED = List.of(point(4, 4, 10), point(1, 10, 10), point(2, 6, 10), point(8, 4.1, 10));

    @Test
    void oneAndTheSameWork() {
        Sweep sweep = Sweep.of(SHARED, List.of(point(1, 10, 10), point(2, 10.5, 10.4), point(4, 11, 11.2)), 4);
        assertThat(curve(sweep)).containsExactly(1.0, 1.666667, 2.5, 2.439024);
        assertThat(sweep.curve().stream().map(Sweep.At::threads)).containsExactly(1, 2, 4, 8);
        assertThat(sweep.curve().stream().map(Sweep.At::fitted)).containsExactly(true, true, true, false);
        assertThat(sweep.work()).contains("share one and the same work").contains("as much CPU time");
        assertThat(requireNonNull(sweep.fit().amdahl()).serial()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void withoutTheGilsItIsTakenForThat() {
        for (Sweep sweep : List.of(Sweep.of(SHARED, null, 4), Sweep.of(SHARED, List.of(point(2, 9, 9)), 4), Sweep.of(SHARED, List.of(point(1, 0, 0), point(2, 9, 9)), 4))) {
            assertThat(curve(sweep)).containsExactly(1.0, 1.666667, 2.5, 2.439024);
            assertThat(sweep.work()).isEqualTo("The threads are taken to share one and the same work: no recording under the GIL says otherwise.");
        }
    }

    @Test
    void asMuchForEachThread() {
        List<Point> points = List.of(point(1, 10, 10), point(2, 10, 20), point(4, 12.5, 50));
        Sweep sweep = Sweep.of(points, List.of(point(1, 10, 10), point(2, 21, 21), point(4, 43, 43)), 4);
        assertThat(curve(sweep)).containsExactly(1.0, 2.0, 3.2);
        assertThat(sweep.work()).startsWith("Each thread has as much work as one alone");
    }

    @Test
    void whateverItIs() {
        List<Point> points = List.of(point(1, 10, 10), point(2, 10, 15), point(4, 10, 10), point(8, 10, 10));
        Sweep sweep = Sweep.of(points, List.of(point(1, 10, 10), point(2, 15, 15), point(4, 37, 37)), 8);
        assertThat(curve(sweep)).as("half as much more; as 4 nearly; and not known").containsExactly(1.0, 1.5, 4.0);
        assertThat(sweep.work()).isEqualTo(
                "How much there is to do with more threads is taken from the CPU time under the GIL. 1 number of threads is left out, for which it is not known.");
    }

    @Test
    void repeatsGiveIntervals() {
        List<Point> points = List.of(
                new Point(1, Estimate.of(9.9, 10, 10.1), Estimate.of(10, 10, 10)), new Point(2, Estimate.of(4.9, 5, 5.1), Estimate.of(10, 10, 10)), point(4, 2.5, 10));
        Sweep sweep = Sweep.of(points, null, 4);
        assertThat(sweep.curve().get(0).throughput()).isEqualTo(new Estimate(1, 1, 1, 3));
        Estimate two = sweep.curve().get(1).throughput();
        assertThat(two.low()).isBetween(1.85, 1.99);
        assertThat(two.high()).isBetween(2.01, 2.15);
        assertThat(sweep.curve().get(2).throughput()).isEqualTo(new Estimate(4, 4, 4, 1));
    }

    @Test
    void withoutOneThread() {
        Sweep sweep = Sweep.of(List.of(point(2, 5, 10), point(4, 3, 10), point(1, 0, 0)), null, 4);
        assertThat(sweep.curve()).isEmpty();
        assertThat(sweep.work()).startsWith("One thread was not measured");
        assertThat(sweep.fit().amdahl()).isNull();
        assertThat(Sweep.of(List.of(), List.of(), 4).curve()).isEmpty();
    }
}

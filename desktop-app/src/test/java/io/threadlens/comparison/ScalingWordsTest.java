package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ScalingWordsTest {
    @Test
    void aSerialFifthIsSaid() {
        assertThat(ScalingWords.of(sweep(threads -> 10 * (0.2 + 0.8 / threads), 1, 2, 4, 8)).getFirst())
                .isEqualTo("Amdahl's law: 20 % of the work is for one thread at a time, so that no number of threads brings more than 5.00×; from 18 threads on,"
                        + " twice as many bring less than a tenth more. It is off by 0 % on average.");
    }

    @Test
    void whereThereIsNoLimitNoneIsSaid() {
        List<String> words = ScalingWords.of(sweep(threads -> 10.0 / threads, 1, 2, 4, 8));
        assertThat(words.getFirst()).startsWith("Amdahl's law: 0 % of the work is for one thread at a time: it grows with the threads.");
        assertThat(words.get(1)).contains("more threads never do less.");
    }

    @Test
    void whatCannotBeJudgedIsSaid() {
        assertThat(ScalingWords.of(sweep(threads -> 10.0 / threads, 2, 4))).anyMatch(words -> words.contains("one thread was not measured"));
    }

    private static Sweep sweep(IntToDoubleFunction wall, int... threads) {
        List<Sweep.Point> points = new ArrayList<>();
        for (int count : threads) {
            points.add(new Sweep.Point(count, Estimate.of(wall.applyAsDouble(count)), Estimate.of(10)));
        }
        return Sweep.of(points, null, 8);
    }
}

package io.threadlens.view.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void aPercentileIsTheLeastThatSoManyDoNotExceed() {
        Durations hundred = new Durations(LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray());
        assertThat(hundred.millis(50)).isEqualTo(50);
        assertThat(hundred.millis(95)).isEqualTo(95);
        assertThat(hundred.millis(100)).isEqualTo(100);
        assertThat(new Durations(new long[] {7_000_000}).millis(50)).isEqualTo(7);
    }
}

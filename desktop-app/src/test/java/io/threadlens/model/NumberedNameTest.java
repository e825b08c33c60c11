package io.threadlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NumberedNameTest {
    @Test
    void theNumberIsWhatTellsThreadsOfAPoolApart() {
        assertThat(NumberedName.of("worker-12")).isEqualTo(new NumberedName("worker-", 12, ""));
        assertThat(NumberedName.of("ThreadPoolExecutor-0_3")).isEqualTo(new NumberedName("ThreadPoolExecutor-0_", 3, ""));
        assertThat(NumberedName.of("Thread-3 (run 7)")).isEqualTo(new NumberedName("Thread-", 3, " (run 7)"));
        assertThat(NumberedName.of("MainThread")).isEqualTo(new NumberedName("MainThread", -1, ""));
        assertThat(NumberedName.of("")).isEqualTo(new NumberedName("", -1, ""));
        assertThat(NumberedName.of("worker-1").pattern()).isEqualTo(NumberedName.of("worker-99").pattern()).isNotEqualTo(NumberedName.of("worker-").pattern());
        assertThat(NumberedName.of("1".repeat(40)).number()).as("more digits than fit").isPositive();
    }

    @Test
    void theyAreSortedAsAPersonCounts() {
        assertThat(Stream.of("worker-10", "Alpha", "worker-2", "beta").sorted((a, b) -> NumberedName.of(a).compareTo(NumberedName.of(b))))
                .containsExactly("Alpha", "beta", "worker-2", "worker-10");
    }
}

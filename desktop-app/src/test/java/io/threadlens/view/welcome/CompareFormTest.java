package io.threadlens.view.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompareFormTest {
    @Test
    void threadCountsAreDifferentNumbers() {
        assertThat(CompareForm.counts(" ")).isEmpty();
        assertThat(CompareForm.counts("1, 2 4;10000")).containsExactly(1, 2, 4, 10_000);
        for (String bad : new String[] {"0", "-1", "10001", "1,1", "1,two", "1.5", "99999999999"}) {
            assertThat(CompareForm.counts(bad)).as(bad).isNull();
        }
    }

    @Test
    void repeatsAreOneNumber() {
        assertThat(CompareForm.repeats(" 3 ")).isEqualTo(3);
        assertThat(CompareForm.repeats("1000")).isEqualTo(1000);
        for (String bad : new String[] {"", "0", "1001", "2 3", "many", "-2"}) {
            assertThat(CompareForm.repeats(bad)).as(bad).isZero();
        }
    }

    @Test
    void theLimitIsANumberOfSecondsOrNone() {
        assertThat(CompareForm.limit("  ")).isZero();
        assertThat(CompareForm.limit(" 2.5 ")).isEqualTo(2.5);
        for (String bad : new String[] {"0", "-1", "1e9", "NaN", "Infinity", "soon"}) {
            assertThat(CompareForm.limit(bad)).as(bad).isNaN();
        }
    }
}

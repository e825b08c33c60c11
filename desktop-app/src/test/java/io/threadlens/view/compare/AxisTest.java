package io.threadlens.view.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({"1, 5, 0.2, 1", "0.54, 5, 0.2, 0.6", "7.3, 4, 2, 8", "64, 10, 10, 70", "0.000031, 3, 0.00002, 0.00004", "10, 1, 10, 10"})
    void itsNumbersAreRoundAndReachWhatIsShown(double most, int lines, double step, double end) {
        Axis axis = Axis.of(most, lines);
        assertThat(axis.step()).isCloseTo(step, within(step * 1e-9));
        assertThat(axis.end()).isCloseTo(end, within(end * 1e-9));
        assertThat(axis.at(axis.lines())).isCloseTo(end, within(end * 1e-9));
    }

    @Test
    void ofNothingThereIsAnAxisAllTheSame() {
        assertThat(Axis.of(0, 5)).isEqualTo(new Axis(1, 1));
        assertThat(Axis.of(Double.NaN, 0)).isEqualTo(new Axis(1, 1));
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeFormatTest {
    @Test
    void lengthsHaveThreeDigitsThatCount() {
        assertThat(TimeFormat.length(0)).isEqualTo("0 ns");
        assertThat(TimeFormat.length(850)).isEqualTo("850 ns");
        assertThat(TimeFormat.length(12_400)).isEqualTo("12.4 µs");
        assertThat(TimeFormat.length(999_600)).isEqualTo("1.00 ms");
        assertThat(TimeFormat.length(999_400_000)).isEqualTo("999 ms");
        assertThat(TimeFormat.length(999_500_000)).isEqualTo("1.00 s");
        assertThat(TimeFormat.length(3_204_000_000L)).isEqualTo("3.20 s");
        assertThat(TimeFormat.length(125_000_000_000L)).isEqualTo("2 min 05 s");
        assertThat(TimeFormat.length(7_260_000_000_000L)).isEqualTo("2 h 01 min");
    }

    @Test
    void momentsAreAsFineAsTheirNeighbours() {
        assertThat(TimeFormat.at(12_000_000_000L, 1_000_000_000L)).isEqualTo("12 s");
        assertThat(TimeFormat.at(12_100_000_000L, 100_000_000L)).isEqualTo("12.1 s");
        assertThat(TimeFormat.at(125_304_250_000L, 1_000)).isEqualTo("2:05.304 250");
        assertThat(TimeFormat.at(-500_000_000L, 100_000_000L)).isEqualTo("−0.5 s");
        assertThat(TimeFormat.at(3_723_000_000_000L, 1_000_000_000L)).isEqualTo("1:02:03");
    }

    @Test
    void clocksAndShares() {
        assertThat(TimeFormat.clock(12_900_000_000L)).isEqualTo("00:12");
        assertThat(TimeFormat.clock(3_723_000_000_000L)).isEqualTo("1:02:03");
        assertThat(TimeFormat.percent(1, 1_000)).isEqualTo("<1 %");
        assertThat(TimeFormat.percent(0, 0)).isEqualTo("0 %");
        assertThat(TimeFormat.percent(41, 100)).isEqualTo("41 %");
    }

    @Test
    void thousandsAreSetApart() {
        assertThat(TimeFormat.count(7)).isEqualTo("7");
        assertThat(TimeFormat.count(4_000)).isEqualTo("4 000");
        assertThat(TimeFormat.count(1_234_567)).isEqualTo("1 234 567");
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.recording.MemoryRecording;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LoadTimesTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void whatOthersUseIsWhatIsLeft() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.load(100, 5_000, 1_000).load(200, 5_400, 1_100);
        LoadTimes.Cores cores = LoadTimes.of(recording).columns(Columns.of(0, 50, 6));
        assertThat(cores.own()).hasSize(6);
        for (int unknown : new int[] {0, 1, 4, 5}) {
            assertThat(cores.own()[unknown]).isNaN();
            assertThat(cores.others()[unknown]).isNaN();
        }
        assertThat(cores.own()[2]).isCloseTo(1, EXACT);
        assertThat(cores.others()[3]).isCloseTo(3, EXACT);
    }

    @Test
    void aColumnOverSeveralReadingsHasTheirMean() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.load(0, 0, 0).load(100, 100, 100).load(200, 400, 100);
        LoadTimes.Cores cores = LoadTimes.of(recording).columns(Columns.of(50, 150));
        assertThat(cores.own()[0]).isCloseTo(0.5, EXACT);
        assertThat(cores.others()[0]).isCloseTo(1.5, EXACT);
    }

    @Test
    void itGrowsAndKnowsNothingFromOneReading() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.load(0, 0, 0);
        LoadTimes one = LoadTimes.of(recording);
        assertThat(one.isKnown()).isFalse();
        assertThat(one.columns(Columns.of(0, 100)).own()[0]).isNaN();
        for (int i = 1; i < 40; i++) {
            recording.load(100L * i, 200L * i, 50L * i);
            one = one.grow();
        }
        assertThat(one.isKnown()).isTrue();
        assertThat(one.columns(Columns.of(0, 3_900)).others()[0]).isCloseTo(1.5, EXACT);
    }

    @Test
    void aProgramThatSeemsToUseMoreThanTheMachineLeavesNothingToOthers() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.load(0, 0, 0).load(100, 90, 100);
        assertThat(LoadTimes.of(recording).columns(Columns.of(0, 100)).others()[0]).isZero();
    }
}

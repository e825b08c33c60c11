package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.recording.MemoryRecording;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PauseSummaryTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int STOP = 0;
    private static final int COLLECTION = 1;

    private final MemoryRecording recording = new MemoryRecording(1000).ticks(100);
    private final int a = recording.thread("A");
    private final int collect = recording.stack(-1, "collect", "app.py", 10);
    private final int change = recording.stack(-1, "change", "app.py", 20);

    private void pause(int fromMs, int toMs, int kind, int stack) {
        recording.pause(MemoryRecording.START_NS + fromMs * 1_000_000L, MemoryRecording.START_NS + toMs * 1_000_000L, kind, a, stack);
    }

    @Test
    void aCollectionAndItsStopsAreOnePause() {
        pause(10, 12, STOP, collect);
        pause(16, 19, STOP, collect);
        pause(11, 20, COLLECTION, -1);
        pause(40, 41, STOP, change);
        pause(41, 45, STOP, -1);
        PauseSummary pauses = PauseSummary.of(recording, 0.5);
        assertThat(pauses.count()).isEqualTo(3);
        assertThat(pauses.seconds()).isEqualTo(0.010 + 0.001 + 0.004, EXACT);
        assertThat(pauses.longestSeconds()).isEqualTo(0.010, EXACT);
        assertThat(pauses.collections()).isEqualTo(1);
        assertThat(pauses.collectionSeconds()).isEqualTo(0.010, EXACT);
        assertThat(pauses.lostSeconds()).isEqualTo(0.5);
        assertThat(pauses.requesters())
                .as("who asked for the last is not known")
                .containsExactly(
                        new PauseSummary.Requester(recording.leaf(collect), 1, 0.010, true),
                        new PauseSummary.Requester(recording.leaf(change), 1, 0.001, false));
    }
}

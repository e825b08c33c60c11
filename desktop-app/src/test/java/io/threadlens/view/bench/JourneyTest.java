package io.threadlens.view.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JourneyTest {
    @Test
    void aJourneyGoesFromEverythingToSingleTicksAndBackAndNeverRests() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100_000);
        recording.run(recording.thread("main"), 0, 100_000, ThreadState.RUNNING, 0, -1);
        TimelineModel model = new TimelineModel(RecordingData.of(recording), failure -> {});
        model.resize(1_000, 400);
        Viewport everything = model.viewport().get();
        Journey journey = new Journey(model, new SplittableRandom(11));

        boolean ticks = false;
        boolean back = false;
        for (int i = 0; i < 1_000; i++) {
            Viewport before = model.viewport().get();
            journey.step(i);
            Viewport after = model.viewport().get();
            assertThat(after).as("step %d", i).isNotEqualTo(before);
            ticks |= after.lengthNs() < 2_000_000;
            back |= ticks && after.lengthNs() == everything.lengthNs();
        }
        assertThat(ticks).as("shows single ticks").isTrue();
        assertThat(back).as("and then everything").isTrue();
    }
}

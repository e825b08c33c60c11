package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Moments;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

class VeilTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;
    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(1_000);

    private List<Veil> veils(Moments moments, Viewport viewport) {
        return Veil.of(moments, recording, viewport);
    }

    @Test
    void whatIsChosenIsFreeAndTheRestIsVeiled() {
        Moments moments = new Moments.Builder().add(100, 200).add(500, 1_000).build();
        assertThat(veils(moments, new Viewport(START, MS, 1_000))).containsExactly(new Veil(0, 100, 1), new Veil(200, 500, 1));
        assertThat(veils(moments, new Viewport(START + 150 * MS, MS, 100))).containsExactly(new Veil(50, 100, 1));
        assertThat(veils(moments, new Viewport(START + 600 * MS, MS, 100))).isEmpty();
    }

    @Test
    void aPixelIsVeiledByTheShareItHasOfWhatIsLeftOut() {
        Moments moments = new Moments.Builder().add(0, 25).add(100, 200).build();
        assertThat(veils(moments, new Viewport(START, 100 * MS, 10)))
                .containsExactly(new Veil(0, 1, 0.75), new Veil(2, 10, 1));
    }

    @Test
    void aSingleTickThatIsChosenIsSeenHoweverLongThePixel() {
        Moments moments = new Moments.Builder().add(500, 501).build();
        assertThat(veils(moments, new Viewport(START, 1_000 * MS, 1))).containsExactly(new Veil(0, 1, 15.0 / 16));
        Moments others = new Moments.Builder().add(0, 500).add(501, 1_000).build();
        assertThat(veils(others, new Viewport(START, 1_000 * MS, 1))).containsExactly(new Veil(0, 1, 1.0 / 16));
    }

    @Test
    void withinATickAllPixelsAreAlike() {
        Moments moments = new Moments.Builder().add(10, 11).build();
        assertThat(veils(moments, new Viewport(START + 10 * MS + MS / 2, MS / 100, 100))).containsExactly(new Veil(50, 100, 1));
    }

    @Test
    void nothingChosenVeilsEverythingThereIs() {
        assertThat(veils(new Moments.Builder().build(), new Viewport(START - 100 * MS, 100 * MS, 12))).containsExactly(new Veil(1, 11, 1));
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseBarsTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    /** A long collection with two stops of the world within, and later three stops that are close together. */
    private static final List<Pause> PAUSES = List.of(
            pause(10, 60, PauseBars.COLLECTION),
            pause(12, 13, PauseBars.STOP_THE_WORLD),
            pause(40, 55, PauseBars.STOP_THE_WORLD),
            pause(80, 81, PauseBars.STOP_THE_WORLD),
            pause(82, 83, PauseBars.STOP_THE_WORLD),
            pause(99, 100, PauseBars.STOP_THE_WORLD));

    @Test
    void eachKindHasItsBars() {
        Viewport viewport = Viewport.fit(WaitIndexTest.range(0, 100), 100);
        assertThat(PauseBars.of(PAUSES, PauseBars.COLLECTION, viewport)).containsExactly(new Span(10, 60));
        assertThat(PauseBars.of(PAUSES, PauseBars.STOP_THE_WORLD, viewport))
                .containsExactly(new Span(12, 13), new Span(40, 55), new Span(80, 81), new Span(82, 83), new Span(99, 100));
    }

    @Test
    void whatBeganBeforeTheViewportIsInIt() {
        Viewport viewport = Viewport.fit(WaitIndexTest.range(50, 70), 20);
        assertThat(PauseBars.of(PAUSES, PauseBars.COLLECTION, viewport)).containsExactly(new Span(0, 10));
        assertThat(PauseBars.of(PAUSES, PauseBars.STOP_THE_WORLD, viewport)).containsExactly(new Span(0, 5));
    }

    @Test
    void pausesThatShareAPixelAreOneBar() {
        Viewport viewport = Viewport.fit(WaitIndexTest.range(0, 100), 10);
        assertThat(PauseBars.of(PAUSES, PauseBars.STOP_THE_WORLD, viewport))
                .containsExactly(new Span(1.2, 1.3), new Span(4, 5.5), new Span(8, 8.3), new Span(9.9, 10));
    }

    @Test
    void atAMomentAllAreFoundThatGoOn() {
        assertThat(PauseBars.between(PAUSES, START + 50 * MS, START + 51 * MS)).containsExactly(PAUSES.get(0), PAUSES.get(2));
        assertThat(PauseBars.between(PAUSES, START + 70 * MS, START + 71 * MS)).isEmpty();
    }

    private static Pause pause(int fromMs, int toMs, int kind) {
        return new Pause(START + fromMs * MS, START + toMs * MS, kind, -1, -1);
    }
}

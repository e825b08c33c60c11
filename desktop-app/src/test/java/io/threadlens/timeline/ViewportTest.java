package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.TimeRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewportTest {
    private static final TimeRange SECOND = new TimeRange(5_000_000_000L, 6_000_000_000L);

    @Test
    void fitShowsTheRangeFromEdgeToEdge() {
        Viewport viewport = Viewport.fit(SECOND, 800);
        assertThat(viewport.timeAt(0)).isEqualTo(SECOND.startNs());
        assertThat(viewport.timeAt(800)).isEqualTo(SECOND.endNs());
        assertThat(viewport.pxOf(5_500_000_000L)).isEqualTo(400);
    }

    @Test
    void zoomKeepsTheTimeUnderThePointer() {
        Viewport viewport = Viewport.fit(SECOND, 800).zoom(600, 0.1, SECOND);
        assertThat(viewport.timeAt(600)).isCloseTo(5_750_000_000L, within(2L));
        assertThat(viewport.lengthNs()).isCloseTo(100_000_000L, within(2L));
    }

    @Test
    void nothingLeadsOutOfTheRecording() {
        Viewport all = Viewport.fit(SECOND, 800);
        assertThat(all.zoom(300, 1_000, SECOND)).isEqualTo(all);
        assertThat(all.pan(5_000, SECOND)).isEqualTo(all);
        Viewport part = all.zoom(0, 0.25, SECOND);
        assertThat(part.pan(1e12, SECOND).endNs()).isEqualTo(SECOND.endNs());
        assertThat(part.pan(-1e12, SECOND).startNs()).isEqualTo(SECOND.startNs());
        assertThat(all.zoom(400, 1e-12, SECOND).lengthNs()).isEqualTo(2_000);
    }

    @Test
    void theLiveEdgeFillsTheWindowBeforeItMovesIt() {
        Viewport tenSeconds = Viewport.fit(new TimeRange(0, 10_000_000_000L), 1_000);
        TimeRange bounds = new TimeRange(0, 10_000_000_000L);
        assertThat(tenSeconds.endingAt(3_000_000_000L, bounds).startNs()).isZero();
        assertThat(tenSeconds.endingAt(13_000_000_000L, new TimeRange(0, 13_000_000_000L)).startNs()).isEqualTo(3_000_000_000L);
    }

    @Test
    void rulerMarksAreRoundAndApart() {
        for (double length : new double[] {1e4, 3e6, 7e7, 1e9, 4e10, 3e12, 9e13}) {
            Viewport viewport = new Viewport(123_456_789L, length / 900, 900);
            RulerTicks ruler = RulerTicks.of(viewport, 0, 100);
            List<RulerTicks.Tick> ticks = ruler.ticks();
            assertThat(ruler.stepNs() / viewport.nsPerPx()).as("length %s", length).isBetween(100.0, 300.0);
            assertThat(ticks.stream().map(RulerTicks.Tick::label).distinct().count()).isEqualTo(ticks.size());
            ticks.forEach(tick -> assertThat(tick.ns() % ruler.stepNs()).isZero());
        }
    }
}

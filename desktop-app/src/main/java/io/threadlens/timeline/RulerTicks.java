package io.threadlens.timeline;

import java.util.ArrayList;
import java.util.List;

/** The marks of a ruler over a viewport: at round times, as close as their labels allow. */
public record RulerTicks(long stepNs, List<Tick> ticks) {
    private static final long SECOND = 1_000_000_000;
    private static final long[] LONG_STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400};

    /** A mark: where, and what it says. */
    public record Tick(long ns, double px, String label) {}

    /** @param originNs the beginning of the recording, from which labels count */
    public static RulerTicks of(Viewport viewport, long originNs, double apartPx) {
        long step = step(viewport.nsPerPx() * apartPx);
        List<Tick> ticks = new ArrayList<>();
        long first = Math.floorDiv(viewport.startNs() - originNs, step) * step;
        for (long at = first; originNs + at <= viewport.endNs(); at += step) {
            ticks.add(new Tick(originNs + at, viewport.pxOf(originNs + at), TimeFormat.at(at, step)));
        }
        return new RulerTicks(step, List.copyOf(ticks));
    }

    private static long step(double atLeastNs) {
        for (long unit = 1; unit < SECOND; unit *= 10) {
            for (long digit : new long[] {1, 2, 5}) {
                if (unit * digit >= atLeastNs) {
                    return unit * digit;
                }
            }
        }
        for (long seconds : LONG_STEPS) {
            if (seconds * SECOND >= atLeastNs) {
                return seconds * SECOND;
            }
        }
        return (long) Math.ceil(atLeastNs / (86_400.0 * SECOND)) * 86_400 * SECOND;
    }
}

package io.threadlens.timeline;

import io.threadlens.recording.Recording.Pause;
import java.util.ArrayList;
import java.util.List;

/** Pauses of the whole program in a viewport. A collection can have stops of the world within; what shares a pixel is one bar. */
public final class PauseBars {
    public static final int STOP_THE_WORLD = 0;
    public static final int COLLECTION = 1;

    /** So many earlier pauses may still be going on when one begins. */
    private static final int DEEPEST = 8;

    private PauseBars() {}

    /** @param pauses in order of time */
    public static List<Span> of(List<Pause> pauses, int kind, Viewport viewport) {
        Span.Joiner bars = new Span.Joiner(viewport);
        for (Pause pause : between(pauses, viewport.startNs(), viewport.endNs())) {
            if (pause.kind() == kind) {
                bars.add(pause.start(), pause.end());
            }
        }
        return bars.spans();
    }

    /** The pauses that a stretch of time has a part of, in order of time. */
    public static List<Pause> between(List<Pause> pauses, long startNs, long endNs) {
        List<Pause> found = new ArrayList<>();
        for (int i = Math.max(0, after(pauses, startNs) - DEEPEST); i < pauses.size() && pauses.get(i).start() < endNs; i++) {
            if (pauses.get(i).end() > startNs || pauses.get(i).start() >= startNs) {
                found.add(pauses.get(i));
            }
        }
        return found;
    }

    /** Number of the first pause that begins after {@code ns}, one past the last where there is none. */
    static int after(List<Pause> pauses, long ns) {
        int low = 0;
        int high = pauses.size();
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (pauses.get(mid).start() <= ns) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }
}

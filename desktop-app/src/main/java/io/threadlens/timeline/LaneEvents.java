package io.threadlens.timeline;

import io.threadlens.recording.Recording.Pause;
import io.threadlens.recording.Recording.Wait;
import java.util.List;

/** The events of a lane, to go from one to the next: the thread begins to wait for what another one has, or everything is paused. */
public final class LaneEvents {
    /** There is no such event. */
    public static final long NONE = Long.MIN_VALUE;

    private LaneEvents() {}

    /** When the first event after {@code ns} begins. */
    public static long next(WaitIndex waits, List<Pause> pauses, int thread, long ns) {
        Wait wait = waits.contentionAfter(thread, ns);
        int pause = PauseBars.after(pauses, ns);
        if (pause == pauses.size()) {
            return wait == null ? NONE : wait.start();
        }
        long paused = pauses.get(pause).start();
        return wait == null ? paused : Math.min(wait.start(), paused);
    }

    /** When the last event before {@code ns} begins. */
    public static long previous(WaitIndex waits, List<Pause> pauses, int thread, long ns) {
        Wait wait = waits.contentionBefore(thread, ns);
        int pause = PauseBars.after(pauses, ns - 1) - 1;
        long paused = pause < 0 ? NONE : pauses.get(pause).start();
        return wait == null ? paused : Math.max(wait.start(), paused);
    }
}

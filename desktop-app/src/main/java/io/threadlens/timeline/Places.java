package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.Wait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in a recording something is to be seen best: on the longest stretch of it. */
public final class Places {
    /** A thread in a stretch of time. */
    public record Place(int thread, TimeRange stretch) {
        public long middle() {
            return stretch.startNs() + stretch.lengthNs() / 2;
        }
    }

    private Places() {}

    /** The longest wait for one of some locks, as far as it is in a range; null where there is none. */
    public static @Nullable Place ofWait(WaitIndex waits, List<Integer> locks, TimeRange range) {
        Place longest = null;
        for (int lock : locks) {
            Wait wait = waits.longestFor(lock, range);
            if (wait != null) {
                longest = longer(longest, wait.thread(), wait.start(), wait.end(), range);
            }
        }
        return longest;
    }

    /** The longest run with a call on its stack, as far as it is in a range; null where there is none. */
    public static @Nullable Place ofCall(StateTimes times, Frame call, TimeRange range) {
        Recording recording = times.recording();
        Map<Integer, Boolean> has = new HashMap<>();
        int last = times.tickAt(range.endNs());
        Place longest = null;
        for (int thread = 0; thread < times.threads().size(); thread++) {
            ThreadRows rows = times.rows(thread);
            boolean more = rows.seek(times.tickAt(range.startNs())) || rows.next();
            for (; more && rows.tick() <= last; more = rows.next()) {
                if (has.computeIfAbsent(rows.stack(), stack -> recording.stack(stack).contains(call))) {
                    longest = longer(longest, thread, recording.tickTime(rows.tick()), recording.tickEnd(rows.endTick() - 1), range);
                }
            }
        }
        return longest;
    }

    private static @Nullable Place longer(@Nullable Place than, int thread, long start, long end, TimeRange range) {
        long from = Math.max(start, range.startNs());
        long to = Math.min(end, range.endNs());
        return to - from > (than == null ? 0 : than.stretch().lengthNs()) ? new Place(thread, new TimeRange(from, to)) : than;
    }
}

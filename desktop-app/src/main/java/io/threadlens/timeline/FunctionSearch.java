package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which threads had a function on their stacks in a range. Reads a thread's runs up to the first that had. For one thread. */
final class FunctionSearch {
    private final StateTimes times;
    private final String part;
    private final TimeRange range;
    private final Map<Integer, Boolean> has = new HashMap<>();

    /** @param part of the function's qualified name; capitals do not matter */
    FunctionSearch(StateTimes times, String part, TimeRange range) {
        this.times = times;
        this.part = part.toLowerCase(Locale.ROOT);
        this.range = range;
    }

    boolean isCalledBy(int thread) {
        Recording recording = times.recording();
        int last = times.tickAt(range.endNs() - 1);
        ThreadRows rows = times.rows(thread);
        boolean more = rows.seek(times.tickAt(range.startNs())) || rows.next();
        for (; more && rows.tick() <= last; more = rows.next()) {
            if (recording.tickEnd(rows.endTick() - 1) > range.startNs() && has.computeIfAbsent(rows.stack(), this::has)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int stack) {
        for (Frame call : times.recording().stack(stack)) {
            if (call.function() != null && call.function().toLowerCase(Locale.ROOT).contains(part)) {
                return true;
            }
        }
        return false;
    }
}

package io.threadlens.recording;

import io.threadlens.recording.Recording.Hold;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts holds into the rows that are not yet on disk. One that goes on where the last one of its lock and thread ended, with nothing changed,
 * makes that one longer; so a lock that is held for a minute is a row a second, however many batches told of it. One thread writes.
 */
final class HoldTail {
    private static final int END = 3;

    private final Map<Same, Last> last = new HashMap<>();

    void put(Hold hold, RowBuffer rows) {
        Same same = new Same(hold.lock(), hold.thread(), hold.stack(), hold.how(), hold.place(), hold.taken());
        Last before = last.get(same);
        if (before != null && before.end == hold.start()) {
            rows.replace(END, before.row, hold.end());
            last.put(same, new Last(before.row, hold.end()));
            return;
        }
        last.put(same, new Last(rows.rows(), hold.end()));
        rows.put(hold.lock()).put(hold.thread()).put(hold.start()).put(hold.end()).put(hold.stack()).put(hold.how()).put(hold.place())
                .put(hold.taken());
    }

    /** The rows are on disk: what comes next begins new ones. */
    void clear() {
        last.clear();
    }

    /** What must be equal for one row. */
    private record Same(int lock, int thread, int stack, int how, int place, int taken) {}

    private record Last(int row, long end) {}
}

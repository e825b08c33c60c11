package io.threadlens.recording;

import io.threadlens.recording.Recording.Wait;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest wait of each thread. It is told again and again while it goes on, so it becomes a row of the table only when the thread begins
 * another one: a wait is one row, however long it lasts. Readers are shown what is here behind the table. One thread writes.
 */
final class WaitTail {
    private final Map<Integer, Wait> newest = new TreeMap<>();
    private final Set<Integer> changed = new HashSet<>();

    /** Takes a wait, or a newer word on one; the one before of the same thread goes into {@code over}. */
    void put(Wait wait, RowBuffer over) {
        Wait before = newest.put(wait.thread(), wait);
        if (before != null && before.start() != wait.start()) {
            write(before, over);
        }
        changed.add(wait.thread());
    }

    /** The newest wait of each thread. */
    TableBatch all() {
        RowBuffer rows = new RowBuffer(Table.WAITS);
        newest.values().forEach(wait -> write(wait, rows));
        return rows.view();
    }

    /** Those of them that are new, or longer, since this was asked last. */
    TableBatch takeChanged() {
        RowBuffer rows = new RowBuffer(Table.WAITS);
        newest.values().stream().filter(wait -> changed.contains(wait.thread())).forEach(wait -> write(wait, rows));
        changed.clear();
        return rows.view();
    }

    private static void write(Wait wait, RowBuffer rows) {
        rows.put(wait.thread()).put(wait.start()).put(wait.end()).put(wait.lock()).put(wait.stack());
    }
}

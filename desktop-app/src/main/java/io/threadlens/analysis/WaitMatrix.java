package io.threadlens.analysis;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waited for whom, whatever the lock. */
public final class WaitMatrix {
    /** Seconds in which one thread waited for what another held; holder −1 where nobody was seen to hold it. */
    public record Cell(int waiter, int holder, double seconds) {}

    private WaitMatrix() {}

    /** Most time first; pairs of threads that never met are left out. */
    public static List<Cell> of(List<LockContention> contention) {
        record Key(int waiter, int holder) {}
        Map<Key, Double> seconds = new HashMap<>();
        for (LockContention lock : contention) {
            for (LockContention.Meeting meeting : lock.meetings()) {
                seconds.merge(new Key(meeting.waiter(), meeting.holder()), meeting.seconds(), Double::sum);
            }
        }
        return seconds.entrySet().stream()
                .map(entry -> new Cell(entry.getKey().waiter, entry.getKey().holder, entry.getValue()))
                .sorted(Comparator.comparingDouble(Cell::seconds).reversed().thenComparingInt(Cell::waiter).thenComparingInt(Cell::holder))
                .toList();
    }
}

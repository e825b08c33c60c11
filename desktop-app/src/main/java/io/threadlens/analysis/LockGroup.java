package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Locks that are one to a person: with the same name up to an index ({@code LOCKS[3]}, {@code LOCKS[7]}), or, where they have no name, of one type and waited for at the same
 * line. Often just one.
 */
final class LockGroup {
    /** Two lines that meet at the locks; holder null where nobody was seen to hold them. */
    record Meeting(@Nullable Frame waiter, @Nullable Frame holder, double seconds) {}

    private final List<LockContention> locks = new ArrayList<>();
    private boolean mixed;

    /** Most time first. */
    static List<LockGroup> of(List<LockContention> contention) {
        record Key(FindingClass kind, String name, @Nullable Frame place) {}
        Map<Key, LockGroup> groups = new LinkedHashMap<>();
        for (LockContention lock : contention) {
            Frame place = lock.waiters().getFirst().place();
            Key key = LockNames.isName(lock.label())
                    ? new Key(lock.kind(), LockNames.withoutIndex(lock.label()), null)
                    : new Key(lock.kind(), String.valueOf(lock.type()), place);
            groups.computeIfAbsent(key, k -> new LockGroup()).locks.add(lock);
        }
        return groups.values().stream().sorted(Comparator.comparingDouble(LockGroup::seconds).reversed()).toList();
    }

    /** All of several groups, whatever they are called. */
    static LockGroup together(List<LockGroup> groups) {
        LockGroup all = new LockGroup();
        groups.forEach(group -> all.locks.addAll(group.locks));
        all.mixed = groups.size() > 1;
        return all;
    }

    List<LockContention> locks() {
        return locks;
    }

    FindingClass kind() {
        return locks.getFirst().kind();
    }

    double seconds() {
        return locks.stream().mapToDouble(LockContention::waitSeconds).sum();
    }

    double spinSeconds() {
        return locks.stream().mapToDouble(LockContention::spinSeconds).sum();
    }

    double longestSeconds() {
        return locks.stream().mapToDouble(LockContention::longestSeconds).max().orElse(0);
    }

    long waits() {
        return locks.stream().mapToLong(LockContention::waits).sum();
    }

    /** Weighted with the time. */
    double confidence() {
        double weighted = locks.stream().mapToDouble(lock -> lock.confidence() * lock.waitSeconds()).sum();
        return seconds() == 0 ? 0 : weighted / seconds();
    }

    Set<Integer> waiters() {
        Set<Integer> threads = new TreeSet<>();
        locks.forEach(lock -> lock.waiters().forEach(waiter -> threads.add(waiter.thread())));
        return threads;
    }

    /** {@code registry_lock}, {@code LOCKS[…] (24 locks)}, {@code dict}, {@code 12 dict}. */
    String label() {
        LockContention first = locks.getFirst();
        if (locks.size() == 1) {
            return first.label();
        }
        if (mixed) {
            return locks.size() + " locks";
        }
        return LockNames.isName(first.label())
                ? LockNames.withoutIndex(first.label()) + " (" + locks.size() + " locks)"
                : locks.size() + " × " + (first.type() == null ? "lock" : first.type());
    }

    /** By lines, whichever threads and locks; most time first. */
    List<Meeting> meetings(Stacks stacks) {
        record Lines(@Nullable Frame waiter, @Nullable Frame holder) {}
        Map<Lines, Double> seconds = new HashMap<>();
        for (LockContention lock : locks) {
            for (LockContention.Meeting meeting : lock.meetings()) {
                Lines lines = new Lines(stacks.place(meeting.waiterStack()), stacks.place(meeting.holderStack()));
                seconds.merge(lines, meeting.seconds(), Double::sum);
            }
        }
        return seconds.entrySet().stream()
                .map(entry -> new Meeting(entry.getKey().waiter, entry.getKey().holder, entry.getValue()))
                .sorted(Comparator.comparingDouble(Meeting::seconds).reversed())
                .toList();
    }
}

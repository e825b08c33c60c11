package io.threadlens.comparison;

import io.threadlens.model.NumberedName;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.StateTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many threads, at a moment, were done with their work while another that does the same, and had worked beside them, went on. For one thread that asks in
 * order of time.
 */
final class EarlyEnds {
    private static final Set<ThreadState> WORK = EnumSet.of(
            ThreadState.RUNNING, ThreadState.NATIVE, ThreadState.RUNNABLE, ThreadState.LOCK, ThreadState.GIL, ThreadState.PAUSED, ThreadState.IO);
    /** Being told that there is no more is no work. */
    private static final double NEARLY_ALL = 0.98;
    /** Less than this share of its group's most is no work of weight. */
    private static final double WEIGHT = 0.05;

    private record Span(long start, long end, long work) {}

    private record Change(long at, int by) {}

    private final List<Change> changes = new ArrayList<>();
    private int next;
    private int now;

    /** @param roles of the threads, by number */
    static EarlyEnds of(StateTimes times, List<String> roles) {
        record Key(String role, NumberedName pattern) {}
        Map<Key, List<Span>> groups = new HashMap<>();
        for (ThreadInfo thread : times.threads()) {
            Key key = new Key(roles.get(thread.number()), NumberedName.of(String.valueOf(thread.name())).pattern());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(span(times, thread.number()));
        }
        EarlyEnds ends = new EarlyEnds();
        groups.values().forEach(ends::add);
        ends.changes.sort(Comparator.comparingLong(Change::at));
        return ends;
    }

    private void add(List<Span> group) {
        long most = group.stream().mapToLong(Span::work).max().orElse(0);
        List<Span> workers = group.stream().filter(span -> span.work > 0 && span.work >= WEIGHT * most).toList();
        for (Span one : workers) {
            long until = workers.stream().filter(other -> other.start < one.end).mapToLong(Span::end).max().orElse(one.end);
            if (until > one.end) {
                changes.add(new Change(one.end, 1));
                changes.add(new Change(until, -1));
            }
        }
    }

    private static Span span(StateTimes times, int thread) {
        TimeRange life = times.lifetime(thread);
        long all = work(times, thread, life.startNs(), life.endNs());
        long end = firstWith(times, thread, life, Math.round(NEARLY_ALL * all));
        return new Span(firstWith(times, thread, life, 1), end, all);
    }

    /** The moment at which so much work has been done. */
    private static long firstWith(StateTimes times, int thread, TimeRange life, long wanted) {
        long low = life.startNs();
        long high = life.endNs();
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (work(times, thread, life.startNs(), middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long work(StateTimes times, int thread, long start, long end) {
        long[] states = times.between(thread, start, end);
        long sum = 0;
        for (ThreadState state : WORK) {
            sum += states[state.code()];
        }
        return sum;
    }

    /** At a moment no earlier than the last one that was asked for. */
    int at(long ns) {
        while (next < changes.size() && changes.get(next).at <= ns) {
            now += changes.get(next++).by;
        }
        return now;
    }
}

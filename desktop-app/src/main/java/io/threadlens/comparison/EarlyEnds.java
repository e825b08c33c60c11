package io.threadlens.comparison;

import io.threadlens.model.NumberedName;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.StateTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many threads, at a moment, were done with their work while another that does the same, and had worked beside them, went on. For one thread that asks in
 * order of time.
 */
final class EarlyEnds {
    /** Being told that there is no more is no work. */
    private static final double NEARLY_ALL = 0.98;
    /** Less than this share of its group's most is no work of weight. */
    private static final double WEIGHT = 0.05;
    /** Share of the time for which one works that goes on. */
    private static final double AT_IT = 0.5;
    /** Of those that end later, so many, the last first, are asked whether they go on. */
    private static final int MOST_ASKED = 16;

    private record Span(int thread, long start, long end, long work) {}

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
        groups.values().forEach(group -> ends.add(group, times));
        ends.changes.sort(Comparator.comparingLong(Change::at));
        return ends;
    }

    private void add(List<Span> group, StateTimes times) {
        long most = group.stream().mapToLong(Span::work).max().orElse(0);
        List<Span> lastFirst = group.stream()
                .filter(span -> span.work > 0 && span.work >= WEIGHT * most)
                .sorted(Comparator.comparingLong(Span::end).reversed())
                .toList();
        for (Span one : lastFirst) {
            lastFirst.stream()
                    .takeWhile(other -> other.end > one.end)
                    .limit(MOST_ASKED)
                    .filter(other -> other.start < one.end && worksOn(times, other, one.end))
                    .findFirst()
                    .ifPresent(other -> {
                        changes.add(new Change(one.end, 1));
                        changes.add(new Change(other.end, -1));
                    });
        }
    }

    /** Whether a thread is at it from a moment on, and not just woken now and then for something small. While it has no core nobody can tell. */
    private static boolean worksOn(StateTimes times, Span other, long from) {
        long ready = times.between(other.thread, from, other.end)[ThreadState.RUNNABLE.code()];
        return work(times, other.thread, from, other.end) - ready >= AT_IT * (other.end - from - ready);
    }

    private static Span span(StateTimes times, int thread) {
        TimeRange life = times.lifetime(thread);
        long all = work(times, thread, life.startNs(), life.endNs());
        long end = firstWith(times, thread, life, Math.round(NEARLY_ALL * all));
        return new Span(thread, firstWith(times, thread, life, 1), end, all);
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
        for (int state = 0; state < states.length; state++) {
            sum += ThreadState.of(state).isActive() ? states[state] : 0;
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

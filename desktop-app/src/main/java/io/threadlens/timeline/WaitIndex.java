package io.threadlens.timeline;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.Lock;
import io.threadlens.recording.Recording.Wait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a recording by thread and by lock: who waited for what at a moment, found in O(log waits).
 *
 * <p>Immutable; {@link #grow} gives a newer one and reads only the rows that are new, and of each thread the last wait, which may still be going on.
 */
public final class WaitIndex implements Intervals.Times {
    private static final int MOST_LOOKED_AT = 4_000;

    /** Of a lock, by thread. */
    private record Key(int lock, int thread) {}

    private final Recording recording;
    private final List<Lock> locks;
    private final List<Wait> waits;
    private final Settled settled;
    private final Map<Integer, Intervals> byThread;
    private final Map<Key, Intervals> byLock;
    private final Map<Integer, Set<Integer>> threadsOf;

    /** What will never change again: the first rows, and what they come to. */
    private record Settled(int rows, Map<Integer, Intervals> byThread, Map<Key, Intervals> byLock) {
        static final Settled NOTHING = new Settled(0, Map.of(), Map.of());
    }

    private WaitIndex(
            Recording recording,
            List<Lock> locks,
            List<Wait> waits,
            Settled settled,
            Map<Integer, Intervals> byThread,
            Map<Key, Intervals> byLock,
            Map<Integer, Set<Integer>> threadsOf) {
        this.recording = recording;
        this.locks = locks;
        this.waits = waits;
        this.settled = settled;
        this.byThread = byThread;
        this.byLock = byLock;
        this.threadsOf = threadsOf;
    }

    public static WaitIndex of(Recording recording) {
        return new WaitIndex(recording, List.of(), List.of(), Settled.NOTHING, Map.of(), Map.of(), Map.of()).grow();
    }

    /** The same with what was recorded since. */
    public WaitIndex grow() {
        boolean live = recording.info().live();
        List<Wait> now = recording.waits();
        // After the waits: every lock they speak of is there.
        List<Lock> known = recording.locks();
        int done = live ? now.size() - lastOfThreads(now) : now.size();
        Settled kept = new Settled(done, new HashMap<>(settled.byThread), new HashMap<>(settled.byLock));
        Map<Integer, Set<Integer>> threads = new HashMap<>(threadsOf);
        Map<Integer, OfThread> growing = new HashMap<>();
        OfThread[] byNumber = new OfThread[64];
        for (int row = settled.rows; row < done; row++) {
            Wait wait = now.get(row);
            int thread = wait.thread();
            if (thread >= byNumber.length) {
                byNumber = Arrays.copyOf(byNumber, 2 * thread);
            }
            OfThread of = byNumber[thread];
            if (of == null) {
                of = new OfThread(kept.byThread.getOrDefault(thread, Intervals.NONE));
                byNumber[thread] = of;
                growing.put(thread, of);
            }
            of.add(wait, row, kept.byLock);
        }
        growing.forEach((thread, of) -> {
            kept.byThread.put(thread, of.all.build());
            of.byLock.forEach((lock, waits) -> {
                Key key = new Key(lock, thread);
                kept.byLock.put(key, waits.build());
                addThread(threads, key);
            });
        });
        Map<Integer, Intervals> ofThreads = new HashMap<>(kept.byThread);
        Map<Key, Intervals> ofLocks = new HashMap<>(kept.byLock);
        for (int row = done; row < now.size(); row++) {
            Wait wait = now.get(row);
            Key key = new Key(wait.lock(), wait.thread());
            ofThreads.put(wait.thread(), ofThreads.getOrDefault(wait.thread(), Intervals.NONE).withLast(row));
            ofLocks.put(key, ofLocks.getOrDefault(key, Intervals.NONE).withLast(row));
            addThread(threads, key);
        }
        return new WaitIndex(recording, known, now, kept, ofThreads, ofLocks, threads);
    }

    /** The waits of a thread that are being added. */
    private static final class OfThread {
        private final Intervals.Builder all;
        private final Map<Integer, Intervals.Builder> byLock = new HashMap<>();
        /** Mostly a thread waits for what it waited for last. */
        private int lastLock = -1;

        private Intervals.Builder last = new Intervals.Builder(Intervals.NONE);

        OfThread(Intervals before) {
            all = new Intervals.Builder(before);
        }

        void add(Wait wait, int row, Map<Key, Intervals> before) {
            if (wait.lock() != lastLock) {
                lastLock = wait.lock();
                last = byLock.computeIfAbsent(
                        lastLock, lock -> new Intervals.Builder(before.getOrDefault(new Key(lock, wait.thread()), Intervals.NONE)));
            }
            all.add(row);
            last.add(row);
        }
    }

    /** How many rows at the end are the last of their thread, which of a live recording stand there together. */
    private static int lastOfThreads(List<Wait> rows) {
        Set<Integer> threads = new HashSet<>();
        int row = rows.size();
        while (row > 0 && threads.add(rows.get(row - 1).thread())) {
            row--;
        }
        return rows.size() - row;
    }

    private static void addThread(Map<Integer, Set<Integer>> threads, Key key) {
        Set<Integer> known = threads.get(key.lock());
        if (known == null || !known.contains(key.thread())) {
            // Copied, because an older index may have the one that was there.
            Set<Integer> more = known == null ? new HashSet<>() : new HashSet<>(known);
            more.add(key.thread());
            threads.put(key.lock(), more);
        }
    }

    /** What is waited for or held, by number. */
    public List<Lock> locks() {
        return locks;
    }

    /** What a thread waited for at a moment; null where it was not seen to wait. */
    public @Nullable Wait at(int thread, long ns) {
        int row = byThread.getOrDefault(thread, Intervals.NONE).rowAt(ns, this);
        return row < 0 ? null : waits.get(row);
    }

    /** The same where the wait is time lost; null for a wait for work. */
    public @Nullable Wait contentionAt(int thread, long ns) {
        Wait wait = at(thread, ns);
        return wait != null && locks.get(wait.lock()).isContention() ? wait : null;
    }

    /** The first wait of a thread that is time lost and begins after {@code ns}; null where there is none. */
    public @Nullable Wait contentionAfter(int thread, long ns) {
        Intervals of = byThread.getOrDefault(thread, Intervals.NONE);
        int i = of.floor(ns, this) + 1;
        while (i < of.count() && !isContention(of.row(i))) {
            i++;
        }
        return i < of.count() ? waits.get(of.row(i)) : null;
    }

    /** The last wait of a thread that is time lost and begins before {@code ns}; null where there is none. */
    public @Nullable Wait contentionBefore(int thread, long ns) {
        Intervals of = byThread.getOrDefault(thread, Intervals.NONE);
        int i = of.floor(ns - 1, this);
        while (i >= 0 && !isContention(of.row(i))) {
            i--;
        }
        return i >= 0 ? waits.get(of.row(i)) : null;
    }

    private boolean isContention(int row) {
        return locks.get(waits.get(row).lock()).isContention();
    }

    /** Who waited for a lock at a moment, the longest first. */
    public List<Wait> waitersAt(int lock, long ns) {
        List<Wait> found = new ArrayList<>();
        for (Intervals of : of(lock)) {
            int row = of.rowAt(ns, this);
            if (row >= 0) {
                found.add(waits.get(row));
            }
        }
        found.sort(Comparator.comparingLong(Wait::start).thenComparingInt(Wait::thread));
        return found;
    }

    /** The first wait for a lock that begins after {@code ns} and before {@code untilNs}; null where there is none. */
    public @Nullable Wait nextFor(int lock, long ns, long untilNs) {
        Wait first = null;
        for (Intervals of : of(lock)) {
            int i = of.floor(ns, this) + 1;
            if (i < of.count() && start(of.row(i)) < untilNs && (first == null || start(of.row(i)) < first.start())) {
                first = waits.get(of.row(i));
            }
        }
        return first;
    }

    /** The wait for a lock that has the most of its time in a range; null where there is none. */
    public @Nullable Wait longestFor(int lock, TimeRange range) {
        Wait longest = null;
        for (Intervals of : of(lock)) {
            longest = longest(of, range, longest);
        }
        return longest;
    }

    /** The wait of a thread that has the most of its time in a range; null where there is none, or more than can be looked at. */
    public @Nullable Wait longestOf(int thread, TimeRange range) {
        Intervals of = byThread.getOrDefault(thread, Intervals.NONE);
        int first = of.endingAfter(range.startNs(), this);
        return of.floor(range.endNs() - 1, this) - first > MOST_LOOKED_AT ? null : longest(of, range, null);
    }

    /** The one that has the most of its time in a range, of these and another. */
    private @Nullable Wait longest(Intervals of, TimeRange range, @Nullable Wait other) {
        Wait longest = other;
        for (int i = of.endingAfter(range.startNs(), this); i < of.count() && start(of.row(i)) < range.endNs(); i++) {
            Wait wait = waits.get(of.row(i));
            if (within(wait, range) > (longest == null ? 0 : within(longest, range))) {
                longest = wait;
            }
        }
        return longest;
    }

    private static long within(Wait wait, TimeRange range) {
        return Math.min(wait.end(), range.endNs()) - Math.max(wait.start(), range.startNs());
    }

    /** Where in a viewport a thread waited for a lock. */
    public List<Span> spans(int lock, int thread, Viewport viewport) {
        return Span.of(byLock.getOrDefault(new Key(lock, thread), Intervals.NONE), this, viewport);
    }

    /** How many threads waited for a lock in each column, on average over its time. */
    public double[] waiting(int lock, Columns columns) {
        double[] out = new double[columns.count()];
        for (Intervals of : of(lock)) {
            int first = 0;
            for (int i = of.endingAfter(columns.edge(0), this); i < of.count() && start(of.row(i)) < columns.edge(columns.count()); i++) {
                long start = start(of.row(i));
                // A wait ends at a tick, and the next may have begun before that.
                long end = i + 1 < of.count() ? Math.min(end(of.row(i)), start(of.row(i + 1))) : end(of.row(i));
                while (columns.edge(first + 1) <= start) {
                    first++;
                }
                for (int c = first; c < columns.count() && columns.edge(c) < end; c++) {
                    out[c] += Math.min(end, columns.edge(c + 1)) - Math.max(start, columns.edge(c));
                }
            }
        }
        for (int c = 0; c < out.length; c++) {
            out[c] /= Math.max(1, columns.edge(c + 1) - columns.edge(c));
        }
        return out;
    }

    private List<Intervals> of(int lock) {
        return threadsOf.getOrDefault(lock, Set.of()).stream().map(thread -> byLock.getOrDefault(new Key(lock, thread), Intervals.NONE)).toList();
    }

    @Override
    public long start(int row) {
        return waits.get(row).start();
    }

    @Override
    public long end(int row) {
        return waits.get(row).end();
    }
}

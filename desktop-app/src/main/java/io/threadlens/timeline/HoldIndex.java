package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who was seen to hold what, by lock and by thread, found in O(log holds).
 *
 * <p>Immutable; {@link #grow} gives a newer one and reads only the rows that are new.
 */
public final class HoldIndex implements Intervals.Times {
    /** Holds of one key follow one another: a lock that a thread took twice has two places, and is under two keys. */
    private record Key(int lock, int thread, int place) {}

    private final Recording recording;
    private final List<Hold> holds;
    private final Map<Key, Intervals> intervals;
    private final Map<Integer, List<Key>> byLock;
    private final Map<Integer, List<Key>> byThread;

    private HoldIndex(
            Recording recording,
            List<Hold> holds,
            Map<Key, Intervals> intervals,
            Map<Integer, List<Key>> byLock,
            Map<Integer, List<Key>> byThread) {
        this.recording = recording;
        this.holds = holds;
        this.intervals = intervals;
        this.byLock = byLock;
        this.byThread = byThread;
    }

    public static HoldIndex of(Recording recording) {
        return new HoldIndex(recording, List.of(), Map.of(), Map.of(), Map.of()).grow();
    }

    /** The same with what was recorded since. */
    public HoldIndex grow() {
        // A hold that goes on is the same row with a later end.
        List<Hold> now = recording.holds();
        Map<Key, Intervals> grown = new HashMap<>(intervals);
        Map<Integer, List<Key>> locks = new HashMap<>(byLock);
        Map<Integer, List<Key>> threads = new HashMap<>(byThread);
        Map<Key, Intervals.Builder> growing = new LinkedHashMap<>();
        for (int row = holds.size(); row < now.size(); row++) {
            Hold hold = now.get(row);
            growing.computeIfAbsent(
                            new Key(hold.lock(), hold.thread(), hold.place()),
                            key -> new Intervals.Builder(intervals.getOrDefault(key, Intervals.NONE)))
                    .add(row);
        }
        growing.forEach((key, holds) -> {
            if (grown.put(key, holds.build()) == null) {
                add(locks, byLock, key.lock(), key);
                add(threads, byThread, key.thread(), key);
            }
        });
        return new HoldIndex(recording, now, grown, locks, threads);
    }

    /** Adds to a list that is copied before its first change: the older snapshot keeps its own. */
    private static void add(Map<Integer, List<Key>> lists, Map<Integer, List<Key>> older, int at, Key key) {
        List<Key> list = lists.get(at);
        if (list == null || list == older.get(at)) {
            list = list == null ? new ArrayList<>() : new ArrayList<>(list);
            lists.put(at, list);
        }
        list.add(key);
    }

    /** Who held a lock at a moment: mostly one thread or none, of a semaphore perhaps several. */
    public List<Hold> holdersOf(int lock, long ns) {
        return at(byLock.getOrDefault(lock, List.of()), ns);
    }

    /** What a thread held at a moment. */
    public List<Hold> heldBy(int thread, long ns) {
        return at(byThread.getOrDefault(thread, List.of()), ns);
    }

    private List<Hold> at(List<Key> keys, long ns) {
        List<Hold> found = new ArrayList<>();
        for (Key key : keys) {
            int row = intervals.getOrDefault(key, Intervals.NONE).rowAt(ns, this);
            if (row >= 0) {
                found.add(holds.get(row));
            }
        }
        return found;
    }

    /** Where in a viewport a thread held a lock. */
    public List<Span> spans(int lock, int thread, Viewport viewport) {
        List<Span> spans = new ArrayList<>();
        for (Key key : byLock.getOrDefault(lock, List.of())) {
            if (key.thread() == thread) {
                spans.addAll(Span.of(intervals.getOrDefault(key, Intervals.NONE), this, viewport));
            }
        }
        return List.copyOf(spans);
    }

    @Override
    public long start(int row) {
        return holds.get(row).start();
    }

    @Override
    public long end(int row) {
        return holds.get(row).end();
    }
}

package io.threadlens.analysis;

import io.threadlens.model.LibraryCode;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording.Hold;
import io.threadlens.recording.Recording.Wait;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the deadlocks that stand at the end of a recording, or of a range: circles of waits that have been going on, each behind one known holder,
 * for at least a quarter of a second, and still are.
 */
public final class Deadlocks {
    private static final long STANDS_NS = 250_000_000;
    /** Rows are told about ten times a second: one that is this old may still be going on. */
    private static final long STALE_NS = 150_000_000;

    private final Recording recording;
    private final TickAxis axis;
    private final Map<Integer, Wait> waitOfThread = new HashMap<>();
    private final Map<Integer, Hold> holdOfLock = new HashMap<>();
    private final Set<Integer> heldByMany = new HashSet<>();

    private Deadlocks(Recording recording, TickAxis axis) {
        this.recording = recording;
        this.axis = axis;
    }

    public static List<Deadlock> of(Recording recording) {
        return new Deadlocks(recording, TickAxis.of(recording)).find();
    }

    public static List<Deadlock> of(Recording recording, TimeRange range) {
        return new Deadlocks(recording, TickAxis.of(recording, range)).find();
    }

    private List<Deadlock> find() {
        if (axis.isEmpty()) {
            return List.of();
        }
        long now = axis.time(axis.end() - 1);
        List<Wait> waits = recording.waits();
        List<Recording.Lock> locks = recording.locks();
        for (Wait wait : waits) {
            FindingClass kind = LockNames.classOf(locks.get(wait.lock()).kind());
            boolean stands = wait.start() <= now - STANDS_NS && wait.end() >= now - STALE_NS;
            if (stands && kind != null && kind != FindingClass.GIL && kind != FindingClass.STOP_THE_WORLD) {
                waitOfThread.put(wait.thread(), wait);
            }
        }
        if (!waitOfThread.isEmpty()) {
            findHolders(now);
        }
        List<Deadlock> found = new ArrayList<>();
        Set<Integer> done = new HashSet<>();
        for (int thread : waitOfThread.keySet().stream().sorted().toList()) {
            List<Integer> circle = circleFrom(thread, done);
            if (!circle.isEmpty()) {
                found.add(deadlock(circle, locks, now));
            }
        }
        return found;
    }

    private void findHolders(long now) {
        for (Hold hold : recording.holds()) {
            if (hold.start() <= now && hold.end() >= now - STALE_NS) {
                Hold known = holdOfLock.put(hold.lock(), hold);
                if (known != null && known.thread() != hold.thread()) {
                    heldByMany.add(hold.lock());
                }
            }
        }
    }

    /** The threads of the circle that a thread leads into, if it is a new one; else none. */
    private List<Integer> circleFrom(int start, Set<Integer> done) {
        List<Integer> path = new ArrayList<>();
        Integer thread = start;
        while (thread != null && done.add(thread)) {
            path.add(thread);
            thread = holderFor(thread);
        }
        int at = thread == null ? -1 : path.indexOf(thread);
        return at < 0 ? List.of() : path.subList(at, path.size());
    }

    private @Nullable Integer holderFor(int thread) {
        Wait wait = waitOfThread.get(thread);
        Hold hold = wait == null || heldByMany.contains(wait.lock()) ? null : holdOfLock.get(wait.lock());
        return hold == null ? null : (Integer) hold.thread();
    }

    private Deadlock deadlock(List<Integer> circle, List<Recording.Lock> locks, long now) {
        List<Deadlock.Link> links = new ArrayList<>();
        long since = Long.MIN_VALUE;
        for (int thread : circle) {
            Wait wait = waitOfThread.get(thread);
            Hold hold = holdOfLock.get(wait.lock());
            since = Math.max(since, wait.start());
            links.add(new Deadlock.Link(
                    thread,
                    wait.lock(),
                    locks.get(wait.lock()).name(),
                    wait.stack(),
                    LibraryCode.place(recording.stack(wait.stack())),
                    hold.thread(),
                    hold.takenAt(),
                    LibraryCode.place(recording.stack(hold.takenAt()))));
        }
        return new Deadlock(links, StateSeconds.seconds(axis.endNs() - since));
    }
}

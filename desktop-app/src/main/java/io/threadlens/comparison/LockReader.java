package io.threadlens.comparison;

import io.threadlens.analysis.LockNames;
import io.threadlens.analysis.StateSeconds;
import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the waits of a recording by lock, and the locks by what makes them one to a person. */
final class LockReader {
    private record Key(LossClass kind, @Nullable String type, @Nullable String label, @Nullable Frame place) {}

    private LockReader() {}

    /** Most time first. */
    static List<Run.LockFigures> locks(Recording recording, LockClasses classes) {
        List<Recording.Lock> locks = recording.locks();
        @Nullable Waited[] byLock = new Waited[locks.size()];
        for (Recording.Wait wait : recording.waits()) {
            Waited waited = byLock[wait.lock()];
            if (waited == null) {
                waited = new Waited();
                byLock[wait.lock()] = waited;
            }
            waited.add(wait);
        }
        for (Recording.Hold hold : recording.holds()) {
            Waited waited = byLock[hold.lock()];
            if (waited != null) {
                waited.holders.vote(hold.takenAt(), hold.end() - hold.start());
            }
        }
        Map<Key, List<Run.LockFigures>> groups = new HashMap<>();
        for (int number = 0; number < byLock.length; number++) {
            Waited waited = byLock[number];
            LossClass kind = classes.of(number);
            if (waited != null && kind != null) {
                Run.LockFigures one = figures(locks.get(number), kind, classes.isImport(number), waited, recording);
                Key key = new Key(one.kind(), one.type(), one.label(), one.label() == null ? one.place() : null);
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
            }
        }
        return groups.values().stream().map(LockReader::together).sorted(Comparator.comparingDouble(Run.LockFigures::seconds).reversed()).toList();
    }

    private static Run.LockFigures figures(Recording.Lock lock, LossClass kind, boolean isImport, Waited waited, Recording recording) {
        String label = isImport ? LockNames.IMPORT_LOCK : lock.label();
        return new Run.LockFigures(
                kind,
                lock.type(),
                label != null && LockNames.isName(label) ? LockNames.withoutIndex(label) : null,
                LibraryCode.place(recording.stack(waited.waiters.stack)),
                LibraryCode.place(recording.stack(waited.holders.stack)),
                StateSeconds.seconds(waited.ns),
                waited.waits);
    }

    /** Several as one: the places are those of the one that was waited for most. */
    private static Run.LockFigures together(List<Run.LockFigures> group) {
        Run.LockFigures most = group.stream().max(Comparator.comparingDouble(Run.LockFigures::seconds)).orElseThrow();
        return new Run.LockFigures(
                most.kind(),
                most.type(),
                most.label(),
                most.place(),
                most.holder(),
                group.stream().mapToDouble(Run.LockFigures::seconds).sum(),
                group.stream().mapToLong(Run.LockFigures::waits).sum());
    }

    private static final class Waited {
        private final Majority waiters = new Majority();
        private final Majority holders = new Majority();
        private long ns;
        private long waits;

        void add(Recording.Wait wait) {
            ns += wait.end() - wait.start();
            waits++;
            waiters.vote(wait.stack(), wait.end() - wait.start());
        }
    }

    /** The stack that has more than half of the time, if one has: Boyer and Moore's vote, weighted. There may be millions of waits. */
    private static final class Majority {
        private int stack = -1;
        private long weight;

        void vote(int of, long ns) {
            if (of == stack) {
                weight += ns;
            } else if (ns > weight) {
                stack = of;
                weight = ns - weight;
            } else {
                weight -= ns;
            }
        }
    }
}

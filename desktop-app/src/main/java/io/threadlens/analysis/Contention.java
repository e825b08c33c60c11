package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The locks that threads waited for, most time first. A wait counts at the ticks at which it was seen: the estimate of all waiting is then not skewed by
 * the short waits between two ticks that nobody saw. Waits for work or for a result are not in it.
 */
public final class Contention {
    private final Recording recording;
    private final TickAxis axis;
    private final SampleRuns runs;
    private final Stacks stacks;

    private Contention(Recording recording, TickAxis axis) {
        this.recording = recording;
        this.axis = axis;
        this.runs = new SampleRuns(recording);
        this.stacks = new Stacks(recording);
    }

    public static List<LockContention> of(Recording recording) {
        return new Contention(recording, TickAxis.of(recording)).result();
    }

    /** Of the waits, what lies in a range and its chosen moments; of all threads. */
    public static List<LockContention> of(Recording recording, Part part) {
        return new Contention(recording, TickAxis.of(recording, part.range(), part.moments())).result();
    }

    private List<LockContention> result() {
        if (axis.isEmpty()) {
            return List.of();
        }
        Map<Integer, OneLock> byNumber = new HashMap<>();
        List<Recording.Wait> waits = recording.waits();
        // Asked for after the waits: of a live recording, all the locks that they speak of are there.
        List<Recording.Lock> locks = recording.locks();
        for (int i = 0; i < waits.size(); i++) {
            Recording.Wait row = waits.get(i);
            int from = axis.from(row.start());
            int to = axis.from(row.end());
            if (from < to && LockNames.classOf(locks.get(row.lock()).kind()) != null) {
                byNumber.computeIfAbsent(row.lock(), number -> new OneLock(locks.get(number))).add(i, row, from, to);
            }
        }
        List<Recording.Hold> holds = recording.holds();
        for (int i = 0; i < holds.size(); i++) {
            Recording.Hold row = holds.get(i);
            OneLock lock = byNumber.get(row.lock());
            int from = lock == null ? 0 : axis.from(row.start());
            int to = lock == null ? 0 : axis.from(row.end());
            if (lock != null && from < to) {
                lock.holdRows.add(i, from, to);
            }
        }
        return byNumber.values().stream()
                .map(lock -> lock.result(waits, holds))
                .filter(lock -> lock.waitSeconds() > 0)
                .sorted(Comparator.comparingDouble(LockContention::waitSeconds).reversed().thenComparingInt(LockContention::lock))
                .toList();
    }

    /** The waits for one lock, and its holds. */
    private final class OneLock {
        private final Recording.Lock lock;
        /** Numbers only: there may be millions, and of one lock at a time they are more than that. */
        private final RowTicks waitRows = new RowTicks();
        private final RowTicks holdRows = new RowTicks();
        private int counted;
        private long longestNs;
        private boolean isImport;

        OneLock(Recording.Lock lock) {
            this.lock = lock;
        }

        void add(int index, Recording.Wait row, int from, int to) {
            // At moments that do not count as well: who waited then may be seen to hold the lock later.
            waitRows.add(index, from, to);
            if (axis.seen(from, to) > 0) {
                count(row);
            }
        }

        private void count(Recording.Wait row) {
            counted++;
            longestNs = Math.max(longestNs, Math.min(row.end(), axis.endNs()) - Math.max(row.start(), axis.startNs()));
            isImport = isImport || LockNames.isImport(stacks.calls(row.stack()));
        }

        LockContention result(List<Recording.Wait> allWaits, List<Recording.Hold> allHolds) {
            List<LockJoin.Wait> waits = waitRows.map((row, from, to) -> {
                Recording.Wait wait = allWaits.get(row);
                return new LockJoin.Wait(wait.thread(), wait.stack(), from, to);
            });
            List<LockJoin.Hold> holds = holdRows.map((row, from, to) -> {
                Recording.Hold hold = allHolds.get(row);
                return new LockJoin.Hold(hold.thread(), hold.stack(), hold.how(), hold.place(), from, to);
            });
            Map<LockJoin.Pair, LockJoin.Met> met =
                    new LockJoin(axis, runs, stacks, LockNames.isAcquired(lock.kind())).join(waits, holds);
            double ns = 0;
            double certainNs = 0;
            long ticks = 0;
            for (LockJoin.Met each : met.values()) {
                ns += each.ns;
                certainNs += each.certainNs;
                ticks += each.ticks;
            }
            return new LockContention(
                    lock.number(),
                    isImport ? FindingClass.INTERPRETER_LOCK : Objects.requireNonNull(LockNames.classOf(lock.kind())),
                    lock.type(),
                    isImport ? LockNames.IMPORT_LOCK : lock.name(),
                    ns / 1e9,
                    counted,
                    StateSeconds.seconds(longestNs),
                    StateSeconds.seconds(spinNs(waits)),
                    ns == 0 ? 0 : certainNs / ns * Confidence.ofTicks(ticks),
                    waiters(met),
                    holders(met),
                    meetings(met));
        }

        private long spinNs(List<LockJoin.Wait> waits) {
            long[] ns = {0};
            for (LockJoin.Wait wait : waits) {
                runs.visit(wait.thread(), wait.from(), wait.to(), (from, to, state, flags, stack) -> {
                    if ((flags & SampleRuns.SPINS) != 0) {
                        ns[0] += axis.between(from, to, wait.to());
                    }
                });
            }
            return ns[0];
        }

        private List<LockContention.Waiter> waiters(Map<LockJoin.Pair, LockJoin.Met> met) {
            record Key(int thread, int stack) {}
            Map<Key, Double> ns = new HashMap<>();
            met.forEach((pair, time) -> ns.merge(new Key(pair.waiter(), pair.waiterStack()), time.ns, Double::sum));
            return ns.entrySet().stream()
                    .map(e -> new LockContention.Waiter(e.getKey().thread, e.getKey().stack, stacks.place(e.getKey().stack), e.getValue() / 1e9))
                    .sorted(Comparator.comparingDouble(LockContention.Waiter::seconds)
                            .reversed()
                            .thenComparingInt(LockContention.Waiter::thread)
                            .thenComparingInt(LockContention.Waiter::stack))
                    .toList();
        }

        private List<LockContention.Holder> holders(Map<LockJoin.Pair, LockJoin.Met> met) {
            record Key(int thread, int stack, boolean inferred) {}
            Map<Key, double[]> sums = new HashMap<>();
            met.forEach((pair, time) -> {
                if (pair.holder() >= 0) {
                    double[] sum = sums.computeIfAbsent(new Key(pair.holder(), pair.holderStack(), pair.inferred()), k -> new double[3]);
                    sum[0] += time.ns;
                    sum[1] += time.certainNs;
                    sum[2] += time.ticks;
                }
            });
            return sums.entrySet().stream()
                    .map(e -> holder(e.getKey().thread, e.getKey().stack, e.getKey().inferred, e.getValue()))
                    .sorted(Comparator.comparingDouble(LockContention.Holder::seconds)
                            .reversed()
                            .thenComparingInt(LockContention.Holder::thread)
                            .thenComparingInt(LockContention.Holder::stack))
                    .toList();
        }

        private LockContention.Holder holder(int thread, int stack, boolean inferred, double[] sum) {
            double certainty = sum[0] == 0 ? 0 : sum[1] / sum[0] * Confidence.ofTicks((long) sum[2]);
            return new LockContention.Holder(thread, stack, recording.leaf(stack), sum[0] / 1e9, certainty, inferred);
        }

        private static List<LockContention.Meeting> meetings(Map<LockJoin.Pair, LockJoin.Met> met) {
            record Key(int waiter, int waiterStack, int holder, int holderStack) {}
            Map<Key, Double> ns = new HashMap<>();
            met.forEach((pair, time) ->
                    ns.merge(new Key(pair.waiter(), pair.waiterStack(), pair.holder(), pair.holderStack()), time.ns, Double::sum));
            return ns.entrySet().stream()
                    .map(e -> new LockContention.Meeting(
                            e.getKey().waiter, e.getKey().waiterStack, e.getKey().holder, e.getKey().holderStack, e.getValue() / 1e9))
                    .sorted(Comparator.comparingDouble(LockContention.Meeting::seconds)
                            .reversed()
                            .thenComparingInt(LockContention.Meeting::waiter)
                            .thenComparingInt(LockContention.Meeting::waiterStack)
                            .thenComparingInt(LockContention.Meeting::holder)
                            .thenComparingInt(LockContention.Meeting::holderStack))
                    .toList();
        }
    }
}

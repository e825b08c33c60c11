package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out for every wait for one lock who held it meanwhile. Goes once through the ticks at which a wait or a hold begins or ends; between two of them the same
 * threads wait and the same hold. Of several holders (of a semaphore, or before and after a hand-over within one tick) each has its part of the time.
 */
final class LockJoin {
    /** At the ticks from {@code from} up to, but without, {@code to} a thread waited. */
    record Wait(int thread, int stack, int from, int to) {}

    /** At the ticks from {@code from} up to, but without, {@code to} a thread held it; {@code how} and {@code place} as in the recording. */
    record Hold(int thread, int stack, int how, int place, int from, int to) {}

    /** A waiting and a holding stack; holder −1 where nobody is known. */
    record Pair(int waiter, int waiterStack, int holder, int holderStack, boolean inferred) {}

    /** How long a pair met. */
    static final class Met {
        double ns;
        /** Ticks, once for each waiter. */
        long ticks;
        /** Time, weighted with how sure the holder is. */
        double certainNs;

        private void add(double time, int count, double certainty) {
            ns += time;
            ticks += count;
            certainNs += time * certainty;
        }
    }

    private final TickAxis axis;
    private final SampleRuns runs;
    private final Stacks stacks;
    private final boolean acquired;
    private final Map<Pair, Met> met = new HashMap<>();
    private final List<Wait> waiting = new ArrayList<>();
    private final List<Hold> holding = new ArrayList<>();
    /** Those whose wait ended last, at {@link #lastEnd}. */
    private final List<Wait> lastGot = new ArrayList<>();

    private int lastEnd = -1;
    /** Whether somebody was seen to hold it since. */
    private boolean heldSince;

    /**
     * @param acquired whether a holder that was not seen may be inferred: who stops waiting has it
     */
    LockJoin(TickAxis axis, SampleRuns runs, Stacks stacks, boolean acquired) {
        this.axis = axis;
        this.runs = runs;
        this.stacks = stacks;
        this.acquired = acquired;
    }

    Map<Pair, Met> join(List<Wait> waits, List<Hold> holds) {
        int[] borders = IntStream.concat(
                        waits.stream().flatMapToInt(wait -> IntStream.of(wait.from, wait.to)),
                        holds.stream().flatMapToInt(hold -> IntStream.of(hold.from, hold.to)))
                .sorted()
                .toArray();
        Iterator<Wait> nextWaits = waits.stream().sorted(Comparator.comparingInt(Wait::from)).iterator();
        Iterator<Hold> nextHolds = holds.stream().sorted(Comparator.comparingInt(Hold::from)).iterator();
        Wait nextWait = next(nextWaits);
        Hold nextHold = next(nextHolds);
        int previous = -1;
        for (int tick : borders) {
            if (tick > previous && !waiting.isEmpty()) {
                meet(previous, tick);
            }
            leave(tick);
            for (; nextWait != null && nextWait.from == tick; nextWait = next(nextWaits)) {
                waiting.add(nextWait);
            }
            for (; nextHold != null && nextHold.from == tick; nextHold = next(nextHolds)) {
                holding.add(nextHold);
            }
            heldSince = heldSince || !holding.isEmpty();
            previous = tick;
        }
        return met;
    }

    private static <T> @Nullable T next(Iterator<T> rows) {
        return rows.hasNext() ? rows.next() : null;
    }

    private void leave(int tick) {
        for (Iterator<Wait> each = waiting.iterator(); each.hasNext(); ) {
            Wait wait = each.next();
            if (wait.to == tick) {
                each.remove();
                if (lastEnd != tick) {
                    lastEnd = tick;
                    lastGot.clear();
                    heldSince = false;
                }
                lastGot.add(wait);
            }
        }
        holding.removeIf(hold -> hold.to == tick);
    }

    private void meet(int from, int to) {
        List<Hold> holders = outermost();
        for (Wait wait : waiting) {
            // A thread holds no lock that it waits for: within this tick it got it, or let it go.
            int others = (int) holders.stream().filter(hold -> hold.thread != wait.thread).count();
            if (others == 0) {
                infer(wait, from, to);
            }
            for (Hold hold : holders) {
                if (hold.thread == wait.thread) {
                    continue;
                }
                double certainty = Confidence.ofHolder(hold.how);
                if (hold.stack >= 0) {
                    add(new Pair(wait.thread, wait.stack, hold.thread, hold.stack, false), wait, from, to, certainty, others);
                } else {
                    meetSamples(wait, hold, from, to, certainty, others);
                }
            }
        }
    }

    /** A lock that a thread took again is held since it took it first. */
    private List<Hold> outermost() {
        if (holding.size() < 2) {
            return holding;
        }
        Map<Integer, Hold> byThread = new HashMap<>();
        holding.forEach(hold -> byThread.merge(hold.thread, hold, (a, b) -> a.place <= b.place ? a : b));
        return List.copyOf(byThread.values());
    }

    /** Where only the thread is known, it held the lock wherever its samples say it was. */
    private void meetSamples(Wait wait, Hold hold, int from, int to, double certainty, int parts) {
        Gap gap = new Gap(from);
        runs.visit(hold.thread, from, to, (first, last, state, flags, stack) -> {
            unknownStack(wait, hold, gap.until, first, certainty, parts);
            add(new Pair(wait.thread, wait.stack, hold.thread, stack, false), wait, first, last, certainty, parts);
            gap.until = last;
        });
        unknownStack(wait, hold, gap.until, to, certainty, parts);
    }

    private void unknownStack(Wait wait, Hold hold, int from, int to, double certainty, int parts) {
        add(new Pair(wait.thread, wait.stack, hold.thread, -1, false), wait, from, to, certainty, parts);
    }

    /** Nobody was seen to hold it. Whoever stopped waiting for it last took it, and may have it still while it is in the function that waited. */
    private void infer(Wait wait, int from, int to) {
        Wait got = acquired && lastGot.size() == 1 ? lastGot.getFirst() : null;
        Frame place = got == null ? null : stacks.place(got.stack);
        if (got == null || place == null || heldSince || isWaiting(got.thread)) {
            unknown(wait, from, to);
            return;
        }
        Function function = Function.of(place);
        Gap gap = new Gap(from);
        runs.visit(got.thread, from, to, (first, last, state, flags, stack) -> {
            if (stacks.contains(stack, function)) {
                unknown(wait, gap.until, first);
                add(new Pair(wait.thread, wait.stack, got.thread, stack, true), wait, first, last, Confidence.INFERRED, 1);
                gap.until = last;
            }
        });
        unknown(wait, gap.until, to);
    }

    private boolean isWaiting(int thread) {
        return waiting.stream().anyMatch(wait -> wait.thread == thread);
    }

    private void unknown(Wait wait, int from, int to) {
        add(new Pair(wait.thread, wait.stack, -1, -1, false), wait, from, to, Confidence.INFERRED, 1);
    }

    private void add(Pair pair, Wait wait, int from, int to, double certainty, int parts) {
        if (from < to) {
            double ns = (double) axis.between(from, to, wait.to) / parts;
            met.computeIfAbsent(pair, p -> new Met()).add(ns, to - from, certainty);
        }
    }

    /** From where on nothing is known yet. */
    private static final class Gap {
        int until;

        Gap(int until) {
            this.until = until;
        }
    }
}

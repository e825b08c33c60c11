package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thread works nearly all the time, and others wait for what it makes: a pipeline with one slow stage. */
final class SerialRule implements Rule {
    /** Share of its life for which the one has something to do. */
    private static final double BUSY = 0.8;
    /** More busy cores than this, and others work as well. */
    private static final double MEAN = 1.3;
    /** Share of the time for which one that waits does so; time without a core says nothing about either. */
    private static final double WAITING = 0.5;
    /** Waits of a thread that is served again and again, not of one that sits about; the last of them in the second half. */
    private static final int WAITS = 3;

    private static final int WAITERS = 2;

    /** What was seen of a thread's waits for work. */
    private record Waits(int count, long lastStart, int stack) {
        Waits plus(Recording.Wait wait) {
            return new Waits(count + 1, Math.max(lastStart, wait.start()), wait.stack());
        }
    }

    @Override
    public List<Finding> findings(Facts facts) {
        int worker = busiest(facts);
        if (worker < 0 || workingShare(facts.states().get(worker)) < BUSY || facts.busy().mean() >= MEAN) {
            return List.of();
        }
        TickAxis axis = TickAxis.of(facts.recording());
        SampleRuns runs = new SampleRuns(facts.recording());
        Stacks stacks = new Stacks(facts.recording());
        Map<Integer, Waits> waits = waits(facts);
        long middle = axis.startNs() + (axis.endNs() - axis.startNs()) / 2;
        List<Integer> waiters = new ArrayList<>();
        for (int thread = 0; thread < facts.threads().size(); thread++) {
            Waits of = waits.get(thread);
            boolean served = of != null && of.count >= WAITS && of.lastStart >= middle;
            if (thread != worker && served && waitingShare(facts.states().get(thread)) >= WAITING) {
                waiters.add(thread);
            }
        }
        if (waiters.size() < WAITERS || !handsOver(waits.get(worker), runs, stacks, worker, axis)) {
            return List.of();
        }
        List<Frame> hot = new HotPlaces(runs, stacks, HotPlaces.BUSY).add(worker, axis.first(), axis.end()).list();
        Places where = new Places();
        hot.forEach(where::add);
        waiters.stream().limit(2).forEach(thread -> where.add(stacks.place(java.util.Objects.requireNonNull(waits.get(thread)).stack)));
        int couldBeBusy = Math.min(facts.cores(), waiters.size() + 1);
        double busy = busy(facts, worker);
        double cost = (couldBeBusy - 1) * busy;
        return List.of(new Finding(
                FindingClass.SERIAL,
                Finding.Severity.ofShare(cost / (cost + facts.seconds(ThreadState.RUNNING) + facts.seconds(ThreadState.NATIVE))),
                "One thread works while %d others wait for it: %s".formatted(waiters.size(), Say.first(hot)),
                "%s was on a core for %s and had something to do %s of its time; %.2f of %d cores were busy on average. Meanwhile %s waited for work or for results, again and again."
                        .formatted(
                                facts.name(worker),
                                Say.seconds(busy),
                                Say.percent(workingShare(facts.states().get(worker))),
                                facts.busy().mean(),
                                facts.cores(),
                                Say.list(waiters.stream().map(facts::name).toList())),
                where.list(),
                cost,
                0.9 * Confidence.ofTicks(axis.end() - axis.first()),
                "Make this step faster, or let several threads do it: the others can go no faster than it does.",
                List.of()));
    }

    private static int busiest(Facts facts) {
        int most = -1;
        for (int thread = 0; thread < facts.threads().size(); thread++) {
            most = most < 0 || busy(facts, thread) > busy(facts, most) ? thread : most;
        }
        return most;
    }

    private static double busy(Facts facts, int thread) {
        StateSeconds states = facts.states().get(thread);
        return states.of(ThreadState.RUNNING) + states.of(ThreadState.NATIVE);
    }

    private static double workingShare(StateSeconds states) {
        double working = states.of(ThreadState.RUNNING) + states.of(ThreadState.NATIVE) + states.of(ThreadState.RUNNABLE);
        return share(working, states.total() - states.of(ThreadState.UNKNOWN));
    }

    private static double waitingShare(StateSeconds states) {
        return share(states.of(ThreadState.SIGNAL), states.total() - states.of(ThreadState.UNKNOWN) - states.of(ThreadState.RUNNABLE));
    }

    private static double share(double part, double whole) {
        return whole <= 0 ? 0 : part / whole;
    }

    /** By thread; the end of a thread or of native code is nothing that another thread makes. */
    private static Map<Integer, Waits> waits(Facts facts) {
        Map<Integer, Waits> waits = new HashMap<>();
        List<Recording.Wait> rows = facts.recording().waits();
        List<Recording.Lock> locks = facts.recording().locks();
        for (Recording.Wait row : rows) {
            String kind = locks.get(row.lock()).kind();
            if (kind.equals("condition") || kind.equals("queue")) {
                waits.put(row.thread(), waits.getOrDefault(row.thread(), new Waits(0, 0, -1)).plus(row));
            }
        }
        return waits;
    }

    /** Whether the one that works was seen to hand something over, or to fetch it. A thread that just waits again and again may wait for the time to pass. */
    private static boolean handsOver(@Nullable Waits own, SampleRuns runs, Stacks stacks, int worker, TickAxis axis) {
        if (own != null && own.count >= WAITS) {
            return true;
        }
        boolean[] seen = {false};
        runs.visit(worker, axis.first(), axis.end(), (from, to, state, flags, stack) -> {
            List<Frame> calls = stacks.calls(stack);
            seen[0] = seen[0] || !calls.isEmpty() && WaitNames.isSynchronization(calls.getLast());
        });
        return seen[0];
    }
}

package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.NumberedName;
import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of threads that do the same, most are done early, and one works on alone. */
final class ImbalanceRule implements Rule {
    /** Share of the time from the group's first to its last work. */
    private static final double ALONE = 0.25;
    /** Share of the whole recording. */
    private static final double OF_ALL = 0.1;
    /** Share of that time for which the one must be on a core, not counting that for which there was none for it: whoever is woken for each small thing waits for one as well. */
    private static final double WORKS = 0.5;
    /** Less work than this is none. */
    private static final int TICKS = 5;

    @Override
    public List<Finding> findings(Facts facts) {
        TickAxis axis = TickAxis.of(facts.recording());
        SampleRuns runs = new SampleRuns(facts.recording());
        Stacks stacks = new Stacks(facts.recording());
        record Key(Function entry, String name) {}
        Map<Key, List<WorkSpan>> groups = new HashMap<>();
        for (int thread = 0; thread < facts.threads().size(); thread++) {
            WorkSpan span = WorkSpan.of(runs, stacks, thread, axis);
            if (span.entry() != null && span.ticks() >= TICKS) {
                groups.computeIfAbsent(new Key(span.entry(), NumberedName.of(facts.name(thread)).before()), key -> new ArrayList<>()).add(span);
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (List<WorkSpan> group : groups.values()) {
            group.sort(Comparator.comparingInt(WorkSpan::endTick));
            if (isUneven(group, axis, runs)) {
                findings.add(finding(facts, group, axis, runs, stacks));
            }
        }
        return findings;
    }

    private static boolean isUneven(List<WorkSpan> group, TickAxis axis, SampleRuns runs) {
        if (group.size() < 2) {
            return false;
        }
        WorkSpan last = group.getLast();
        int othersEnd = group.get(group.size() - 2).endTick();
        int start = group.stream().mapToInt(WorkSpan::startTick).min().orElse(0);
        double alone = axis.seen(othersEnd, last.endTick());
        boolean together = last.startTick() <= start + (othersEnd - start) / 2;
        return together
                && alone >= ALONE * axis.seen(start, last.endTick())
                && alone >= OF_ALL * axis.seen(axis.first(), axis.end())
                && works(runs, last.thread(), othersEnd, last.endTick());
    }

    private static boolean works(SampleRuns runs, int thread, int from, int to) {
        int[] busy = {0};
        int[] ready = {0};
        runs.visit(thread, from, to, (first, end, state, flags, stack) -> {
            busy[0] += ThreadState.of(state).isBusy() ? end - first : 0;
            ready[0] += state == ThreadState.RUNNABLE.code() ? end - first : 0;
        });
        return busy[0] > 0 && busy[0] >= WORKS * (to - from - ready[0]);
    }

    private static Finding finding(Facts facts, List<WorkSpan> group, TickAxis axis, SampleRuns runs, Stacks stacks) {
        WorkSpan last = group.getLast();
        int othersEnd = group.get(group.size() - 2).endTick();
        int start = group.stream().mapToInt(WorkSpan::startTick).min().orElse(0);
        int couldBeBusy = Math.min(facts.cores(), group.size());
        double span = StateSeconds.seconds(axis.seen(start, last.endTick()));
        double alone = StateSeconds.seconds(axis.seen(othersEnd, last.endTick()));
        double cost = 0;
        for (int done = 1; done < group.size(); done++) {
            int idle = Math.max(0, couldBeBusy - (group.size() - done));
            cost += idle * StateSeconds.seconds(axis.seen(group.get(done - 1).endTick(), group.get(done).endTick()));
        }
        List<Frame> hot = new HotPlaces(runs, stacks, HotPlaces.BUSY).add(last.thread(), othersEnd, last.endTick()).list();
        return new Finding(
                FindingClass.IMBALANCE,
                Finding.Severity.ofShare(cost / (couldBeBusy * span)),
                "Uneven work: %s runs alone for %s of %s".formatted(facts.name(last.thread()), Say.seconds(alone), Say.seconds(span)),
                ("Of %d threads that do the same, the others had nothing to do any more %s before the last was done; it was in %s meanwhile. "
                        + "First done was %s, after %s.")
                        .formatted(
                                group.size(),
                                Say.seconds(alone),
                                Say.first(hot),
                                facts.name(group.getFirst().thread()),
                                Say.seconds(StateSeconds.seconds(axis.seen(start, group.getFirst().endTick())))),
                hot,
                cost,
                0.9 * Confidence.ofTicks(last.endTick() - othersEnd),
                Advice.IMBALANCE,
                List.of());
    }
}

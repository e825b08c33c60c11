package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Locks that are taken in contradicting orders, whether or not it has ended in a deadlock. Inversions at the same lines are one finding. */
final class LockOrderRule implements Rule {
    /** Ticks at which each step was seen, for the finding to be of high severity. */
    private static final int TICKS = 3;

    @Override
    public List<Finding> findings(Facts facts) {
        Stacks stacks = new Stacks(facts.recording());
        Set<Set<Integer>> deadlocked = facts.deadlocks().stream()
                .map(deadlock -> deadlock.links().stream().map(Deadlock.Link::lock).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        Map<Set<@Nullable Frame>, List<Inversion>> byLines = new LinkedHashMap<>();
        for (Inversion inversion : LockOrder.of(facts.recording())) {
            Set<@Nullable Frame> lines = new HashSet<>();
            for (Inversion.Step step : inversion.steps()) {
                lines.add(stacks.place(step.heldStack()));
                lines.add(stacks.place(step.takenStack()));
            }
            if (!deadlocked.contains(locks(inversion))) {
                byLines.computeIfAbsent(lines, l -> new ArrayList<>()).add(inversion);
            }
        }
        return byLines.values().stream().map(same -> finding(facts, stacks, same)).toList();
    }

    private static Set<Integer> locks(Inversion inversion) {
        return inversion.steps().stream().map(Inversion.Step::held).collect(Collectors.toSet());
    }

    private static Finding finding(Facts facts, Stacks stacks, List<Inversion> same) {
        Inversion first = same.getFirst();
        List<Recording.Lock> locks = facts.recording().locks();
        long ticks = same.stream().mapToLong(Inversion::ticks).sum();
        List<String> names = first.steps().stream().map(step -> locks.get(step.held()).name()).toList();
        Places where = new Places();
        first.steps().forEach(step -> where.add(stacks.place(step.takenStack())).add(stacks.place(step.heldStack())));
        String others = same.size() == 1 ? "" : " So did %s more of locks at the same lines.".formatted(Say.count(same.size() - 1L, "set"));
        String evidence = first.steps().stream()
                        .map(step -> "%s took %s in %s while it held %s in %s."
                                .formatted(
                                        facts.name(step.thread()),
                                        LockNames.described(locks.get(step.taken())),
                                        Say.place(stacks.place(step.takenStack())),
                                        LockNames.described(locks.get(step.held())),
                                        Say.place(stacks.place(step.heldStack()))))
                        .collect(Collectors.joining(" "))
                + " The rarest of these was seen at " + Say.count(ticks, "tick") + "." + others;
        return new Finding(
                FindingClass.LOCK,
                ticks >= TICKS ? Finding.Severity.HIGH : Finding.Severity.MEDIUM,
                "Lock order: %s are taken in opposite orders, which can deadlock".formatted(Say.list(names)),
                evidence,
                where.list(),
                0,
                Confidence.ofHolder(Confidence.WITH) * Confidence.ofTicks(ticks),
                "Take these locks in the same order everywhere: by a fixed rank, or sorted by id().",
                same.stream().flatMap(inversion -> locks(inversion).stream()).distinct().sorted().toList());
    }
}

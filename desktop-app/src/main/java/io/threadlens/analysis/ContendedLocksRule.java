package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Locks that threads wait for: the program's own, those of shared objects, those of the interpreter. */
final class ContendedLocksRule implements Rule {
    /** Share of the time in which threads had something to do. */
    static final double SHARE = 0.05;

    private static final List<FindingClass> KINDS = List.of(FindingClass.LOCK, FindingClass.CRITICAL_SECTION, FindingClass.INTERPRETER_LOCK);

    @Override
    public List<Finding> findings(Facts facts) {
        // Whoever waits for a lock of a deadlock waits for the deadlock.
        Set<Integer> dead = facts.deadlocks().stream()
                .flatMap(deadlock -> deadlock.links().stream())
                .map(Deadlock.Link::lock)
                .collect(Collectors.toSet());
        List<LockContention> contention = facts.contention().stream().filter(lock -> !dead.contains(lock.lock())).toList();
        List<Finding> findings = new ArrayList<>();
        for (FindingClass kind : KINDS) {
            List<LockGroup> groups = LockGroup.of(contention.stream().filter(lock -> lock.kind() == kind).toList());
            List<LockGroup> heavy = groups.stream().filter(group -> facts.share(group.seconds()) >= SHARE).toList();
            heavy.forEach(group -> findings.add(finding(facts, group)));
            LockGroup all = LockGroup.together(groups);
            if (heavy.isEmpty() && facts.share(all.seconds()) >= SHARE) {
                findings.add(finding(facts, all));
            }
        }
        return findings;
    }

    private static Finding finding(Facts facts, LockGroup group) {
        double share = facts.share(group.seconds());
        List<LockGroup.Meeting> meetings = group.meetings(new Stacks(facts.recording()));
        Places where = new Places();
        meetings.stream().filter(meeting -> meeting.holder() != null).limit(1).forEach(meeting -> where.add(meeting.waiter()).add(meeting.holder()));
        meetings.stream().limit(3).forEach(meeting -> where.add(meeting.waiter()));
        return new Finding(
                group.kind(),
                Finding.Severity.ofShare(share),
                "%s: threads wait for %s %s of their time".formatted(what(group.kind()), group.label(), Say.percent(share)),
                evidence(facts, group, meetings),
                where.list(),
                group.seconds(),
                group.confidence(),
                advice(group, where.list()),
                group.locks().stream().map(LockContention::lock).toList());
    }

    private static String evidence(Facts facts, LockGroup group, List<LockGroup.Meeting> meetings) {
        List<String> waiters = group.waiters().stream().map(facts::name).toList();
        StringBuilder text = new StringBuilder("%s (%s) waited %s in %s, the longest %s."
                .formatted(
                        Say.count(waiters.size(), "thread"),
                        Say.list(waiters),
                        Say.seconds(group.seconds()),
                        Say.count(group.waits(), "wait"),
                        Say.seconds(group.longestSeconds())));
        LockGroup.Meeting most = meetings.getFirst();
        text.append(" ")
                .append(Say.percent(most.seconds() / group.seconds()))
                .append(" of it in ")
                .append(Say.place(most.waiter()))
                .append(most.holder() == null ? ", where it is not known who held it." : " while " + Say.place(most.holder()) + " held it.");
        if (group.spinSeconds() > 0) {
            text.append(" ").append(Say.seconds(group.spinSeconds())).append(" of it was spent on a core, asking again and again.");
        }
        return text.toString();
    }

    private static String what(FindingClass kind) {
        return switch (kind) {
            case CRITICAL_SECTION -> "Shared object";
            case INTERPRETER_LOCK -> "Lock of the interpreter";
            default -> "Lock";
        };
    }

    private static String advice(LockGroup group, List<Frame> where) {
        String place = where.isEmpty() ? "there" : "in " + Say.place(where.getLast());
        return switch (group.kind()) {
            case CRITICAL_SECTION -> "All threads change one object, which lets one of them in at a time. Give each thread an object of its own and join them at the end, or "
                    + "collect locally and change the shared one once for many items.";
            case INTERPRETER_LOCK -> LockNames.IMPORT_LOCK.equals(group.label())
                    ? "Import the module before the threads start."
                    : "Do what takes this lock less often, or before the threads start: making classes, changing class attributes, importing.";
            default -> "Hold the lock for less: move work out of the block %s, or divide what it guards so that each part has a lock of its own.".formatted(place);
        };
    }
}

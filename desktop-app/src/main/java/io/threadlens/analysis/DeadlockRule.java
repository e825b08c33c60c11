package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.List;
import java.util.stream.Collectors;

/** Threads that will never move again. */
final class DeadlockRule implements Rule {
    @Override
    public List<Finding> findings(Facts facts) {
        return facts.deadlocks().stream().map(deadlock -> finding(facts, deadlock)).toList();
    }

    private static Finding finding(Facts facts, Deadlock deadlock) {
        List<Deadlock.Link> links = deadlock.links();
        List<Recording.Lock> locks = facts.recording().locks();
        Places where = new Places();
        links.forEach(link -> where.add(link.waitPlace()).add(link.holdPlace()));
        List<String> names = links.stream().map(link -> facts.name(link.waiter())).toList();
        String title = links.size() == 1
                ? "Deadlock: %s waits for %s, which it holds itself".formatted(names.getFirst(), links.getFirst().label())
                : "Deadlock: %s wait for each other".formatted(Say.list(names));
        String evidence = links.stream()
                        .map(link -> "%s waits in %s for %s, which %s holds in %s."
                                .formatted(
                                        facts.name(link.waiter()),
                                        Say.place(link.waitPlace()),
                                        LockNames.described(locks.get(link.lock())),
                                        facts.name(link.holder()),
                                        Say.place(link.holdPlace())))
                        .collect(Collectors.joining(" "))
                + " Nothing of it has moved for " + Say.seconds(deadlock.seconds()) + ".";
        return new Finding(
                FindingClass.DEADLOCK,
                Finding.Severity.HIGH,
                title,
                evidence,
                where.list(),
                deadlock.seconds() * links.size(),
                Confidence.ofHolder(Confidence.WITH),
                links.size() == 1
                        ? "Use an RLock, or split the function so that the inner part expects the lock to be held."
                        : "Take these locks in the same order everywhere, or one lock for what they guard together.",
                links.stream().map(Deadlock.Link::lock).toList());
    }
}

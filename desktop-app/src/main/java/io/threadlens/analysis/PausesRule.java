package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.List;

/** Stop-the-world pauses: threads that are held still while one of them collects garbage, or changes what all of them use. */
final class PausesRule implements Rule {
    private static final double SHARE = 0.03;

    @Override
    public List<Finding> findings(Facts facts) {
        PauseSummary pauses = facts.pauses();
        double share = facts.share(pauses.lostSeconds());
        if (share < SHARE || pauses.count() == 0) {
            return List.of();
        }
        boolean collects = pauses.collectionSeconds() > pauses.seconds() / 2;
        Places where = new Places();
        pauses.requesters().stream().limit(3).forEach(requester -> where.add(requester.place()));
        PauseSummary.Requester most = pauses.requesters().isEmpty() ? null : pauses.requesters().getFirst();
        double known = pauses.requesters().stream().mapToDouble(PauseSummary.Requester::seconds).sum() / pauses.seconds();
        String evidence = "%s, %s together, the longest %s, of which %s collected garbage. Threads were held still for %s of their time.%s"
                .formatted(
                        Say.count(pauses.count(), "pause"),
                        Say.seconds(pauses.seconds()),
                        Say.seconds(pauses.longestSeconds()),
                        pauses.collections() == pauses.count() ? "all" : String.valueOf(pauses.collections()),
                        Say.seconds(pauses.lostSeconds()),
                        most == null
                                ? " It is not known who asked."
                                : " %s of the pauses' time was asked for by %s.".formatted(Say.percent(most.seconds() / pauses.seconds()), Say.place(most.place())));
        return List.of(new Finding(
                FindingClass.STOP_THE_WORLD,
                Finding.Severity.ofShare(share),
                "%s stop all threads: %s of their time is lost".formatted(collects ? "Garbage collections" : "Pauses", Say.percent(share)),
                evidence,
                where.list(),
                pauses.lostSeconds(),
                (0.8 + 0.2 * known) * Confidence.ofTicks(ticks(facts)),
                collects
                        ? "Collect less often: do not call gc.collect() in a loop, raise gc.set_threshold(), freeze what stays with gc.freeze(), make fewer cycles."
                        : "Do not do in a loop what stops the world: changing class attributes or functions, making classes, sys._current_frames(), gc.get_objects().",
                List.of()));
    }

    private static long ticks(Facts facts) {
        return Math.round(facts.seconds(ThreadState.PAUSED) * facts.recording().info().rateHz());
    }
}

package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;

/** Many more threads want a core than there are. Two for each core are common and cost little; from there on they get in each other's way. */
final class OversubscribedRule implements Rule {
    /** Threads that want a core, for each core. */
    private static final double MEDIUM = 4;

    @Override
    public List<Finding> findings(Facts facts) {
        if (!facts.isCrowded()) {
            return List.of();
        }
        BusyCount.Crowd crowd = facts.crowd();
        return List.of(new Finding(
                FindingClass.OVERSUBSCRIBED,
                crowd.wanted() >= MEDIUM * facts.cores() ? Finding.Severity.MEDIUM : Finding.Severity.LOW,
                "%d threads want one of %d cores".formatted(Math.round(crowd.wanted()), facts.cores()),
                "For %s of %s more threads wanted a core than there are, %d of them on average; they waited %s for one. %s."
                        .formatted(
                                Say.seconds(crowd.seconds()),
                                Say.seconds(facts.seenSeconds()),
                                Math.round(crowd.wanted()),
                                Say.seconds(crowd.excessSeconds()),
                                Say.busyCores(facts)),
                hot(facts),
                crowd.excessSeconds(),
                Confidence.ofTicks(Math.round(crowd.seconds() * facts.recording().info().rateHz())),
                "Use about as many threads as there are cores for what only computes.",
                List.of()));
    }

    private static List<Frame> hot(Facts facts) {
        TickAxis axis = TickAxis.of(facts.recording());
        HotPlaces hot = new HotPlaces(new SampleRuns(facts.recording()), new Stacks(facts.recording()), HotPlaces.READY);
        facts.threads().forEach(thread -> hot.add(thread.number(), axis.first(), axis.end()));
        return hot.list();
    }
}

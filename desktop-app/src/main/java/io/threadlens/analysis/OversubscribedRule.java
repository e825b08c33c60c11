package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.List;

/** Many more threads want a core than there are. Two for each core are common and cost little; from there on they get in each other's way. */
final class OversubscribedRule implements Rule {
    /** Share of the time for which more want a core than there are. */
    private static final double CROWDED = 0.3;
    /** Threads that want a core, for each core. */
    private static final double LOW = 2.5;

    private static final double MEDIUM = 4;

    @Override
    public List<Finding> findings(Facts facts) {
        BusyCount.Crowd crowd = facts.crowd();
        double perCore = crowd.wanted() / facts.cores();
        if (crowd.seconds() < CROWDED * facts.seenSeconds() || perCore < LOW || crowd.excessSeconds() < facts.waitingSeconds()) {
            return List.of();
        }
        return List.of(new Finding(
                FindingClass.OVERSUBSCRIBED,
                perCore >= MEDIUM ? Finding.Severity.MEDIUM : Finding.Severity.LOW,
                "%.0f threads want one of %d cores".formatted(crowd.wanted(), facts.cores()),
                "For %s of %s more threads were ready than there are cores, %.1f of them on average; they waited %s for a core. %.2f cores were busy on average."
                        .formatted(
                                Say.seconds(crowd.seconds()),
                                Say.seconds(facts.seenSeconds()),
                                crowd.wanted(),
                                Say.seconds(crowd.excessSeconds()),
                                facts.busy().mean()),
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

package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The GIL is on and threads queue for it, or it was turned on while the program ran. */
final class GilRule implements Rule {
    private static final double SHARE = 0.05;
    /** For how long before the GIL is seen to be on the import that turned it on may have begun. */
    private static final long IMPORT_NS = 250_000_000;


    @Override
    public List<Finding> findings(Facts facts) {
        double lost = facts.seconds(ThreadState.GIL);
        double share = facts.share(lost);
        Report.GilChange turnedOn = turnedOn(facts);
        if (share < SHARE && turnedOn == null) {
            return List.of();
        }
        long ticks = Math.round(lost * facts.recording().info().rateHz());
        List<LockContention> gil = facts.contention().stream().filter(lock -> lock.kind() == FindingClass.GIL).toList();
        Stacks stacks = new Stacks(facts.recording());
        Places where = new Places();
        if (turnedOn != null) {
            where.add(importingAt(facts, stacks, turnedOn.atSeconds()));
        }
        LockGroup.of(gil).forEach(group -> group.meetings(stacks).stream()
                .filter(meeting -> meeting.holder() != null)
                .limit(2)
                .forEach(meeting -> where.add(meeting.holder()).add(meeting.waiter())));
        String cause = turnedOn == null || turnedOn.cause() == null ? "" : " by " + turnedOn.cause();
        String title = turnedOn == null
                ? "The GIL is on: threads queue for it %s of their time".formatted(Say.percent(share))
                : "The GIL was turned on%s at %s: threads queue for it %s of their time"
                        .formatted(cause, Say.seconds(turnedOn.atSeconds()), Say.percent(share));
        return List.of(new Finding(
                FindingClass.GIL,
                Finding.Severity.ofShare(share),
                title,
                evidence(facts, lost),
                where.list(),
                lost,
                turnedOn == null ? Confidence.ofTicks(ticks) : 1,
                advice(facts, turnedOn),
                gil.stream().map(LockContention::lock).toList()));
    }

    /** The last change, if it turned the GIL on. */
    private static Report.@Nullable GilChange turnedOn(Facts facts) {
        Report.GilChange last = facts.gilChanges().isEmpty() ? null : facts.gilChanges().getLast();
        return last != null && last.enabled() ? last : null;
    }

    /** The line that imported something at about that time, the nearest before it first. */
    private static @Nullable Frame importingAt(Facts facts, Stacks stacks, double atSeconds) {
        TickAxis axis = TickAxis.of(facts.recording());
        long at = axis.startNs() + Math.round(atSeconds * 1e9);
        SampleRuns runs = new SampleRuns(facts.recording());
        Nearest nearest = new Nearest();
        for (int thread = 0; thread < facts.threads().size(); thread++) {
            runs.visit(thread, axis.from(at - IMPORT_NS), axis.from(at + 1), (from, to, state, flags, stack) -> {
                if (to > nearest.tick && stacks.calls(stack).stream().anyMatch(GilRule::imports)) {
                    nearest.tick = to;
                    nearest.place = stacks.place(stack);
                }
            });
        }
        return nearest.place;
    }

    private static boolean imports(Frame call) {
        return call.file() != null && call.file().contains("importlib._bootstrap");
    }

    private static final class Nearest {
        int tick = -1;
        @Nullable Frame place;
    }

    private static String evidence(Facts facts, double lost) {
        long queueing = facts.states().stream().filter(states -> states.of(ThreadState.GIL) > 0).count();
        List<Event> switches = facts.recording().events().stream().filter(event -> event.kind().equals("gilSwitches")).toList();
        String handOvers = "";
        if (switches.size() >= 2 && switches.getLast().time() > switches.getFirst().time()) {
            double seconds = StateSeconds.seconds(switches.getLast().time() - switches.getFirst().time());
            handOvers = " It changed hands %d times a second."
                    .formatted(Math.round((switches.getLast().value() - switches.getFirst().value()) / seconds));
        }
        return "%s waited %s in the queue for it; %s.%s"
                .formatted(Say.count(queueing, "thread"), Say.seconds(lost), Say.busyCores(facts), handOvers);
    }

    private static String advice(Facts facts, Report.@Nullable GilChange turnedOn) {
        if (turnedOn != null && turnedOn.cause() != null) {
            return ("Use a version of %s that declares support for running without the GIL, do without it, or, where you know that it is safe, set "
                            + "PYTHON_GIL=0.")
                    .formatted(turnedOn.cause());
        }
        return facts.process().freeThreadedBuild()
                ? Advice.GIL_IS_ON
                : Advice.GIL_BUILD;
    }
}

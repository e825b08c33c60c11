package io.threadlens.view.compare;

import io.threadlens.session.Configuration;
import io.threadlens.session.Interpreters;
import io.threadlens.session.RunOutcome;
import io.threadlens.session.RunSet;
import io.threadlens.session.SetSides;
import java.util.ArrayList;
import java.util.List;

/** What is said of a set of recordings. */
public final class SetWords {
    private static final int MOST_FAILURES = 2;

    private SetWords() {}

    /** Whether some of what was planned is not there. */
    public static boolean isLacking(RunSet set) {
        return set.runs().size() < set.plan().steps().size() || set.runs().stream().anyMatch(run -> !run.comparable()) || !set.plan().interpreters().missing().isEmpty();
    }

    /** Where it is, what it lacks and why, and which of it the timelines show. */
    public static String of(RunSet set, SetSides.Recordings shown) {
        int planned = set.plan().steps().size();
        long good = set.runs().stream().filter(RunSet.Run::comparable).count();
        List<String> sentences = new ArrayList<>();
        sentences.add((good == planned ? good + " recordings are" : good + " of " + planned + " runs ended well; their recordings are") + " in " + set.folder());
        List<RunSet.Run> failed = set.runs().stream().filter(run -> run.outcome().kind() == RunOutcome.Kind.FAILED).toList();
        failed.stream().limit(MOST_FAILURES).forEach(run -> sentences.add(run.step().label(set.plan().repeats()) + ": " + how(run)));
        if (failed.size() > MOST_FAILURES) {
            sentences.add(failed.size() - MOST_FAILURES + " more failed");
        }
        for (Interpreters.Missing missing : set.plan().interpreters().missing()) {
            sentences.add(missing.kind().label() + " was left out: " + missing.reason());
        }
        if (shown.threads() != null) {
            sentences.add("The timelines show the first runs with " + (shown.threads() == 1 ? "1 thread" : shown.threads() + " threads"));
        } else if (set.plan().repeats() > 1) {
            sentences.add("The timelines show the first run of each side");
        }
        return String.join(". ", sentences) + ".";
    }

    /** Why nothing of it can be compared. */
    public static String nothing(RunSet set) {
        List<String> sentences = new ArrayList<>();
        for (Configuration configuration : set.plan().interpreters().configurations()) {
            List<RunSet.Run> runs = set.runs().stream().filter(run -> run.step().configuration().kind() == configuration.kind()).toList();
            if (runs.stream().anyMatch(RunSet.Run::comparable)) {
                continue;
            }
            List<RunSet.Run> failed = runs.stream().filter(run -> run.outcome().kind() == RunOutcome.Kind.FAILED).toList();
            String label = configuration.kind().label();
            sentences.add(failed.isEmpty() ? label + ": no run came to its end"
                    : label + ": " + (failed.size() == 1 ? "the run failed" : "all " + failed.size() + " runs failed") + ", " + how(failed.getLast()));
        }
        if (sentences.isEmpty()) {
            sentences.add("At no thread count did a run with the GIL and one without it end well");
        }
        sentences.add("What was recorded is in " + set.folder());
        return String.join(". ", sentences) + ".";
    }

    private static String how(RunSet.Run run) {
        return run.outcome().message() + (run.log() == null ? "" : " (what it wrote is in " + run.log() + ")");
    }
}

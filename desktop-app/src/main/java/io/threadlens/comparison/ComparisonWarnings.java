package io.threadlens.comparison;

import io.threadlens.analysis.Report.GilChange;
import io.threadlens.analysis.Say;
import io.threadlens.model.CommandWords;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What keeps two sides from being compared as they are, and what that means for the comparison, each in a sentence or two. */
final class ComparisonWarnings {
    /** What a comparison needs of what an agent can do, and what is not known without. */
    private static final Map<String, String> NEEDED = Map.of(
            "states", "what its threads did when they were not running is not known",
            "waits", "which lock its threads waited for is not known",
            "holders", "who held the locks that its threads waited for is not known",
            "refcounts", "what fights over reference counts cost it is not known, and counts as slower code",
            "pauses", "for how long it was held still is not known");
    /** Share of the ticks, from where on it matters that they were missed. */
    private static final double MISSED = 0.05;
    /** Share of the cores' time. */
    private static final double UNKNOWN = 0.1;
    /** Share of the cores that others had. */
    private static final double TAKEN = 0.2;
    /** Two wall times this close, of programs whose work differs by more than the other share, are those of a clock. */
    private static final double SAME_WALL = 0.02;

    private static final double OTHER_WORK = 0.1;

    private final Side a;
    private final Side b;
    private final List<String> warnings = new ArrayList<>();

    private ComparisonWarnings(Side a, Side b) {
        this.a = a;
        this.b = b;
    }

    static List<String> of(Side a, Side b, Decomposition decomposition) {
        ComparisonWarnings warnings = new ComparisonWarnings(a, b);
        warnings.sameRecording();
        warnings.programs();
        warnings.configurations();
        warnings.machines();
        warnings.runs("A", a);
        warnings.runs("B", b);
        warnings.numberOfRuns();
        warnings.gil();
        warnings.fixedTime();
        warnings.seen("A", a, decomposition.coresA() * decomposition.wallA());
        warnings.seen("B", b, decomposition.cores() * decomposition.wallB());
        warnings.features();
        return List.copyOf(warnings.warnings);
    }

    private void warn(String format, Object... words) {
        warnings.add(String.format(Locale.ROOT, format, words));
    }

    private void sameRecording() {
        for (Run one : a.runs()) {
            for (Run other : b.runs()) {
                RecordingInfo info = one.info();
                RecordingInfo otherInfo = other.info();
                boolean same = info.startedUnixNs() == otherInfo.startedUnixNs()
                        && info.process().pid() == otherInfo.process().pid()
                        && info.process().host().equals(otherInfo.process().host());
                if (same && one.wall() == other.wall()) {
                    warn("A recording of A is also one of B: nothing differs between them.");
                    return;
                }
            }
        }
    }

    private void programs() {
        CommandWords one = CommandWords.of(a.process().command());
        CommandWords other = CommandWords.of(b.process().command());
        if (one.program().isEmpty() || other.program().isEmpty()) {
            return;
        }
        if (!one.program().equals(other.program())) {
            warn("A ran %s and B ran %s: the speed-up is meaningless unless both do the same work.", one.program(), other.program());
        } else if (!one.arguments().equals(other.arguments())) {
            warn(
                    "The program was told something else: %s for A, and %s for B. If that changes its work, the speed-up is not one of the same work.",
                    words(one.arguments()),
                    words(other.arguments()));
        }
        mixed("A", a);
        mixed("B", b);
    }

    private void mixed(String name, Side side) {
        if (side.runs().stream().map(run -> run.info().process().configuration()).distinct().count() > 1) {
            warn("The recordings of %s are not all of one configuration: their mean is that of none.", name);
        }
    }

    private static String words(List<String> arguments) {
        return arguments.isEmpty() ? "nothing" : String.join(" ", arguments);
    }

    private void configurations() {
        String one = a.configuration();
        String other = b.configuration();
        if (one.equals(other)) {
            warn("Both are recordings of the same configuration, %s: what differs is not the GIL.", one);
        } else if (b.process().gilEnabled() && !a.process().gilEnabled()) {
            warn("A ran without the GIL and B with it: the speed-up is that of turning the GIL on.");
        }
        differ(ProcessInfo::python, "A ran on Python %s and B on %s: a part of the difference may be that of the versions.");
    }

    private void machines() {
        differ(ProcessInfo::host, "A was recorded on %s and B on %s: a part of the difference may be that of the machines.");
        differ(process -> String.valueOf(process.cores()), "A had %s cores and B had %s: each is measured by its own.");
        if (a.first().info().rateHz() != b.first().info().rateHz()) {
            warn(
                    "A was looked at %.0f times a second and B %.0f times: times are right on average in both, but what is short is seen less well in one, and a higher "
                            + "rate takes more of the machine.",
                    a.first().info().rateHz(),
                    b.first().info().rateHz());
        }
    }

    private void differ(Function<ProcessInfo, String> what, String words) {
        String one = what.apply(a.process());
        String other = what.apply(b.process());
        if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
            warn(words, one, other);
        }
    }

    private void runs(String name, Side side) {
        for (int i = 0; i < side.runs().size(); i++) {
            Run run = side.runs().get(i);
            String which = side.runs().size() == 1 ? name : "Run " + (i + 1) + " of " + name;
            String failure = run.failure();
            RecordingInfo.End end = run.info().end();
            if (!run.info().complete() || end == null) {
                warn("The recording of %s was cut short: its wall time is that of the recording, not of the program.", which);
            } else if (failure != null) {
                warn("%s failed, %s: it may have done less than the others.", which, failure);
            } else if (!run.isWhole()) {
                warn("The recording of %s ended before the program (%s): its wall time is that of the recording.", which, end.reason());
            } else if (end.exitCode() == null) {
                warn("%s was attached to while it ran: its wall time is that of the recording, and what came before is missing.", which);
            }
        }
    }

    private void numberOfRuns() {
        if (a.runs().size() != b.runs().size()) {
            warn(
                    "A has %s and B %s: %s",
                    Say.count(a.runs().size(), "run"),
                    Say.count(b.runs().size(), "run"),
                    Math.min(a.runs().size(), b.runs().size()) == 1
                            ? "one run does not tell how much the next would differ, so what is different is decided by an allowance."
                            : "the mean of fewer runs is less certain.");
        }
    }

    private void gil() {
        for (Run run : b.runs()) {
            for (GilChange change : run.process().gilChanges()) {
                if (change.enabled()) {
                    warn(
                            "The GIL was turned on in B at %s%s: from then on it is no run without the GIL.",
                            Say.seconds(change.atSeconds()),
                            change.cause() == null ? "" : " by " + change.cause());
                    return;
                }
            }
        }
    }

    private void fixedTime() {
        double wallA = a.mean(Run::wall);
        double wallB = b.mean(Run::wall);
        double workA = a.mean(run -> run.losses().work());
        double workB = b.mean(run -> run.losses().work());
        boolean sameWall = Math.abs(wallA - wallB) <= SAME_WALL * Math.max(wallA, wallB);
        boolean otherWork = Math.abs(workA - workB) > OTHER_WORK * Math.max(workA, workB);
        if (sameWall && otherWork) {
            warn(
                    "Both took %s, while their threads were on a core for %s and %s: the program seems to run for a fixed time. Then its wall time says nothing, and how "
                            + "much it got done is not known here.",
                    Say.seconds(wallB),
                    Say.seconds(workA),
                    Say.seconds(workB));
        }
    }

    private void seen(String name, Side side, double capacity) {
        double missed = side.mean(run -> run.recording().missedTicks());
        double ticks = side.mean(run -> run.recording().ticks());
        if (missed > MISSED * (missed + ticks)) {
            warn("%s of the ticks of %s were missed: the machine was too busy to look. Times are less certain.", Say.percent(missed / (missed + ticks)), name);
        }
        double unknown = side.mean(run -> run.losses().of(LossClass.UNEXPLAINED));
        if (unknown > UNKNOWN * capacity) {
            warn("What %s did is not known for %s of its cores' time: that is unexplained.", name, Say.percent(unknown / capacity));
        }
        double taken = side.runs().stream().mapToDouble(Run::taken).max().orElse(0);
        if (taken > TAKEN) {
            warn(
                    "Other programs had %s of the cores that %s wanted: its wall time is longer for that, and only large differences can be told from noise.",
                    Say.percent(taken),
                    name);
        }
    }

    private void features() {
        Map<String, String> offA = off(a);
        Map<String, String> offB = off(b);
        TreeSet<String> off = new TreeSet<>(offA.keySet());
        off.addAll(offB.keySet());
        for (String feature : off) {
            String lacking = NEEDED.get(feature);
            if (lacking != null) {
                boolean both = offA.containsKey(feature) && offB.containsKey(feature);
                String which = both ? "A and B" : offA.containsKey(feature) ? "A" : "B";
                String why = String.valueOf(offA.getOrDefault(feature, offB.get(feature)));
                warn("%s: %s (%s).%s", which, lacking, why, both ? "" : " The other side has it: the two cannot be compared in that.");
            }
        }
    }

    /** With the GIL on nobody fights over reference counts: there is nothing to look for. */
    private static Map<String, String> off(Side side) {
        Map<String, String> off = new TreeMap<>(side.first().recording().off());
        if (side.process().gilEnabled()) {
            off.remove("refcounts");
        }
        return off;
    }
}

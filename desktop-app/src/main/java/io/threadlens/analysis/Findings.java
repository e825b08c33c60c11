package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a recording's program loses its time to, the worst first; {@link FindingClass#NONE} where nothing is of weight. */
public final class Findings {
    private static final List<Rule> RULES = List.of(
            new DeadlockRule(),
            new ContendedLocksRule(),
            new LockOrderRule(),
            new PausesRule(),
            new GilRule(),
            new RefcountRule(),
            new SerialRule(),
            new ImbalanceRule(),
            new OversubscribedRule());

    /** Share of the time in which threads had something to do, from where on waiting is of weight, even if no rule can say why. */
    private static final double WEIGHT = 0.1;

    private Findings() {}

    public static List<Finding> of(Recording recording) {
        return ReportBuilder.of(recording, null).findings();
    }

    static List<Finding> of(Facts facts) {
        if (facts.samples() == 0) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        RULES.forEach(rule -> findings.addAll(rule.findings(facts)));
        boolean light = findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.LOW);
        // Of a recording that does not say for what threads waited it cannot be said that they lost nothing.
        if (light && facts.share(facts.waitingSeconds()) < WEIGHT) {
            findings.add(NothingOfWeight.finding(facts));
        }
        findings.sort(Comparator.comparing(Finding::severity).thenComparing(Comparator.comparingDouble(Finding::costSeconds).reversed()));
        return findings;
    }
}

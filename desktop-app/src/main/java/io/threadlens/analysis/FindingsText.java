package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The part of the report for a terminal that says what the threads lost, and to what: findings, deadlocks among them, then locks. At most 100 columns
 * wide.
 */
public final class FindingsText {
    private static final int WIDTH = 100;
    private static final int INDENT = 4;
    private static final int MAX_LOCKS = 10;
    private static final int MAX_LINES = 3;

    private final StringBuilder out;
    private final ReportThreads threads;

    private FindingsText(StringBuilder out, Report report) {
        this.out = out;
        this.threads = new ReportThreads(report);
    }

    static void write(StringBuilder out, Report report) {
        FindingsText text = new FindingsText(out, report);
        report.findings().forEach(finding -> write(out, finding));
        text.contention(report.contention());
    }

    /** One finding, after an empty line. */
    public static void write(StringBuilder out, Finding finding) {
        out.append('\n');
        String cost = finding.costSeconds() > 0 ? ", costs " + Say.seconds(finding.costSeconds()) : "";
        wrapped(out, 0, finding.title());
        String severity = finding.kind() == FindingClass.NONE || finding.kind() == FindingClass.SPEEDUP ? "" : ", " + finding.severity().label();
        wrapped(out, INDENT, "%s%s%s, confidence %s".formatted(finding.kind().label(), severity, cost, Say.percent(finding.confidence())));
        wrapped(out, INDENT, finding.evidence());
        finding.where().forEach(frame -> line(out, "    → %s  %s", frame.function() == null ? "?" : frame.function(), path(frame)));
        wrapped(out, INDENT, finding.advice());
    }

    private static String path(Frame frame) {
        return (frame.file() == null ? "?" : frame.file()) + (frame.line() > 0 ? ":" + frame.line() : "");
    }

    private void contention(List<LockContention> contention) {
        if (contention.isEmpty()) {
            return;
        }
        out.append('\n');
        line("%8s %7s %9s  %-16s %s", "s", "waits", "longest", "kind", "Locks, by the time waited for them");
        for (LockContention lock : contention.subList(0, Math.min(MAX_LOCKS, contention.size()))) {
            line("%8.2f %7d %9s  %-16s %s", lock.waitSeconds(), lock.waits(), Say.seconds(lock.longestSeconds()), lock.kind().label(), lock.label());
            LockLines.waiters(lock).stream()
                    .limit(MAX_LINES)
                    .forEach(waiter -> line("%8.2f    %s waits in %s", waiter.seconds(), name(waiter), Say.place(waiter.place())));
            LockLines.holders(lock).stream()
                    .limit(MAX_LINES)
                    .forEach(holder -> line(
                            "%8.2f    %s %s it in %s",
                            holder.seconds(),
                            name(holder),
                            holder.inferred() ? "probably held" : "held",
                            Say.place(holder.place())));
        }
        if (contention.size() > MAX_LOCKS) {
            line("… and %d more; --json has all of them", contention.size() - MAX_LOCKS);
        }
    }

    private String name(LockLines.Line line) {
        String name = threads.name(line.thread());
        return name != null ? name : "thread " + threads.tid(line.thread());
    }

    /** Words in lines of at most 100 columns, indented. */
    public static void wrapped(StringBuilder out, int indent, String text) {
        List<String> row = new ArrayList<>();
        int width = indent;
        for (String word : text.split(" ")) {
            if (!row.isEmpty() && width + word.length() > WIDTH) {
                line(out, "%s%s", " ".repeat(indent), String.join(" ", row));
                row.clear();
                width = indent;
            }
            row.add(word);
            width += word.length() + 1;
        }
        line(out, "%s%s", " ".repeat(indent), String.join(" ", row));
    }

    private void line(String format, Object... arguments) {
        line(out, format, arguments);
    }

    private static void line(StringBuilder out, String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
    }
}

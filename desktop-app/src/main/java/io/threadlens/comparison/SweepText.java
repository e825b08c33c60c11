package io.threadlens.comparison;

import io.threadlens.analysis.FindingsText;
import io.threadlens.analysis.Say;
import java.util.List;
import java.util.Locale;

/** A sweep of thread counts for a person with a terminal: how each configuration grows and what law it follows, then the count at which b took least. */
public final class SweepText {
    private SweepText() {}

    public static String write(ThreadSweep sweep) {
        StringBuilder out = new StringBuilder();
        List<ThreadSweep.Curve> curves = sweep.curves();
        for (ThreadSweep.Curve curve : curves) {
            out.append(curve.configuration()).append('\n');
            out.append(String.format(Locale.ROOT, "  %7s  %14s%n", "threads", "times as much"));
            for (Sweep.At at : curve.sweep().curve()) {
                Estimate much = at.throughput();
                String interval = much.hasInterval() && at.threads() > 1 ? String.format(Locale.ROOT, "  (%.2f to %.2f)", much.low(), much.high()) : "";
                out.append(String.format(Locale.ROOT, "  %7d  %14.2f%s%s%n", at.threads(), much.value(), interval, at.fitted() ? "" : "  more than cores, not fitted"));
            }
            ScalingWords.of(curve.sweep()).forEach(words -> FindingsText.wrapped(out, 2, words));
            out.append('\n');
        }
        out.append(String.format(Locale.ROOT, "%7s  %s%n", "threads", "B against A"));
        for (ThreadSweep.Count count : sweep.counts()) {
            out.append(String.format(Locale.ROOT, "%7d  %11.2f%n", count.threads(), count.comparison().decomposition().speedup()));
        }
        ThreadSweep.Count best = sweep.best();
        out.append("\nWith ").append(Say.count(best.threads(), "thread")).append(", at which B took least:\n\n");
        return out.append(CompareText.write(best.comparison())).toString();
    }
}

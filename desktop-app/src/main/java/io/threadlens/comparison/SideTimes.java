package io.threadlens.comparison;

import io.threadlens.analysis.Measure;

/** Times by state of the same thing on both sides, ns; of several runs their mean. The arrays must not be changed. */
public record SideTimes(long[] a, long[] b) {
    public long a(Measure measure) {
        return measure.of(a);
    }

    public long b(Measure measure) {
        return measure.of(b);
    }
}

package io.threadlens.model;

/**
 * A stretch of time, from {@code startNs} up to but without {@code endNs}, in nanoseconds of the recorded machine's monotonic clock.
 */
public record TimeRange(long startNs, long endNs) {
    public TimeRange {
        if (endNs < startNs) {
            throw new IllegalArgumentException("a range ends before it starts: " + startNs + " to " + endNs);
        }
    }

    public long lengthNs() {
        return endNs - startNs;
    }

    public boolean contains(long ns) {
        return ns >= startNs && ns < endNs;
    }
}

package io.threadlens.comparison;

import org.jspecify.annotations.Nullable;

/**
 * By how much a figure of b is more than that of a, in the figure's unit.
 *
 * @param low         {@code b - a} is at least this in 95 of 100 cases where both sides have several runs; else what {@link Noise} allows is taken off
 * @param high        and at most this
 * @param significant whether it is called real; null where a side does not know the figure, which is NaN then, as are both ends of the interval
 */
public record Difference(double a, double b, double low, double high, @Nullable Boolean significant) {
    static Difference unknown(@Nullable Estimate a, @Nullable Estimate b) {
        return new Difference(a == null ? Double.NaN : a.value(), b == null ? Double.NaN : b.value(), Double.NaN, Double.NaN, null);
    }

    static Difference of(Estimate a, Estimate b, double halfWidth, boolean significant) {
        double by = b.value() - a.value();
        return new Difference(a.value(), b.value(), by - halfWidth, by + halfWidth, significant);
    }

    Difference real() {
        return new Difference(a, b, low, high, true);
    }

    /** {@code b - a}. */
    public double by() {
        return b - a;
    }
}

package io.threadlens.comparison;

/**
 * How much more or less of something b has than a.
 *
 * @param a         ns, or a share of the whole from 0 to 1
 * @param b         the same of b
 * @param allowance what they may differ by without anything having changed, in the same unit: see {@link CallDifference#change}
 */
public record CallChange(double a, double b, double allowance) {
    /** So many times as much, or as little, is shown as the most. */
    private static final double SATURATED = 2;

    public double difference() {
        return b - a;
    }

    /** b / a: infinite where a has nothing, 1 where neither has. */
    public double ratio() {
        return a == b ? 1 : b / a;
    }

    public boolean isWithinNoise() {
        return Math.abs(difference()) <= allowance;
    }

    /** How far to show it, from −1, at most half of what it was, to 1, at least twice; 0 where it may be noise. */
    public double strength() {
        return isWithinNoise() ? 0 : Math.clamp(Math.log(ratio()) / Math.log(SATURATED), -1, 1);
    }
}

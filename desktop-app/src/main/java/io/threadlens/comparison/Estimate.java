package io.threadlens.comparison;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a figure over the runs of a side, with the interval that has the true mean in it in 95 of 100 cases: the mean ± Student's t with
 * {@code runs - 1} degrees of freedom × s/√runs (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2). In the figure's own unit.
 *
 * @param low  equal to {@code value}, as {@code high} is, where there is one run only: one run does not tell how much the next would differ
 * @param runs of a ratio those of the side that has fewer
 */
public record Estimate(double value, double low, double high, int runs) {
    /** An interval of 95 % leaves so much on either side. */
    static final double TAIL = 0.025;

    /** Of one value a run. A figure that is not known in a run is no figure: the caller leaves it out. */
    public static Estimate of(double... runs) {
        if (runs.length == 0 || !Arrays.stream(runs).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("no mean of " + Arrays.toString(runs));
        }
        double mean = Arrays.stream(runs).average().orElseThrow();
        if (runs.length == 1) {
            return new Estimate(mean, mean, mean, 1);
        }
        double squares = Arrays.stream(runs).map(run -> (run - mean) * (run - mean)).sum();
        double half = quantile(runs.length - 1) * Math.sqrt(squares / (runs.length - 1) / runs.length);
        return new Estimate(mean, mean - half, mean + half, runs.length);
    }

    public boolean hasInterval() {
        return runs > 1;
    }

    /** The same in another unit, or for another amount. */
    public Estimate times(double factor) {
        double a = low * factor;
        double b = high * factor;
        return new Estimate(value * factor, Math.min(a, b), Math.max(a, b), runs);
    }

    /**
     * This mean divided by another: a speed-up, where both are times. The interval is that of the difference of the logarithms, each of which errs by
     * its mean's relative error (the delta method; Casella and Berger, Statistical Inference, 5.5.4), with the degrees of freedom of {@link Welch}.
     * So it never reaches 0, and the other way round it is the inverse. Both are means of runs, not themselves ratios, and greater than 0.
     */
    public Estimate over(Estimate other) {
        if (!(value > 0 && other.value > 0)) {
            throw new IllegalArgumentException("no ratio of " + value + " and " + other.value);
        }
        double ratio = value / other.value;
        int fewer = Math.min(runs, other.runs);
        if (fewer == 1) {
            return new Estimate(ratio, ratio, ratio, 1);
        }
        Welch logarithms = Welch.of(relativeVariance(), runs, other.relativeVariance(), other.runs, 0);
        double factor = Math.exp(logarithms.halfWidth());
        return new Estimate(ratio, ratio / factor, ratio * factor, fewer);
    }

    /** The variance of the mean, which the interval was made of; 0 where there is none. */
    double variance() {
        if (!hasInterval()) {
            return 0;
        }
        double error = (high - low) / 2 / quantile(runs - 1);
        return error * error;
    }

    /** Which is that of its logarithm, nearly. */
    double relativeVariance() {
        return variance() / (value * value);
    }

    static double quantile(double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(TAIL);
    }
}

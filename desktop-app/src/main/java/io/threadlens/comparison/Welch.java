package io.threadlens.comparison;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far two means are from each other, where their runs may vary unlike each other (B. L. Welch, The generalization of "Student's" problem when several
 * different population variances are involved, Biometrika 34, 1947; the degrees of freedom are his and Satterthwaite's).
 *
 * @param error of the difference of the means, one standard deviation
 */
record Welch(double error, double degreesOfFreedom) {
    /**
     * @param a     variance of the one mean, which is of {@code aRuns} runs, at least 2
     * @param least the variance of the difference that is there even where the runs do not show it, for few runs may agree by chance. It makes nothing surer: the
     *     degrees of freedom stay those of the runs.
     */
    static Welch of(double a, int aRuns, double b, int bRuns, double least) {
        double variance = a + b;
        if (variance == 0) {
            return new Welch(Math.sqrt(least), aRuns + bRuns - 2);
        }
        // By parts, for the square of a small variance may be too small to be told from 0.
        double partA = a / variance;
        double partB = b / variance;
        return new Welch(Math.sqrt(Math.max(variance, least)), 1 / (partA * partA / (aRuns - 1) + partB * partB / (bRuns - 1)));
    }

    /** Half of the difference's interval of 95 %. */
    double halfWidth() {
        return error == 0 ? 0 : error * Estimate.quantile(degreesOfFreedom);
    }

    /** How likely means of the same are at least so far apart, in either direction. Means that never vary differ or do not. */
    double chance(double difference) {
        if (difference == 0) {
            return 1;
        }
        return error == 0 ? 0 : 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(difference) / error);
    }
}

package io.threadlens.session;

import io.threadlens.session.PairPlan.Step;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How long the rest of a plan takes, going by the runs that have ended: a run takes what those of its configuration and thread count took, else what any took. */
public final class PairForecast {
    private final List<Step> steps;
    private final Map<String, DoubleSummaryStatistics> alike = new HashMap<>();
    private final DoubleSummaryStatistics any = new DoubleSummaryStatistics();

    public PairForecast(PairPlan plan) {
        steps = plan.steps();
    }

    /** A run has ended, so many seconds after it began. */
    public void ended(Step step, double seconds) {
        alike.computeIfAbsent(step.folder(), unused -> new DoubleSummaryStatistics()).accept(seconds);
        any.accept(seconds);
    }

    /**
     * Seconds from now to the end of the last run; none before one has ended.
     *
     * @param number  of the run that goes on, from 1
     * @param seconds since it began
     */
    public OptionalDouble left(int number, double seconds) {
        if (any.getCount() == 0) {
            return OptionalDouble.empty();
        }
        double left = Math.max(0, expected(steps.get(number - 1)) - seconds);
        for (Step step : steps.subList(number, steps.size())) {
            left += expected(step);
        }
        return OptionalDouble.of(left);
    }

    private double expected(Step step) {
        return alike.getOrDefault(step.folder(), any).getAverage();
    }
}

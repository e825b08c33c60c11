package io.threadlens.comparison;

import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One of the two that are compared: a configuration, recorded once or several times.
 *
 * @param runs at least one
 */
public record Side(List<Run> runs) {
    public Side {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a side has at least one run");
        }
        runs = List.copyOf(runs);
    }

    public Run first() {
        return runs.getFirst();
    }

    public ProcessInfo process() {
        return first().info().process();
    }

    /** That of its first run. */
    public String configuration() {
        return process().configuration();
    }

    /** A figure of each run. */
    public double[] each(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).toArray();
    }

    /** A figure, on average over the runs: averages add up as the figures do. */
    public double mean(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }
}

package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program compared at several thread counts.
 *
 * @param counts at least one, ascending
 */
public record ThreadSweep(List<Count> counts) {
    /** What is compared at one thread count. */
    public record Count(int threads, Comparison comparison) {}

    /** How much more a configuration does with more threads. */
    public record Curve(String configuration, Sweep sweep) {}

    public ThreadSweep {
        counts = counts.stream().sorted(Comparator.comparingInt(Count::threads)).toList();
    }

    /** The one at which b took least. */
    public Count best() {
        return counts.stream().min(Comparator.comparingDouble(count -> count.comparison.decomposition().wallB())).orElseThrow();
    }

    /** Of each configuration: a, b with the GIL on, b. What the program does with more threads is told by a, where that has the GIL. */
    public List<Curve> curves() {
        Map<String, List<Sweep.Point>> points = new LinkedHashMap<>();
        for (Count count : counts) {
            add(points, count.threads, count.comparison.a());
            Side gilOn = count.comparison.gilOn();
            if (gilOn != null) {
                add(points, count.threads, gilOn);
            }
            add(points, count.threads, count.comparison.b());
        }
        Side a = counts.getFirst().comparison.a();
        List<Sweep.Point> gil = a.process().gilEnabled() ? points.get(a.configuration()) : null;
        int cores = counts.getFirst().comparison.b().process().cores();
        List<Curve> curves = new ArrayList<>();
        points.forEach((configuration, of) -> curves.add(new Curve(configuration, Sweep.of(of, gil, cores))));
        return curves;
    }

    private static void add(Map<String, List<Sweep.Point>> points, int threads, Side side) {
        points.computeIfAbsent(side.configuration(), configuration -> new ArrayList<>())
                .add(new Sweep.Point(threads, Estimate.of(side.each(Run::wall)), Estimate.of(side.each(run -> run.losses().work()))));
    }
}

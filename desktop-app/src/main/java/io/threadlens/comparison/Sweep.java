package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much more a configuration does with more threads.
 *
 * @param work what is known of how much the program does with more threads, in words
 * @param fit  the laws; without any where one thread was not measured
 */
public record Sweep(List<At> curve, String work, ScalingFit fit) {
    /** Work within so much of a whole multiple is that multiple: what runs of one thing differ by, and what more threads cost by themselves. */
    private static final double NEAR = 0.15;

    /**
     * What was measured with a number of threads.
     *
     * @param wall s
     * @param cpu  time of all threads on a core, s
     */
    public record Point(int threads, Estimate wall, Estimate cpu) {}

    /**
     * A point of the curve.
     *
     * @param throughput work done in a given time, relative to what one thread does
     * @param fitted     whether it is one of those that the laws are fitted to: no more threads than cores
     */
    public record At(int threads, Estimate throughput, boolean fitted) {}

    /** What the same program does with more threads. */
    private enum Work {
        SAME("The threads share one and the same work: under the GIL it takes as much CPU time with many as with one."),
        EACH("Each thread has as much work as one alone: under the GIL the CPU time grows with their number."),
        MEASURED("How much there is to do with more threads is taken from the CPU time under the GIL."),
        ASSUMED("The threads are taken to share one and the same work: no recording under the GIL says otherwise.");

        private final String words;

        Work(String words) {
            this.words = words;
        }
    }

    /**
     * @param points a number of threads each, in any order
     * @param gil    the same program with the GIL on, which tells how much it does; null or without a point of one thread where that is not known
     * @param cores  that the program could use
     */
    public static Sweep of(List<Point> points, @Nullable List<Point> gil, int cores) {
        List<Point> known = points.stream().filter(point -> point.wall.value() > 0).sorted(Comparator.comparingInt(Point::threads)).toList();
        List<Point> gilPoints = gil == null ? List.of() : gil;
        Point one = at(known, 1);
        Work work = work(known, gilPoints);
        List<At> curve = new ArrayList<>();
        if (one != null) {
            for (Point point : known) {
                double times = times(point.threads, work, gilPoints);
                if (Double.isFinite(times)) {
                    Estimate throughput = point == one ? new Estimate(1, 1, 1, one.wall.runs()) : one.wall.over(point.wall).times(times);
                    curve.add(new At(point.threads, throughput, point.threads <= cores));
                }
            }
        }
        List<ScalingFit.Point> throughputs = curve.stream().map(at -> new ScalingFit.Point(at.threads, at.throughput.value())).toList();
        return new Sweep(List.copyOf(curve), words(work, known.size() - curve.size(), one != null), ScalingFit.of(throughputs, cores));
    }

    private static String words(Work work, int left, boolean hasOne) {
        if (!hasOne) {
            return "One thread was not measured, so there is nothing to compare more with.";
        }
        return left == 0
                ? work.words
                : work.words + " %d number%s of threads %s left out, for which it is not known.".formatted(left, left == 1 ? "" : "s", left == 1 ? "is" : "are");
    }

    private static Work work(List<Point> points, List<Point> gil) {
        List<Integer> told = points.stream().map(Point::threads).filter(threads -> threads > 1 && Double.isFinite(cpuTimes(threads, gil))).toList();
        if (told.isEmpty()) {
            return Work.ASSUMED;
        }
        if (told.stream().allMatch(threads -> isNear(cpuTimes(threads, gil), 1))) {
            return Work.SAME;
        }
        return told.stream().allMatch(threads -> isNear(cpuTimes(threads, gil), threads)) ? Work.EACH : Work.MEASURED;
    }

    private static boolean isNear(double times, int whole) {
        return Math.abs(times / whole - 1) <= NEAR;
    }

    /** How much more a number of threads does than one; NaN where that is not known. */
    private static double times(int threads, Work work, List<Point> gil) {
        return switch (work) {
            case SAME, ASSUMED -> 1;
            case EACH -> threads;
            case MEASURED -> {
                double times = cpuTimes(threads, gil);
                yield isNear(times, 1) ? 1 : isNear(times, threads) ? threads : times;
            }
        };
    }

    private static double cpuTimes(int threads, List<Point> gil) {
        Point one = at(gil, 1);
        Point many = at(gil, threads);
        return one == null || many == null || !(one.cpu.value() > 0) || !(many.cpu.value() > 0) ? Double.NaN : many.cpu.value() / one.cpu.value();
    }

    private static @Nullable Point at(List<Point> points, int threads) {
        return points.stream().filter(point -> point.threads == threads).findFirst().orElse(null);
    }
}

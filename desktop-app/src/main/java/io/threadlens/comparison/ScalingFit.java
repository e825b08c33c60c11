package io.threadlens.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two laws of how throughput grows with the number of threads, fitted to what was measured.
 *
 * <p>Amdahl's law (G. M. Amdahl, Validity of the single processor approach to achieving large scale computing capabilities, AFIPS 1967):
 * S(n) = 1 / (s + (1 − s) / n). The universal scalability law (N. J. Gunther, Guerrilla Capacity Planning, 2007, chapter 4): S(n) = n / (1 + α(n − 1) + βn(n − 1)), which with
 * β = 0 is Amdahl's. So n / S(n), the time of all threads per piece of work, is a polynomial in n whose coefficients are the parameters, and least squares has an
 * answer without a search. Each residual is relative to the measured one, for times err by a share of themselves; the parameters are kept in their bounds,
 * 0 ≤ s, α, β ≤ 1.
 *
 * @param amdahl    null where it cannot be judged
 * @param universal null where it cannot be judged
 * @param notes     what was left out or cannot be judged, and why, in words
 */
public record ScalingFit(@Nullable Amdahl amdahl, @Nullable Universal universal, List<String> notes) {
    /** Twice as many threads that bring less than this bring little. */
    private static final double LITTLE = 0.1;

    /**
     * @param throughput work done in a given time, relative to what one thread does
     */
    public record Point(int threads, double throughput) {}

    /**
     * @param serial the share of the work that only one thread at a time can do, 0 to 1
     * @param error  root of the mean square of the relative errors
     */
    public record Amdahl(double serial, double error) {
        public double throughput(double threads) {
            return 1 / (serial + (1 - serial) / threads);
        }

        /** More than this no number of threads brings; infinite where nothing is serial. */
        public double limit() {
            return 1 / serial;
        }

        /** The number of threads from where on twice as many bring less than a tenth more; infinite where they always do. */
        public double flattensAt() {
            // (s + q) / (s + q / 2) < 1 + LITTLE, where q = (1 - s) / n
            return serial == 0 ? Double.POSITIVE_INFINITY : Math.max(1, (1 - LITTLE) / 2 * (1 - serial) / (LITTLE * serial));
        }
    }

    /**
     * @param contention α: the share of the work for which threads queue, 0 to 1
     * @param coherence  β: what each pair of threads costs by keeping the other's data in step, as a share of the work, 0 to 1
     * @param error      root of the mean square of the relative errors
     */
    public record Universal(double contention, double coherence, double error) {
        public double throughput(double threads) {
            return threads / (1 + contention * (threads - 1) + coherence * threads * (threads - 1));
        }

        /** The number of threads beyond which more of them do less; infinite where there is none. */
        public double peak() {
            return coherence == 0 ? Double.POSITIVE_INFINITY : Math.max(1, Math.sqrt((1 - contention) / coherence));
        }
    }

    /**
     * Points with more threads than cores say nothing about the program, and are left out, as are those that are no throughput. Several with the same number of threads
     * all count.
     *
     * @param points the throughput of one thread is 1; whether that was measured, a point of one thread says
     */
    public static ScalingFit of(List<Point> points, int cores) {
        List<String> notes = new ArrayList<>();
        List<Point> known = points.stream().filter(point -> point.threads >= 1 && point.throughput > 0 && Double.isFinite(point.throughput)).toList();
        List<Point> used = known.stream().filter(point -> point.threads <= cores).toList();
        if (known.size() < points.size()) {
            notes.add(left(points.size() - known.size(), "no throughput is known"));
        }
        if (used.size() < known.size()) {
            notes.add(left(known.size() - used.size(), "there are more threads than the machine has cores"));
        }
        if (used.stream().noneMatch(point -> point.threads == 1)) {
            notes.add("Neither law can be judged: one thread was not measured.");
            return new ScalingFit(null, null, List.copyOf(notes));
        }
        long different = used.stream().mapToInt(Point::threads).distinct().count();
        if (different < 2) {
            notes.add("Amdahl's law cannot be judged: it takes 2 different numbers of threads that have a core each.");
        }
        if (different < 3) {
            notes.add("The universal scalability law cannot be judged: it takes 3 different numbers of threads that have a core each.");
        } else if (used.size() == 3) {
            notes.add("3 points always fit the universal scalability law well: its error says little.");
        }
        return new ScalingFit(different < 2 ? null : amdahl(used), different < 3 ? null : universal(used), List.copyOf(notes));
    }

    private static String left(int count, String why) {
        return "%d point%s left out of the fit: %s.".formatted(count, count == 1 ? " is" : "s are", why);
    }

    private static Amdahl amdahl(List<Point> points) {
        double serial = Squares.of(points).contention(0);
        return new Amdahl(serial, error(points, new Amdahl(serial, 0)::throughput));
    }

    private static Universal universal(List<Point> points) {
        Universal best = Squares.of(points).best();
        return new Universal(best.contention, best.coherence, error(points, best::throughput));
    }

    private static double error(List<Point> points, DoubleUnaryOperator law) {
        double squares = 0;
        for (Point point : points) {
            double off = point.throughput / law.applyAsDouble(point.threads) - 1;
            squares += off * off;
        }
        return Math.sqrt(squares / points.size());
    }

    /**
     * The sum of the squares of αx + βy − z over the points, as a polynomial in α and β. With the measured D = n / S(n) x is (n − 1) / D, y is n(n − 1) / D and z is
     * (D − 1) / D, so that αx + βy − z is the law's error relative to D.
     */
    private record Squares(double xx, double xy, double yy, double xz, double yz) {
        static Squares of(List<Point> points) {
            double xx = 0;
            double xy = 0;
            double yy = 0;
            double xz = 0;
            double yz = 0;
            for (Point point : points) {
                double measured = point.threads / point.throughput;
                double x = (point.threads - 1) / measured;
                double y = point.threads * x;
                double z = 1 - 1 / measured;
                xx += x * x;
                xy += x * y;
                yy += y * y;
                xz += x * z;
                yz += y * z;
            }
            return new Squares(xx, xy, yy, xz, yz);
        }

        /** The best α in its bounds for a β. */
        double contention(double coherence) {
            return Math.clamp((xz - coherence * xy) / xx, 0, 1);
        }

        private double coherence(double contention) {
            return Math.clamp((yz - contention * xy) / yy, 0, 1);
        }

        /** Where the best of all is out of bounds, the best within lies on an edge, for the sum has one valley only. */
        Universal best() {
            double determinant = xx * yy - xy * xy;
            double contention = (xz * yy - yz * xy) / determinant;
            double coherence = (yz * xx - xz * xy) / determinant;
            if (contention >= 0 && contention <= 1 && coherence >= 0 && coherence <= 1) {
                return new Universal(contention, coherence, 0);
            }
            return Stream.of(
                            new Universal(0, coherence(0), 0),
                            new Universal(1, coherence(1), 0),
                            new Universal(contention(0), 0, 0),
                            new Universal(contention(1), 1, 0))
                    .min(Comparator.comparingDouble(this::sum))
                    .orElseThrow();
        }

        /** Less a constant. */
        private double sum(Universal at) {
            double a = at.contention;
            double b = at.coherence;
            return a * a * xx + 2 * a * b * xy + b * b * yy - 2 * a * xz - 2 * b * yz;
        }
    }
}

package io.threadlens.comparison;

import io.threadlens.model.TimeRange;
import java.util.Arrays;
import java.util.List;

/**
 * Which moment of one recording is which of another: straight lines between points that belong together, and on beyond the first and the last as steep as there.
 * It grows everywhere, so that each way is the other one's inverse, but for the rounding of a nanosecond. Times are ns, each of its own recording. Immutable.
 */
public final class TimeMap {
    /** A moment of a and the moment of b that belongs to it, ns. */
    public record Point(long a, long b) {}

    private final long[] a;
    private final long[] b;

    private TimeMap(long[] a, long[] b) {
        this.a = a;
        this.b = b;
    }

    /** @param points at least two, each later than the one before on both sides */
    public static TimeMap of(List<Point> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException("a map of time needs two points: " + points);
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).a() <= points.get(i - 1).a() || points.get(i).b() <= points.get(i - 1).b()) {
                throw new IllegalArgumentException("time goes on on both sides: " + points.get(i - 1) + ", " + points.get(i));
            }
        }
        return new TimeMap(points.stream().mapToLong(Point::a).toArray(), points.stream().mapToLong(Point::b).toArray());
    }

    /** As long after the beginning of b as of a. */
    public static TimeMap byTime(TimeRange a, TimeRange b) {
        long length = Math.max(1, Math.max(a.lengthNs(), b.lengthNs()));
        return of(List.of(new Point(a.startNs(), b.startNs()), new Point(a.startNs() + length, b.startNs() + length)));
    }

    public long toB(long ns) {
        return between(a, b, ns);
    }

    public long toA(long ns) {
        return between(b, a, ns);
    }

    /** The stretch of b that belongs to one of a. */
    public TimeRange toB(TimeRange range) {
        return new TimeRange(toB(range.startNs()), toB(range.endNs()));
    }

    /** The stretch of a that belongs to one of b. */
    public TimeRange toA(TimeRange range) {
        return new TimeRange(toA(range.startNs()), toA(range.endNs()));
    }

    /** The points that belong together, in order. */
    public List<Point> points() {
        Point[] points = new Point[a.length];
        Arrays.setAll(points, i -> new Point(a[i], b[i]));
        return List.of(points);
    }

    private static long between(long[] from, long[] to, long ns) {
        int at = Arrays.binarySearch(from, ns);
        if (at >= 0) {
            return to[at];
        }
        int line = Math.clamp(-at - 2, 0, from.length - 2);
        double steepness = (double) (to[line + 1] - to[line]) / (from[line + 1] - from[line]);
        return to[line] + Math.round((ns - from[line]) * steepness);
    }
}

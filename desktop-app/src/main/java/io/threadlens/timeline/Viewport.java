package io.threadlens.timeline;

import io.threadlens.model.TimeRange;

/**
 * The stretch of time that is on the screen: where it begins and how long a pixel is. Immutable; moving and zooming give a new one that stays
 * within {@code bounds}, the time the recording has.
 *
 * @param startNs time at the left edge
 * @param nsPerPx length of a pixel
 * @param width   pixels
 */
public record Viewport(long startNs, double nsPerPx, int width) {
    /** Nothing shorter is shown across the whole width: the sampler's ticks are longer by far. */
    private static final double SHORTEST_NS = 2_000;

    public Viewport {
        if (!(nsPerPx > 0) || width < 1) {
            throw new IllegalArgumentException("an empty viewport: " + nsPerPx + " ns per pixel, " + width + " pixels");
        }
    }

    /** A viewport that shows a range from edge to edge. */
    public static Viewport fit(TimeRange range, int width) {
        return new Viewport(range.startNs(), Math.max(SHORTEST_NS, range.lengthNs()) / width, width);
    }

    public long timeAt(double px) {
        return startNs + Math.round(px * nsPerPx);
    }

    public double pxOf(long ns) {
        return (ns - startNs) / nsPerPx;
    }

    public long endNs() {
        return timeAt(width);
    }

    public TimeRange range() {
        return new TimeRange(startNs, endNs());
    }

    /** Longer or shorter, with the time under {@code px} staying where it is. A factor under one shows less time, larger. */
    public Viewport zoom(double px, double factor, TimeRange bounds) {
        double longest = Math.max(SHORTEST_NS, bounds.lengthNs());
        double scale = Math.clamp(nsPerPx * factor, SHORTEST_NS / width, longest / width);
        long start = startNs + Math.round(px * (nsPerPx - scale));
        return new Viewport(start, scale, width).within(bounds);
    }

    /** Later by so many pixels, or earlier. */
    public Viewport pan(double px, TimeRange bounds) {
        return new Viewport(timeAt(px), nsPerPx, width).within(bounds);
    }

    /** The same length with the right edge at {@code endNs}, and not before the beginning of what there is. */
    public Viewport endingAt(long endNs, TimeRange bounds) {
        long start = Math.max(bounds.startNs(), endNs - lengthNs());
        return new Viewport(start, nsPerPx, width);
    }

    /** The same length with {@code ns} in the middle. */
    public Viewport centredOn(long ns, TimeRange bounds) {
        return new Viewport(ns - lengthNs() / 2, nsPerPx, width).within(bounds);
    }

    /** The same left edge and scale in a window of another width. */
    public Viewport resize(int newWidth) {
        return new Viewport(startNs, nsPerPx, newWidth);
    }

    public long lengthNs() {
        return Math.round(width * nsPerPx);
    }

    private Viewport within(TimeRange bounds) {
        long latest = Math.max(bounds.startNs(), bounds.endNs() - lengthNs());
        return new Viewport(Math.clamp(startNs, bounds.startNs(), latest), nsPerPx, width);
    }
}

package io.threadlens.timeline;

import java.util.ArrayList;
import java.util.List;

/** A part of a lane, in pixels of a viewport. */
public record Span(double startPx, double endPx) {
    public double width() {
        return endPx - startPx;
    }

    /** Where stretches lie in a viewport. However many there are, the work is that of the pixels: what shares a pixel is one part. */
    static List<Span> of(Intervals intervals, Intervals.Times times, Viewport viewport) {
        Joiner joiner = new Joiner(viewport);
        int i = intervals.endingAfter(viewport.startNs(), times);
        while (i < intervals.count() && times.start(intervals.row(i)) < viewport.endNs()) {
            joiner.add(times.start(intervals.row(i)), times.end(intervals.row(i)));
            // Of those that begin in this pixel only the last can reach beyond it.
            i = Math.max(i + 1, intervals.floor(joiner.endOfPixel(), times));
        }
        return joiner.spans();
    }

    /** Puts stretches that come in order of their start into parts of a lane. */
    static final class Joiner {
        private final Viewport viewport;
        private final List<Span> spans = new ArrayList<>();
        private double from;
        private double to = -1;

        Joiner(Viewport viewport) {
            this.viewport = viewport;
        }

        void add(long startNs, long endNs) {
            double start = Math.max(0, viewport.pxOf(startNs));
            if (to >= 0 && Math.floor(start) > Math.floor(to)) {
                spans.add(new Span(from, to));
                to = -1;
            }
            from = to < 0 ? start : from;
            to = Math.max(to, Math.min(viewport.width(), viewport.pxOf(endNs)));
        }

        /** The last moment of the pixel in which the part ends that was added to last. */
        long endOfPixel() {
            return viewport.timeAt(Math.floor(to) + 1) - 1;
        }

        List<Span> spans() {
            if (to >= 0) {
                spans.add(new Span(from, to));
                to = -1;
            }
            return List.copyOf(spans);
        }
    }
}

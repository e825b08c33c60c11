package io.threadlens.timeline;

/**
 * The pixel columns of a stretch of time: {@code count} columns between {@code count + 1} edges. Neighbours share an edge, so that
 * what one column does not have the next one has, and nothing is counted twice.
 */
public final class Columns {
    private final long[] edges;

    private Columns(long[] edges) {
        this.edges = edges;
    }

    /** The columns of a viewport, one each pixel. */
    public static Columns of(Viewport viewport) {
        long[] edges = new long[viewport.width() + 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = viewport.timeAt(i);
        }
        return new Columns(edges);
    }

    /** Columns of equal length from {@code startNs} on. */
    public static Columns of(long startNs, long lengthNs, int count) {
        long[] edges = new long[count + 1];
        for (int i = 0; i <= count; i++) {
            edges[i] = startNs + i * lengthNs;
        }
        return new Columns(edges);
    }

    /** One column. */
    public static Columns of(long startNs, long endNs) {
        return new Columns(new long[] {startNs, endNs});
    }

    /** The same time in fewer columns: so many of these are one of those, and of the last what is left. */
    Columns every(int join) {
        int count = (count() + join - 1) / join;
        long[] joined = new long[count + 1];
        for (int i = 0; i <= count; i++) {
            joined[i] = edges[Math.min(i * join, count())];
        }
        return new Columns(joined);
    }

    public int count() {
        return edges.length - 1;
    }

    /** Where column {@code i} begins; {@code edge(count())} is where the last one ends. */
    public long edge(int i) {
        return edges[i];
    }
}

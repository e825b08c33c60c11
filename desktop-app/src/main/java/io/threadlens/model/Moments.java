package io.threadlens.model;

import java.util.Arrays;

/**
 * A choice among the ticks of a recording, as stretches of neighbouring ticks: those at which one core was busy, say. Immutable.
 *
 * <pre>{@code
 * Moments moments = new Moments.Builder().add(10, 20).add(40, 41).build();
 * moments.visit(0, 30, (from, to) -> …); // 10 to 20
 * }</pre>
 */
public final class Moments {
    /** Is told stretches of ticks, {@code to} excluded. */
    public interface Visitor {
        void stretch(int from, int to);
    }

    /** First tick, and one past the last, of each stretch; ascending. */
    private final int[] edges;

    /** How many ticks are chosen before each stretch. */
    private final int[] before;

    private final int ticks;

    private Moments(int[] edges) {
        this.edges = edges;
        before = new int[edges.length / 2];
        int sum = 0;
        for (int i = 0; i < before.length; i++) {
            before[i] = sum;
            sum += edges[2 * i + 1] - edges[2 * i];
        }
        ticks = sum;
    }

    /** How many ticks are chosen. */
    public int ticks() {
        return ticks;
    }

    /** How many ticks before {@code tick} are chosen. */
    public int ticksBefore(int tick) {
        int at = Arrays.binarySearch(edges, tick);
        int edge = at >= 0 ? at : -at - 1;
        if (edge == edges.length) {
            return ticks;
        }
        int stretch = edge / 2;
        return before[stretch] + (edge % 2 == 0 ? 0 : tick - edges[2 * stretch]);
    }

    public boolean contains(int tick) {
        int at = Arrays.binarySearch(edges, tick);
        return at >= 0 ? at % 2 == 0 : (-at - 1) % 2 == 1;
    }

    /** The chosen stretches between two ticks, the first and the last cut to them. */
    public void visit(int from, int to, Visitor visitor) {
        int at = Arrays.binarySearch(edges, from);
        int first = (at >= 0 ? at : -at - 1) / 2 * 2;
        for (int i = first; i < edges.length && edges[i] < to; i += 2) {
            int start = Math.max(from, edges[i]);
            int end = Math.min(to, edges[i + 1]);
            if (start < end) {
                visitor.stretch(start, end);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Moments that && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    /** Takes stretches in order of time; neighbours become one. */
    public static final class Builder {
        private int[] edges = new int[64];
        private int count;

        /** Ticks from {@code from} up to but without {@code to}, none of them before the end of what was added last. */
        public Builder add(int from, int to) {
            int end = count == 0 ? 0 : edges[count - 1];
            if (from < end || to < from) {
                throw new IllegalArgumentException("ticks " + from + " to " + to + " after " + end);
            }
            if (from == to) {
                return this;
            }
            if (count > 0 && from == end) {
                edges[count - 1] = to;
                return this;
            }
            if (count == edges.length) {
                edges = Arrays.copyOf(edges, 2 * count);
            }
            edges[count++] = from;
            edges[count++] = to;
            return this;
        }

        public Moments build() {
            return new Moments(Arrays.copyOf(edges, count));
        }
    }
}

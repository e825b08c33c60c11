package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import java.util.Arrays;
import java.util.List;

/** Time per state of a lane's threads together. Time of a thread's life that no tick saw is unknown, and is in it as that. */
public final class LaneTimes {
    private static final int STATES = ThreadState.COUNT;
    /** Of a large group so many edges are looked up; what lies between two of them is spread evenly. */
    private static final int MOST_EDGES = 200_000;
    /** The same while a picture must not take longer than the next one. */
    private static final int MOST_EDGES_IN_HASTE = 40_000;

    private LaneTimes() {}

    /** For every column: {@code out[column * ThreadState.COUNT + state]}. Of a large group columns side by side have equal shares, see {@link #joined}. */
    public static void columns(StateTimes times, List<Integer> threads, Columns columns, boolean inHaste, long[] out) {
        int join = joined(threads.size(), columns.count(), inHaste);
        if (join > 1) {
            spread(times, threads, columns, join, out);
            return;
        }
        Arrays.fill(out, 0, columns.count() * STATES, 0);
        add(times, threads, columns, out);
    }

    /** How many columns are counted as one for so many threads. */
    public static int joined(int threads, int columns, boolean inHaste) {
        long most = inHaste ? MOST_EDGES_IN_HASTE : MOST_EDGES;
        return threads <= 1 ? 1 : (int) Math.clamp((long) threads * columns / most + 1, 1, columns);
    }

    private static void add(StateTimes times, List<Integer> threads, Columns columns, long[] out) {
        long[] one = new long[columns.count() * STATES];
        for (int thread : threads) {
            TimeRange life = times.lifetime(thread);
            if (overlap(life, columns.edge(0), columns.edge(columns.count())) == 0) {
                continue;
            }
            times.columns(thread, columns, one);
            addUnseen(one, columns, life);
            for (int i = 0; i < one.length; i++) {
                out[i] += one[i];
            }
        }
    }

    private static void spread(StateTimes times, List<Integer> threads, Columns columns, int join, long[] out) {
        int count = (columns.count() + join - 1) / join;
        Columns joined = columns.every(join);
        long[] wide = new long[count * STATES];
        add(times, threads, joined, wide);
        for (int x = 0; x < columns.count(); x++) {
            int from = x / join;
            long start = joined.edge(from);
            double length = Math.max(1, joined.edge(from + 1) - start);
            for (int s = 0; s < STATES; s++) {
                long all = wide[from * STATES + s];
                // The difference of two edges, so that nothing is lost to rounding.
                out[x * STATES + s] = Math.round(all * ((columns.edge(x + 1) - start) / length)) - Math.round(all * ((columns.edge(x) - start) / length));
            }
        }
    }

    private static void addUnseen(long[] states, Columns columns, TimeRange life) {
        for (int i = 0; i < columns.count(); i++) {
            long lived = overlap(life, columns.edge(i), columns.edge(i + 1));
            for (int s = 0; s < STATES; s++) {
                lived -= states[i * STATES + s];
            }
            states[i * STATES + ThreadState.UNKNOWN.code()] += Math.max(0, lived);
        }
    }

    /** Time per state of all these threads between two moments. */
    public static long[] sum(StateTimes times, List<Integer> threads, long startNs, long endNs) {
        long[] out = new long[STATES];
        for (int thread : threads) {
            if (thread < times.threads().size() && overlap(times.lifetime(thread), startNs, endNs) > 0) {
                long[] states = times.livedBetween(thread, startNs, endNs);
                for (int s = 0; s < STATES; s++) {
                    out[s] += states[s];
                }
            }
        }
        return out;
    }

    /** How long these threads lived between two moments, together. */
    public static long lived(StateTimes times, List<Integer> threads, long startNs, long endNs) {
        return threads.stream().mapToLong(thread -> overlap(times.lifetime(thread), startNs, endNs)).sum();
    }

    private static long overlap(TimeRange range, long startNs, long endNs) {
        return Math.max(0, Math.min(range.endNs(), endNs) - Math.max(range.startNs(), startNs));
    }
}

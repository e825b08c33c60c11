package io.threadlens.timeline;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.Arrays;

/** How long each thread was in each state in chosen moments of a range. The moments' edges are looked up once for all threads. */
public final class ChosenTimes {
    private final StateTimes times;
    /** Every other column is chosen, the first one being. */
    private final Columns stretches;

    private ChosenTimes(StateTimes times, Columns stretches) {
        this.times = times;
        this.stretches = stretches;
    }

    public static ChosenTimes of(StateTimes times, TimeRange range, Moments moments) {
        Recording recording = times.recording();
        int from = Math.max(0, times.tickAt(range.startNs()));
        int to = times.tickAt(range.endNs()) + 1;
        Edges edges = new Edges();
        moments.visit(from, to, (first, end) -> {
            long start = Math.max(range.startNs(), recording.tickTime(first));
            edges.add(start, Math.max(start, Math.min(range.endNs(), recording.tickEnd(end - 1))));
        });
        return new ChosenTimes(times, edges.columns());
    }

    /** Time per state, by {@link ThreadState#code()}; time that nobody saw is in none. */
    public long[] states(int thread) {
        long[] all = new long[stretches.count() * ThreadState.COUNT];
        times.columns(thread, stretches, all);
        long[] sum = new long[ThreadState.COUNT];
        for (int i = 0; i < stretches.count(); i += 2) {
            for (int s = 0; s < sum.length; s++) {
                sum[s] += all[i * ThreadState.COUNT + s];
            }
        }
        return sum;
    }

    /** How long the moments are, as far as they were seen. */
    public long seenNs() {
        long sum = 0;
        for (int i = 0; i < stretches.count(); i += 2) {
            sum += times.seenBetween(stretches.edge(i), stretches.edge(i + 1));
        }
        return sum;
    }

    private static final class Edges {
        private long[] edges = new long[64];
        private int count;

        void add(long start, long end) {
            if (count + 2 > edges.length) {
                edges = Arrays.copyOf(edges, 2 * count);
            }
            edges[count++] = start;
            edges[count++] = end;
        }

        Columns columns() {
            return count == 0 ? Columns.of(0, 0) : Columns.between(Arrays.copyOf(edges, count));
        }
    }
}

package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.SystemLoad;
import java.util.Arrays;
import java.util.List;

/**
 * How busy the machine was, by the recorded program and by everything else, for any stretch of time. Between two readings it is spread evenly; before the first and
 * after the last nothing is known.
 *
 * <p>Immutable; {@link #grow} gives a newer one and reads only the rows that are new.
 */
public final class LoadTimes {
    private final Recording recording;
    private final int count;
    /** A longer one may share the arrays of a shorter one: it writes only behind the end of the shorter, and there is one writer. */
    private final long[] time;

    private final long[] busy;
    private final long[] own;

    private LoadTimes(Recording recording, int count, long[] time, long[] busy, long[] own) {
        this.recording = recording;
        this.count = count;
        this.time = time;
        this.busy = busy;
        this.own = own;
    }

    public static LoadTimes of(Recording recording) {
        return new LoadTimes(recording, 0, new long[0], new long[0], new long[0]).grow();
    }

    /** The same with what was recorded since. */
    public LoadTimes grow() {
        List<SystemLoad> rows = recording.systemLoad();
        int now = rows.size();
        if (now == count) {
            return this;
        }
        boolean full = now > time.length;
        int room = Math.max(now, 2 * time.length);
        long[] t = full ? Arrays.copyOf(time, room) : time;
        long[] b = full ? Arrays.copyOf(busy, room) : busy;
        long[] o = full ? Arrays.copyOf(own, room) : own;
        for (int i = count; i < now; i++) {
            SystemLoad row = rows.get(i);
            t[i] = row.time();
            b[i] = row.busy();
            o[i] = row.own();
        }
        return new LoadTimes(recording, now, t, b, o);
    }

    /** Whether anything is known: it takes two readings. */
    public boolean isKnown() {
        return count > 1;
    }

    /**
     * Cores that were busy on average, in each column; not a number where nothing is known.
     *
     * @param own    with the recorded program
     * @param others with all other programs, and with the kernel
     */
    public record Cores(double[] own, double[] others) {}

    public Cores columns(Columns columns) {
        double[] mine = new double[columns.count()];
        double[] others = new double[columns.count()];
        for (int i = 0; i < columns.count(); i++) {
            long start = isKnown() ? Math.max(columns.edge(i), time[0]) : 0;
            long end = isKnown() ? Math.min(columns.edge(i + 1), time[count - 1]) : 0;
            if (start >= end) {
                mine[i] = Double.NaN;
                others[i] = Double.NaN;
                continue;
            }
            mine[i] = Math.max(0, at(own, end) - at(own, start)) / (end - start);
            // Both are read one after the other, and in steps of the kernel's clock.
            others[i] = Math.max(0, (at(busy, end) - at(busy, start)) / (end - start) - mine[i]);
        }
        return new Cores(mine, others);
    }

    private double at(long[] column, long ns) {
        int i = Arrays.binarySearch(time, 0, count, ns);
        if (i >= 0) {
            return column[i];
        }
        int after = -i - 1;
        double part = (double) (ns - time[after - 1]) / (time[after] - time[after - 1]);
        return column[after - 1] + part * (column[after] - column[after - 1]);
    }
}

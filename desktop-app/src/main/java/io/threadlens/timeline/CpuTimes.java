package io.threadlens.timeline;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.CpuRow;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own count of each thread's CPU time and run delay, for any stretch of time. Between two readings it is spread evenly.
 *
 * <p>Immutable; {@link #grow} gives a newer one and reads only the rows that are new.
 */
public final class CpuTimes {
    /** What a thread used in a stretch. */
    public record Used(long cpuNs, long delayNs) {}

    private final Recording recording;
    private final int rows;
    private final Series[] series;

    private CpuTimes(Recording recording, int rows, Series[] series) {
        this.recording = recording;
        this.rows = rows;
        this.series = series;
    }

    public static CpuTimes of(Recording recording) {
        return new CpuTimes(recording, 0, new Series[0]).grow();
    }

    public CpuTimes grow() {
        List<CpuRow> all = recording.cpu();
        if (all.size() == rows) {
            return this;
        }
        Series[] grown = series.clone();
        for (CpuRow row : all.subList(rows, all.size())) {
            if (row.thread() >= grown.length) {
                grown = Arrays.copyOf(grown, row.thread() + 1);
            }
            Series old = grown[row.thread()];
            grown[row.thread()] = old == null ? Series.of(row) : old.plus(row);
        }
        return new CpuTimes(recording, all.size(), grown);
    }

    /** What a thread used between two moments, as far as there are readings; null where there is none. A thread is read when it ran, so after its last reading it did not. */
    public @Nullable Used between(int thread, long startNs, long endNs) {
        Series of = thread < series.length ? series[thread] : null;
        if (of == null) {
            return null;
        }
        return new Used(
                Math.round(of.at(of.cpu, endNs) - of.at(of.cpu, startNs)), Math.round(of.at(of.delay, endNs) - of.at(of.delay, startNs)));
    }

    /** From the first reading of a thread to the last; null where there is none. */
    public @Nullable TimeRange read(int thread) {
        Series of = thread < series.length ? series[thread] : null;
        return of == null ? null : new TimeRange(of.time[0], of.time[of.count - 1]);
    }

    /**
     * Readings of one thread in order of time. A longer series may share the arrays of a shorter one: it writes only behind the end of the
     * shorter, and there is one writer.
     */
    private record Series(long[] time, long[] cpu, long[] delay, int count) {
        static Series of(CpuRow row) {
            return new Series(new long[8], new long[8], new long[8], 0).plus(row);
        }

        Series plus(CpuRow row) {
            Series room = count < time.length
                    ? this
                    : new Series(Arrays.copyOf(time, 2 * count), Arrays.copyOf(cpu, 2 * count), Arrays.copyOf(delay, 2 * count), count);
            room.time[count] = row.time();
            room.cpu[count] = row.cpu();
            room.delay[count] = row.delay();
            return new Series(room.time, room.cpu, room.delay, count + 1);
        }

        double at(long[] column, long ns) {
            int i = Arrays.binarySearch(time, 0, count, ns);
            if (i >= 0) {
                return column[i];
            }
            int after = -i - 1;
            if (after == 0) {
                return column[0];
            }
            if (after == count) {
                return column[count - 1];
            }
            double part = (double) (ns - time[after - 1]) / (time[after] - time[after - 1]);
            return column[after - 1] + part * (column[after] - column[after - 1]);
        }
    }
}

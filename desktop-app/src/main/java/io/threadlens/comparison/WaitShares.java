package io.threadlens.comparison;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.Arrays;

/**
 * For which class of lock threads waited, in stretches of time: what a thread in the state lock waits for is not known tick by tick without reading every
 * row. Immutable.
 */
final class WaitShares {
    private static final int STRETCHES = 1024;
    private static final int CLASSES = LossClass.values().length;

    private final TimeRange range;
    /** Time waited, by stretch and class. */
    private final long[] waited = new long[STRETCHES * CLASSES];

    private final long[] whole = new long[CLASSES];

    private WaitShares(TimeRange range) {
        this.range = range;
    }

    static WaitShares of(Recording recording, LockClasses classes, TimeRange range) {
        WaitShares shares = new WaitShares(range);
        for (Recording.Wait wait : recording.waits()) {
            LossClass kind = classes.of(wait.lock());
            // The GIL and pauses have states of their own.
            if (kind != null && kind != LossClass.GIL && kind != LossClass.STOP_THE_WORLD && range.lengthNs() > 0) {
                shares.add(kind.ordinal(), Math.max(wait.start(), range.startNs()), Math.min(wait.end(), range.endNs()));
            }
        }
        return shares;
    }

    private void add(int kind, long start, long end) {
        if (start >= end) {
            return;
        }
        whole[kind] += end - start;
        long from = start;
        for (int stretch = stretchAt(start); from < end; stretch++) {
            long to = stretch == STRETCHES - 1 ? end : Math.min(end, edge(stretch + 1));
            waited[stretch * CLASSES + kind] += to - from;
            from = to;
        }
    }

    private long edge(int stretch) {
        return range.startNs() + (long) ((double) range.lengthNs() / STRETCHES * stretch);
    }

    private int stretchAt(long ns) {
        int stretch = Math.clamp((long) ((double) (ns - range.startNs()) / range.lengthNs() * STRETCHES), 0, STRETCHES - 1);
        // Rounding may have put it beside its stretch.
        while (stretch > 0 && ns < edge(stretch)) {
            stretch--;
        }
        while (stretch < STRETCHES - 1 && ns >= edge(stretch + 1)) {
            stretch++;
        }
        return stretch;
    }

    /** Divides time that is lost to waits for locks. */
    Divider divider() {
        return new Divider();
    }

    /** Collects lost time by stretch, and divides it at the end. */
    final class Divider {
        private final double[] lost = new double[STRETCHES];
        private int newest;

        /** Lost between two moments, evenly; those of one call are no earlier than those of the call before. */
        void add(long start, long end, double ns) {
            if (ns == 0) {
                return;
            }
            while (newest < STRETCHES - 1 && start >= edge(newest + 1)) {
                newest++;
            }
            if (newest == STRETCHES - 1 || end <= edge(newest + 1)) {
                lost[newest] += ns;
                return;
            }
            long from = start;
            for (int stretch = newest; from < end; stretch++) {
                long to = stretch == STRETCHES - 1 ? end : Math.min(end, edge(stretch + 1));
                lost[stretch] += ns * (to - from) / (end - start);
                from = to;
            }
        }

        /** Adds what was collected to each class. */
        void divide(double[] byClass) {
            long all = Arrays.stream(whole).sum();
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                int first = stretch * CLASSES;
                long sum = 0;
                for (int kind = 0; kind < CLASSES; kind++) {
                    sum += waited[first + kind];
                }
                if (sum > 0) {
                    WaitShares.divide(waited, first, sum, lost[stretch], byClass);
                } else if (all > 0) {
                    WaitShares.divide(whole, 0, all, lost[stretch], byClass);
                } else {
                    byClass[LossClass.LOCK.ordinal()] += lost[stretch];
                }
            }
        }
    }

    private static void divide(long[] times, int first, long sum, double ns, double[] lost) {
        for (int kind = 0; kind < CLASSES; kind++) {
            lost[kind] += ns * times[first + kind] / sum;
        }
    }
}

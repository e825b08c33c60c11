package io.threadlens.timeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which threads were on one core, one after the other. So that a stretch with any number of slices is counted fast, the time by thread of
 * {@value #BLOCK} neighbouring slices is kept as well, and that of {@value #FAN} such blocks, and so on.
 *
 * <p>Immutable; a longer one may share the arrays of a shorter one: it writes only behind the end of the shorter, and there is one writer.
 */
final class CoreLine {
    static final CoreLine NONE = new CoreLine(new long[0], new int[0], new int[0], 0, new Level[0]);

    private static final int BLOCK = 64;
    private static final int FAN = 8;

    private final long[] starts;
    /** What is longer than an int can tell is several slices in a row. */
    private final int[] lengths;

    private final int[] threads;
    private final int count;
    private final Level[] levels;

    private CoreLine(long[] starts, int[] lengths, int[] threads, int count, Level[] levels) {
        this.starts = starts;
        this.lengths = lengths;
        this.threads = threads;
        this.count = count;
        this.levels = levels;
    }

    int count() {
        return count;
    }

    long start(int i) {
        return starts[i];
    }

    long end(int i) {
        return starts[i] + lengths[i];
    }

    int thread(int i) {
        return threads[i];
    }

    /** The first slice that ends after {@code ns}; {@link #count} where there is none. */
    int endingAfter(long ns) {
        int at = Arrays.binarySearch(starts, 0, count, ns);
        int floor = at >= 0 ? at : -at - 2;
        return floor >= 0 && end(floor) > ns ? floor : floor + 1;
    }

    /** The slice that {@code ns} is in, with what goes on without a break before and after; null where the core was not seen to be used. */
    CoreTimes.@Nullable Slice at(int core, long ns) {
        int i = endingAfter(ns);
        return i == count || starts[i] > ns ? null : whole(core, i);
    }

    /** A slice with those of the same thread that touch it. */
    CoreTimes.Slice whole(int core, int i) {
        int first = i;
        while (first > 0 && threads[first - 1] == threads[i] && end(first - 1) == starts[first]) {
            first--;
        }
        int last = i;
        while (last + 1 < count && threads[last + 1] == threads[i] && starts[last + 1] == end(last)) {
            last++;
        }
        return new CoreTimes.Slice(threads[i], core, starts[first], end(last));
    }

    /**
     * Adds the time by thread between two moments.
     *
     * @param from the first slice that ends after {@code startNs}
     * @return the first slice that ends after {@code endNs}
     */
    int add(int from, long startNs, long endNs, ThreadSums sums) {
        int i = from;
        while (i < count && starts[i] < endNs) {
            int level = starts[i] >= startNs ? wholeBlock(i, endNs) : -1;
            if (level >= 0) {
                levels[level].addTo(i / span(level), sums);
                i += span(level);
                continue;
            }
            long end = end(i);
            sums.add(threads[i], Math.min(end, endNs) - Math.max(starts[i], startNs));
            if (end > endNs) {
                return i;
            }
            i++;
        }
        return i;
    }

    /** The highest level that has a block which begins at a slice and ends in time; −1 where there is none. */
    private int wholeBlock(int i, long endNs) {
        int found = -1;
        for (int level = 0; level < levels.length; level++) {
            int span = span(level);
            if (i % span != 0 || i + span > count || end(i + span - 1) > endNs) {
                break;
            }
            found = level;
        }
        return found;
    }

    /** How many slices a block of a level has. */
    private static int span(int level) {
        int span = BLOCK;
        for (int i = 0; i < level; i++) {
            span *= FAN;
        }
        return span;
    }

    /** Time by thread of all blocks of a level. */
    private record Level(int[] ends, int blocks, int[] threads, long[] ns) {
        static final Level NONE = new Level(new int[0], 0, new int[0], new long[0]);

        void addTo(int block, ThreadSums sums) {
            for (int i = block == 0 ? 0 : ends[block - 1]; i < ends[block]; i++) {
                sums.add(threads[i], ns[i]);
            }
        }

        Level plus(ThreadSums sums) {
            int used = blocks == 0 ? 0 : ends[blocks - 1];
            int[] e = blocks == ends.length ? Arrays.copyOf(ends, Math.max(8, 2 * blocks)) : ends;
            boolean full = used + sums.count() > threads.length;
            int room = Math.max(64, 2 * (used + sums.count()));
            int[] t = full ? Arrays.copyOf(threads, room) : threads;
            long[] n = full ? Arrays.copyOf(ns, room) : ns;
            for (int i = 0; i < sums.count(); i++) {
                t[used + i] = sums.thread(i);
                n[used + i] = sums.ns(sums.thread(i));
            }
            e[blocks] = used + sums.count();
            return new Level(e, blocks + 1, t, n);
        }
    }

    /** Makes a longer line. */
    static final class Growth {
        private long[] starts;
        private int[] lengths;
        private int[] threads;
        private int count;
        private Level[] levels;
        private final ThreadSums sums = new ThreadSums();

        Growth(CoreLine line) {
            starts = line.starts;
            lengths = line.lengths;
            threads = line.threads;
            count = line.count;
            levels = line.levels.clone();
        }

        /** A slice that ends after all before; of one that begins before they end, the rest. */
        void add(int thread, long startNs, long endNs) {
            long start = count == 0 ? startNs : Math.max(startNs, starts[count - 1] + lengths[count - 1]);
            while (start < endNs) {
                int length = (int) Math.min(Integer.MAX_VALUE, endNs - start);
                append(thread, start, length);
                start += length;
            }
        }

        private void append(int thread, long start, int length) {
            if (count == starts.length) {
                int room = Math.max(16, 2 * count);
                starts = Arrays.copyOf(starts, room);
                lengths = Arrays.copyOf(lengths, room);
                threads = Arrays.copyOf(threads, room);
            }
            starts[count] = start;
            lengths[count] = length;
            threads[count++] = thread;
            for (int level = 0; count % span(level) == 0; level++) {
                sumUp(level);
            }
        }

        private void sumUp(int level) {
            sums.clear();
            if (level == 0) {
                for (int i = count - BLOCK; i < count; i++) {
                    sums.add(threads[i], lengths[i]);
                }
            } else {
                Level below = levels[level - 1];
                for (int block = below.blocks - FAN; block < below.blocks; block++) {
                    below.addTo(block, sums);
                }
            }
            if (level == levels.length) {
                levels = Arrays.copyOf(levels, level + 1);
                levels[level] = Level.NONE;
            }
            levels[level] = levels[level].plus(sums);
        }

        CoreLine done() {
            return new CoreLine(starts, lengths, threads, count, levels);
        }
    }
}

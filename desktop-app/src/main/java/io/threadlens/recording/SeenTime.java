package io.threadlens.recording;

import java.util.Arrays;

/**
 * Which parts of a recording were looked at. A tick speaks for the time up to the next one, but not for ever: where the sampler
 * was held up a gap remains that nobody saw. {@link #until} and {@link #before} count the seen time only, ns since the first tick, so that a run of many
 * ticks is two look-ups.
 *
 * <p>Immutable; {@link #grow} gives a newer one. A newer one may share the arrays of an older one: it writes only behind the end of the older, and there is
 * one writer.
 */
public final class SeenTime {
    /** So many ticks share an entry in the index of gaps. */
    private static final int BLOCK_BITS = 8;

    private static final int AT_ONCE = 8192;

    private final Recording recording;
    private final int ticks;
    private final long firstNs;
    private final long endNs;
    private final Gaps gaps;

    /**
     * Time that nobody saw.
     *
     * @param tick   the tick after which each begins
     * @param start  when it begins, ns
     * @param end    when it ends, ns
     * @param before how much gap there was before it, ns
     * @param block  for each block of ticks, how many gaps begin before it
     */
    private record Gaps(int count, int[] tick, long[] start, long[] end, long[] before, int[] block) {
        static final Gaps NONE = new Gaps(0, new int[0], new long[0], new long[0], new long[0], new int[1]);
    }

    private SeenTime(Recording recording, int ticks, Gaps gaps) {
        this.recording = recording;
        this.ticks = ticks;
        this.firstNs = ticks == 0 ? 0 : recording.tickTime(0);
        this.endNs = ticks == 0 ? 0 : recording.tickEnd(ticks - 1);
        this.gaps = gaps;
    }

    public static SeenTime of(Recording recording) {
        return new SeenTime(recording, 0, Gaps.NONE).grow();
    }

    /** The same with the ticks that came since. */
    public SeenTime grow() {
        int now = recording.tickCount();
        if (now == ticks) {
            return this;
        }
        long spoken = 2 * recording.info().periodNs();
        int[] tick = gaps.tick;
        long[] start = gaps.start;
        long[] end = gaps.end;
        long[] before = gaps.before;
        int count = gaps.count;
        int[] block = Arrays.copyOf(gaps.block, (now >> BLOCK_BITS) + 1);
        long[] times = new long[AT_ONCE + 1];
        // A gap is known only when the tick after it is there.
        int first = Math.max(0, ticks - 1);
        for (int from = first; from + 1 < now; from += AT_ONCE) {
            int n = Math.min(AT_ONCE, now - 1 - from);
            recording.tickTimes(from, times, n + 1);
            for (int i = 0; i < n; i++) {
                if ((from + i & (1 << BLOCK_BITS) - 1) == 0) {
                    block[from + i >> BLOCK_BITS] = count;
                }
                if (times[i + 1] - times[i] <= spoken) {
                    continue;
                }
                if (count == start.length) {
                    int room = Math.max(16, 2 * count);
                    tick = Arrays.copyOf(tick, room);
                    start = Arrays.copyOf(start, room);
                    end = Arrays.copyOf(end, room);
                    before = Arrays.copyOf(before, room);
                }
                tick[count] = from + i;
                start[count] = times[i] + spoken;
                end[count] = times[i + 1];
                before[count] = count == 0 ? 0 : before[count - 1] + end[count - 1] - start[count - 1];
                count++;
            }
        }
        for (int i = now - 1 >> BLOCK_BITS; i < block.length; i++) {
            // The last tick has no gap yet, wherever its block, or the one after it, begins.
            if (i << BLOCK_BITS >= now - 1) {
                block[i] = count;
            }
        }
        return new SeenTime(recording, now, new Gaps(count, tick, start, end, before, block));
    }

    public int ticks() {
        return ticks;
    }

    /** When the first tick began. */
    public long firstNs() {
        return firstNs;
    }

    /** Until when the last tick speaks. */
    public long endNs() {
        return endNs;
    }

    /** The first gap that ends after {@code ns}; {@link #gaps} where there is none. */
    public int gapAfter(long ns) {
        int gap = Arrays.binarySearch(gaps.end, 0, gaps.count, ns);
        return gap >= 0 ? gap + 1 : -gap - 1;
    }

    public int gaps() {
        return gaps.count;
    }

    public long gapStart(int gap) {
        return gaps.start[gap];
    }

    public long gapEnd(int gap) {
        return gaps.end[gap];
    }

    /** How much was seen up to {@code ns}. */
    public long until(long ns) {
        if (ns <= firstNs) {
            return 0;
        }
        long at = Math.min(ns, endNs);
        int gap = Arrays.binarySearch(gaps.start, 0, gaps.count, at);
        if (gap < 0) {
            gap = -gap - 2;
        }
        if (gap < 0) {
            return at - firstNs;
        }
        return at - firstNs - gaps.before[gap] - (Math.min(at, gaps.end[gap]) - gaps.start[gap]);
    }

    /** How much was seen before a tick began; with the number of ticks, all there was. So ticks {@code a} to {@code b} stand for {@code before(b) - before(a)}. */
    public long before(int tick) {
        if (tick >= ticks) {
            return until(endNs);
        }
        long since = recording.tickTime(tick) - firstNs;
        if (gaps.count == 0) {
            return since;
        }
        int gap = gaps.block[tick >> BLOCK_BITS];
        while (gap < gaps.count && gaps.tick[gap] < tick) {
            gap++;
        }
        return gap == 0 ? since : since - gaps.before[gap - 1] - (gaps.end[gap - 1] - gaps.start[gap - 1]);
    }
}

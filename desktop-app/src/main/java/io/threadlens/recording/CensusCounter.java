package io.threadlens.recording;

import io.threadlens.model.ThreadState;
import java.util.Arrays;

/** Counts the {@link Census} of a chunk, some ticks of all threads at a time. */
final class CensusCounter {
    private static final int STATES = ThreadState.COUNT;
    /** So many ticks are counted at once, however many the chunk has. */
    private static final int AT_ONCE = 1 << 15;

    private final SampleChunk chunk;
    private final RowBuffer to;
    /** The first row of each thread that may still have something to say. */
    private final int[] next;

    /** By how many more (or less) threads are in a state at a tick than at the one before. */
    private final int[] change = new int[(AT_ONCE + 1) * STATES];

    private final long[] open = new long[STATES];
    private int openFrom;
    private int openTo;

    private CensusCounter(SampleChunk chunk, RowBuffer to) {
        this.chunk = chunk;
        this.to = to;
        next = new int[chunk.threads()];
        Arrays.setAll(next, i -> chunk.firstRow(chunk.thread(i)));
        openFrom = chunk.firstTick();
        openTo = openFrom;
    }

    /** Puts the census of a chunk. */
    static void put(SampleChunk chunk, RowBuffer to) {
        CensusCounter counter = new CensusCounter(chunk, to);
        for (int from = chunk.firstTick(); from < chunk.endTick(); from += AT_ONCE) {
            counter.count(from, Math.min(chunk.endTick(), from + AT_ONCE));
        }
        counter.close();
    }

    private void count(int from, int until) {
        for (int i = 0; i < next.length; i++) {
            int end = chunk.endRow(chunk.thread(i));
            int row = next[i];
            while (row < end && chunk.tick(row) < until) {
                int rowEnd = chunk.tick(row) + chunk.count(row);
                int state = ThreadState.of(chunk.state(row)).code();
                change[(Math.max(from, chunk.tick(row)) - from) * STATES + state]++;
                change[(Math.min(until, rowEnd) - from) * STATES + state]--;
                if (rowEnd > until) {
                    break; // it has more to say of the ticks after these
                }
                row++;
            }
            next[i] = row;
        }
        long[] now = new long[STATES];
        for (int tick = from; tick < until; tick++) {
            boolean same = true;
            for (int s = 0; s < STATES; s++) {
                now[s] += change[(tick - from) * STATES + s];
                same &= now[s] == open[s];
            }
            if (!same) {
                close();
                System.arraycopy(now, 0, open, 0, STATES);
                openFrom = tick;
            }
            openTo = tick + 1;
        }
        Arrays.fill(change, 0);
    }

    private void close() {
        boolean any = false;
        for (int s = 0; s < STATES; s++) {
            any |= open[s] > 0;
            open[s] = Math.min(open[s], Short.MAX_VALUE);
        }
        if (any && openTo > openFrom) {
            to.put(openFrom).put(openTo - openFrom).put(open);
        }
    }
}

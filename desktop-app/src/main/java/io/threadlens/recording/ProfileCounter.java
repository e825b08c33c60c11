package io.threadlens.recording;

import java.util.Arrays;

/** Counts the {@link Profile} of a chunk, one thread after the other. */
final class ProfileCounter {
    /** Number of the row of a stack and state, plus one; a power of two, at least half of it zero. */
    private int[] slots = new int[64];

    private int[] stacks = new int[32];
    private byte[] states = new byte[32];
    private int[] ticks = new int[32];
    private long[] times = new long[32];
    private long[] longest = new long[32];
    private int rows;

    /** Puts the profile of a chunk. */
    static void put(SampleChunk chunk, SeenTime seen, RowBuffer to) {
        ProfileCounter counter = new ProfileCounter();
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            counter.count(chunk, chunk.firstRow(thread), chunk.endRow(thread), seen);
            for (int row = 0; row < counter.rows; row++) {
                to.put(thread)
                        .put(counter.stacks[row])
                        .put(counter.states[row])
                        .put(counter.times[row])
                        .put(counter.ticks[row])
                        .put(counter.longest[row]);
            }
            counter.clear();
        }
    }

    private void count(SampleChunk chunk, int first, int end, SeenTime seen) {
        int last = -1;
        int lastEnd = -1;
        long since = 0;
        for (int row = first; row < end; row++) {
            int tick = chunk.tick(row);
            int until = tick + chunk.count(row);
            long from = seen.before(tick);
            long to = seen.before(until);
            int at = rowOf(chunk.stack(row), chunk.state(row));
            if (at != last || tick != lastEnd) {
                since = from;
            }
            times[at] += to - from;
            ticks[at] += until - tick;
            longest[at] = Math.max(longest[at], to - since);
            last = at;
            lastEnd = until;
        }
    }

    private int rowOf(int stack, byte state) {
        int slot = slot(stack, state);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (rows == stacks.length) {
            stacks = Arrays.copyOf(stacks, 2 * rows);
            states = Arrays.copyOf(states, 2 * rows);
            ticks = Arrays.copyOf(ticks, 2 * rows);
            times = Arrays.copyOf(times, 2 * rows);
            longest = Arrays.copyOf(longest, 2 * rows);
            slots = new int[4 * rows];
            for (int row = 0; row < rows; row++) {
                slots[slot(stacks[row], states[row])] = row + 1;
            }
            slot = slot(stack, state);
        }
        stacks[rows] = stack;
        states[rows] = state;
        slots[slot] = ++rows;
        return rows - 1;
    }

    /** Where a stack and state are, or would be. */
    private int slot(int stack, byte state) {
        int hash = (stack * 31 + state) * 0x9e37_79b9;
        int slot = hash >>> 1 & slots.length - 1 ^ hash >>> 20 & slots.length - 1;
        while (slots[slot] != 0 && (stacks[slots[slot] - 1] != stack || states[slots[slot] - 1] != state)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(ticks, 0, rows, 0);
        Arrays.fill(times, 0, rows, 0);
        Arrays.fill(longest, 0, rows, 0);
        rows = 0;
    }
}

package io.threadlens.analysis;

/**
 * Counts how many of something there are at each tick, from stretches of ticks in any order. Ticks are closed one after the other, and only those that are still open
 * take memory.
 */
final class OpenTicks {
    /** By how many more (or less) there are at a tick than at the one before; a ring, by tick. */
    private int[] change = new int[1024];

    private int first;
    private int now;

    /** One more at {@code count} ticks from {@code tick} on; none of them closed. */
    void add(int tick, int count) {
        int end = tick + count;
        if (end - first >= change.length) {
            grow(end - first + 1);
        }
        change[tick & change.length - 1]++;
        change[end & change.length - 1]--;
    }

    /** Closes the first open tick and returns how many there are at it. */
    int close() {
        int at = first & change.length - 1;
        now += change[at];
        change[at] = 0;
        first++;
        return now;
    }

    private void grow(int atLeast) {
        int[] larger = new int[Integer.highestOneBit(atLeast) * 2];
        for (int i = 0; i < change.length; i++) {
            larger[first + i & larger.length - 1] = change[first + i & change.length - 1];
        }
        change = larger;
    }
}

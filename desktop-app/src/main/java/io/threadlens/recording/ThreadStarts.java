package io.threadlens.recording;

import java.util.Arrays;

/**
 * Where in a chunk the rows of each thread are.
 *
 * @param threads that have rows, ascending
 * @param starts  where the rows of each begin, and one more for the end
 */
record ThreadStarts(int[] threads, int[] starts) {
    /** The first row of a thread; equal to {@link #endRow} where it has none. */
    int firstRow(int thread) {
        int at = Arrays.binarySearch(threads, thread);
        return starts[at >= 0 ? at : -at - 1];
    }

    int endRow(int thread) {
        int at = Arrays.binarySearch(threads, thread);
        return starts[at >= 0 ? at + 1 : -at - 1];
    }
}

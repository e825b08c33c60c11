package io.threadlens.timeline;

import java.util.Arrays;

/** Time by thread that is added up again and again; to clear it costs only as much as there is in it. */
final class ThreadSums {
    private long[] ns = new long[16];
    private int[] threads = new int[16];
    private int count;

    void add(int thread, long time) {
        if (time <= 0) {
            return;
        }
        if (thread >= ns.length) {
            ns = Arrays.copyOf(ns, Math.max(thread + 1, 2 * ns.length));
        }
        if (ns[thread] == 0) {
            if (count == threads.length) {
                threads = Arrays.copyOf(threads, 2 * count);
            }
            threads[count++] = thread;
        }
        ns[thread] += time;
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            ns[threads[i]] = 0;
        }
        count = 0;
    }

    /** How many threads have time. */
    int count() {
        return count;
    }

    /** One of those that have, {@code 0 ≤ i < count()}. */
    int thread(int i) {
        return threads[i];
    }

    long ns(int thread) {
        return thread < ns.length ? ns[thread] : 0;
    }

    long whole() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += ns[threads[i]];
        }
        return sum;
    }

    /** The thread with the most time, of several the one with the lowest number; −1 where none has any. */
    int most() {
        int most = -1;
        for (int i = 0; i < count; i++) {
            int thread = threads[i];
            if (most < 0 || ns[thread] > ns[most] || ns[thread] == ns[most] && thread < most) {
                most = thread;
            }
        }
        return most;
    }
}

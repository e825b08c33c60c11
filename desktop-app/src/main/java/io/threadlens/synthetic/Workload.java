package io.threadlens.synthetic;

/**
 * A made-up program: how many threads, looked at how often and for how long. The same numbers give the same recording, bit for bit.
 *
 * <p>Of each 64 threads, 16 compute, 12 work at two locks, six at each, 12 wait for sockets, 16 take work from a queue, and 8 sleep and wake now and then.
 *
 * @param rateHz  ticks a second; a divisor of 10⁹
 * @param seconds length of the recording
 */
public record Workload(int threads, int rateHz, int seconds, long seed) {
    /** To be raised whenever the same numbers give another recording: a recording that was kept is then made anew. */
    private static final int VERSION = 1;

    /** Threads after which the roles repeat. */
    static final int BLOCK = 64;

    public Workload {
        if (threads < 1 || rateHz < 1 || seconds < 1 || (long) rateHz * seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no such workload: " + threads + " threads, " + rateHz + " Hz, " + seconds + " s");
        }
    }

    public long samples() {
        return (long) threads * ticks();
    }

    int ticks() {
        return rateHz * seconds;
    }

    long periodNs() {
        return 1_000_000_000L / rateHz;
    }

    /** Under which its recording is kept. */
    String fileName() {
        return "mixed-" + threads + "-threads-" + rateHz + "-hz-" + seconds + "-s-seed-" + seed + "-v" + VERSION + ".threadlens";
    }
}

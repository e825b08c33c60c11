package io.threadlens.view;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import java.util.Arrays;
import java.util.Random;

/**
 * A made-up program that does a bit of everything, the same each time: a main thread that waits for its workers, eight workers that compute and queue for
 * a lock and for a dict, two readers, a logger that sleeps, and a collector whose pauses stop them all.
 */
final class SampleProgram {
    static final int TICKS = 12_000;
    private static final long MS = 1_000_000;
    /** How it is known who holds the lock: it is a with block. */
    private static final int WITH_BLOCK = 1;
    private static final int CHUNK = 250;

    final MemoryRecording recording = new MemoryRecording(1_000);
    private final Random random = new Random(7);
    private final int main;
    private final int[] workers = new int[8];
    private final int[] readers = new int[2];
    private final int logger;
    private final int join;
    private final int compute;
    private final int hash;
    private final int wait;
    private final int read;
    private final int sleep;
    private final int flush;
    private final int update;
    private final int store;
    private final int registry;

    SampleProgram() {
        main = recording.thread("MainThread");
        for (int i = 0; i < workers.length; i++) {
            workers[i] = recording.thread("worker-" + i);
        }
        for (int i = 0; i < readers.length; i++) {
            readers[i] = recording.thread("reader-" + i);
        }
        logger = recording.thread((String) null);
        int root = recording.stack(-1, "<module>", "/srv/app/app.py", 88);
        join = recording.stack(recording.stack(root, "main", "/srv/app/app.py", 80), "Thread.join", "/usr/lib/python3.14/threading.py", 1133);
        int bootstrap = recording.stack(-1, "Thread._bootstrap", "/usr/lib/python3.14/threading.py", 1044);
        int run = recording.stack(bootstrap, "Thread.run", "/usr/lib/python3.14/threading.py", 1024);
        int work = recording.stack(run, "Worker.run", "/srv/app/worker.py", 41);
        compute = recording.stack(work, "score", "/srv/app/score.py", 17);
        hash = recording.stack(recording.stack(work, "digest", "/srv/app/score.py", 52), "sha256", "hashlib", 0);
        wait = recording.stack(recording.stack(work, "Store.put", "/srv/app/store.py", 23), "Lock.__enter__", "/srv/app/store.py", 23);
        read = recording.stack(recording.stack(run, "Reader.run", "/srv/app/reader.py", 12), "recv", "/srv/app/reader.py", 14);
        sleep = recording.stack(recording.stack(run, "flush_forever", "/srv/app/log.py", 9), "sleep", "/srv/app/log.py", 11);
        flush = recording.stack(recording.stack(work, "Store.put", "/srv/app/store.py", 24), "Store._flush", "/srv/app/store.py", 41);
        update = recording.stack(work, "Registry.count", "/srv/app/registry.py", 30);
        store = recording.lock("lock", "threading.Lock", "Store.cache_lock");
        registry = recording.lock("critical-section", "dict", "Registry.counts");
        int end = recording.lock("join", "threading.Thread", null);
        recording.wait(main, MemoryRecording.START_NS, MemoryRecording.START_NS + TICKS * MS, end, join);
    }

    static MemoryRecording whole() {
        SampleProgram program = new SampleProgram();
        program.recording.ticks(TICKS);
        for (int from = 0; from < TICKS; from += CHUNK) {
            program.write(from, from + CHUNK);
        }
        return program.recording;
    }

    /** Adds what the threads did in some ticks, which must be there. */
    void write(int from, int to) {
        recording.run(main, from, to - from, ThreadState.SIGNAL, 0, join);
        recording.run(logger, from, to - from - 6, ThreadState.IDLE, 3, sleep);
        recording.run(logger, to - 6, 6, ThreadState.RUNNING, 3, sleep);
        boolean pause = from % 2_000 == 1_000;
        int end = pause ? to - 18 : to;
        boolean convoy = from % 6_000 >= 3_000;
        boolean[][] waiting = new boolean[workers.length][end - from];
        for (int i = 0; i < workers.length; i++) {
            work(i, from, end, convoy, waiting[i]);
        }
        hold(convoy ? store : registry, convoy ? flush : update, from, waiting);
        for (int reader : readers) {
            for (int at = from; at < end; ) {
                int count = Math.min(end - at, 20 + random.nextInt(60));
                recording.run(reader, at, count, random.nextInt(4) == 0 ? ThreadState.RUNNING : ThreadState.IO, 1, read);
                at += count;
            }
        }
        if (pause) {
            long start = recording.tickTime(end);
            recording.pause(start, start + 18 * MS, 1, workers[3], compute);
            recording.pause(start + 4 * MS, start + 18 * MS, 0, workers[3], compute);
            recording.run(workers[3], end, 18, ThreadState.RUNNING, 5, compute);
            for (int i = 0; i < workers.length; i++) {
                if (i != 3) {
                    recording.run(workers[i], end, 18, ThreadState.PAUSED, i, compute);
                }
            }
            for (int reader : readers) {
                recording.run(reader, end, 18, ThreadState.IO, 1, read);
            }
        }
        for (int thread = 0; thread < recording.threads().size(); thread++) {
            for (long at = from; at < to; at += 100) {
                long time = recording.tickTime((int) at);
                double share = thread == main ? 0.01 : thread == logger ? 0.02 : thread >= readers[0] ? 0.2 : 0.45;
                recording.cpu(thread, time, Math.round((time - MemoryRecording.START_NS) * share), (time - MemoryRecording.START_NS) / 50);
            }
        }
        recording.cut();
    }

    private void work(int worker, int from, int end, boolean convoy, boolean[] waiting) {
        for (int at = from; at < end; ) {
            int count = Math.min(end - at, 3 + random.nextInt(convoy ? 30 : 45));
            int what = random.nextInt(100);
            ThreadState state = what < (convoy ? 62 : 12)
                    ? ThreadState.LOCK
                    : what < (convoy ? 68 : 20) ? ThreadState.RUNNABLE : what < (convoy ? 72 : 40) ? ThreadState.NATIVE : ThreadState.RUNNING;
            int stack = state == ThreadState.LOCK ? wait : state == ThreadState.NATIVE ? hash : compute;
            recording.run(workers[worker], at, count, state, worker, stack);
            if (state == ThreadState.LOCK) {
                // It began to wait between two ticks, and was woken between two others.
                recording.wait(
                        workers[worker], recording.tickTime(at) - MS / 3, recording.tickTime(at) + count * MS, convoy ? store : registry, wait);
                Arrays.fill(waiting, at - from, at - from + count, true);
            }
            at += count;
        }
    }

    /** While somebody waits, one of those that do not wait holds the lock, and passes it on only when it begins to wait itself. */
    private void hold(int lock, int stack, int from, boolean[][] waiting) {
        int holder = -1;
        int since = 0;
        for (int at = 0; at <= waiting[0].length; at++) {
            int next = at < waiting[0].length ? holder(waiting, at, holder) : -1;
            if (next != holder) {
                if (holder >= 0) {
                    recording.hold(lock, workers[holder], recording.tickTime(from + since), recording.tickTime(from + at), stack, WITH_BLOCK, 0);
                }
                holder = next;
                since = at;
            }
        }
    }

    private static int holder(boolean[][] waiting, int at, int before) {
        boolean anyone = false;
        int free = -1;
        for (int i = 0; i < waiting.length; i++) {
            anyone |= waiting[i][at];
            if (!waiting[i][at] && (free < 0 || i == before)) {
                free = i;
            }
        }
        return anyone ? free : -1;
    }
}

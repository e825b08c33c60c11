package io.threadlens.timeline;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.Random;

/** Made-up runs in chunks, with ticks that were missed and threads that nobody saw for a while; and the plain way to count them. */
public final class RandomProgram {
    public final MemoryRecording recording = new MemoryRecording(1_000);
    private final Random random;
    private final int threads;
    private int tick;

    public RandomProgram(long seed, int threads) {
        this.random = new Random(seed);
        this.threads = threads;
        for (int i = 0; i < threads; i++) {
            recording.thread(new String[] {"one", "two", "three"}[i % 3]);
        }
    }

    /** Adds some ticks and what the threads did in them. */
    public void grow(int ticks) {
        int first = tick;
        long time = first == 0 ? MemoryRecording.START_NS : recording.tickTime(first - 1);
        for (int i = 0; i < ticks; i++) {
            time += 900_000 + random.nextInt(200_000);
            if (random.nextInt(40) == 0) {
                time += random.nextInt(8_000_000); // the sampler was held up
            }
            recording.tick(time);
        }
        tick += ticks;
        for (int thread = 0; thread < threads; thread++) {
            for (int at = first; at < tick; ) {
                int count = Math.min(tick - at, 1 + random.nextInt(thread == 0 ? 3 : 40));
                if (random.nextInt(10) > 0) {
                    recording.run(thread, at, count, ThreadState.of(random.nextInt(ThreadState.COUNT)), 0, -1);
                }
                at += count;
            }
        }
    }

    /** Time per state between two moments, tick by tick. */
    static long[] count(Recording recording, int thread, long startNs, long endNs) {
        long[] states = new long[ThreadState.COUNT];
        for (SampleChunk chunk : recording.chunks()) {
            for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                for (int t = chunk.tick(row); t < chunk.tick(row) + chunk.count(row); t++) {
                    long from = Math.max(startNs, recording.tickTime(t));
                    long to = Math.min(endNs, recording.tickEnd(t));
                    states[chunk.state(row)] += Math.max(0, to - from);
                }
            }
        }
        return states;
    }

    static ThreadInfo thread(int number, String name, int tid) {
        return new ThreadInfo(number, tid, 0, name, 0, -1);
    }
}

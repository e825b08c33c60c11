package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Threads that do nothing, each with one run a batch. */
final class IdleThreads {
    private IdleThreads() {}

    static void record(RecordingWriter writer, int threads, int ticks, int ticksPerBatch) throws IOException {
        writer.frame(new Frame("wait", "app.py", 1, 1));
        writer.stack(-1, 0);
        for (int t = 0; t < threads; t++) {
            writer.thread(new ThreadInfo(t, t, t, "idle-" + t, 0, -1));
        }
        ByteBuffer thread = ints(threads);
        ByteBuffer tick = ints(threads);
        ByteBuffer count = ints(threads);
        for (int t = 0; t < threads; t++) {
            thread.putInt(4 * t, t);
            count.putInt(4 * t, ticksPerBatch);
        }
        byte[] state = new byte[threads];
        java.util.Arrays.fill(state, (byte) 9);
        for (int first = 0; first < ticks; first += ticksPerBatch) {
            for (int i = 0; i < ticksPerBatch; i++) {
                writer.tick((first + i) * 1_000_000L, 0);
            }
            for (int t = 0; t < threads; t++) {
                tick.putInt(4 * t, first);
            }
            writer.samples(
                    threads,
                    MemorySegment.ofArray(thread.array()),
                    MemorySegment.ofArray(tick.array()),
                    MemorySegment.ofArray(count.array()),
                    MemorySegment.ofArray(state),
                    MemorySegment.ofArray(new byte[threads]),
                    MemorySegment.ofArray(new byte[2 * threads]),
                    MemorySegment.ofArray(new byte[4 * threads]));
            writer.commit();
        }
    }

    private static ByteBuffer ints(int n) {
        return ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
    }
}

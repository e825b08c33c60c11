package io.threadlens.comparison;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Saved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program that a test makes up, tick by tick at 1 kHz, and reads as it would read a saved one. */
final class Program {
    /** Few, so that there are many chunks. */
    private static final int ROWS = 40;

    final MemoryRecording recording;
    private final int work;

    Program(int cores, int ticks) {
        recording = new MemoryRecording(1_000).ticks(ticks).cores(cores);
        work = recording.stack(-1, "work", "/app/app.py", 10);
    }

    static long at(int tick) {
        return MemoryRecording.START_NS + tick * 1_000_000L;
    }

    int stack(int parent, String function, String file, int line) {
        return recording.stack(parent, function, file, line);
    }

    /** A thread, in {@code work} for a number of ticks in each state; what is left of the recording it is not there. */
    int thread(String name, Object... statesAndTicks) {
        return threadIn(name, work, statesAndTicks);
    }

    int threadIn(String name, int stack, Object... statesAndTicks) {
        int thread = recording.thread(name);
        int tick = 0;
        for (int i = 0; i < statesAndTicks.length; i += 2) {
            int ticks = (Integer) statesAndTicks[i + 1];
            recording.run(thread, tick, ticks, (ThreadState) statesAndTicks[i], 0, stack);
            tick += ticks;
        }
        return thread;
    }

    /** Waits of a thread for a lock from one tick to another. */
    void wait(int thread, int from, int to, int lock) {
        recording.wait(thread, at(from), at(to), lock, work);
    }

    Run run() {
        return run(recording, "made-up.threadlens");
    }

    static Run run(MemoryRecording recording, String file) {
        try {
            Path path = Files.createTempFile("threadlens-test-", ".threadlens");
            Files.delete(path);
            try (Recording saved = Saved.view(recording, path, ROWS)) {
                return RunReader.read(saved, file);
            } finally {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Side side(Program... programs) {
        return new Side(Arrays.stream(programs).map(Program::run).toList());
    }

    /** A side that was recorded once. */
    Side side() {
        return side(this);
    }
}

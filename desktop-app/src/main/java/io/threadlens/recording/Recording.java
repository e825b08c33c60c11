package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording to read, saved or still growing. What a method returns is a snapshot that does not change; a live recording returns
 * newer ones later, and {@link #revision()} tells whether it is worth asking. Safe from any thread. After {@link #close()} nothing of it may be read.
 */
public interface Recording extends AutoCloseable {
    RecordingInfo info();

    /** Grows by at least one whenever anything below has changed. */
    long revision();

    /** Every thread seen so far, by its number. */
    List<ThreadInfo> threads();

    /** Number of ticks so far. */
    int tickCount();

    /** When tick {@code i} began, ns, {@code 0 ≤ i < tickCount()}. */
    long tickTime(int i);

    /** Until when tick {@code i} speaks for the threads, ns: the next tick, at most two periods on. What lies beyond was not seen. */
    long tickEnd(int i);

    /** The last tick that began at or before {@code ns}, −1 where there is none. */
    int tickAt(long ns);

    /** The runs, in chunks in order of time. Of a live recording the last chunk is the one that still grows, as it is now. */
    List<SampleChunk> chunks();

    /** The calls of a stack, root first; empty for −1. */
    List<Frame> stack(int stackId);

    /** The innermost call of a stack; null for −1. */
    @Nullable Frame leaf(int stackId);

    /** CPU figures, pauses, events and marks, each as small tables in order of time. */
    List<CpuRow> cpu();

    List<Pause> pauses();

    List<Event> events();

    List<Mark> marks();

    /** What of the recording was lost or dropped when it was opened, in words; null where nothing was. */
    default @Nullable String damage() {
        return null;
    }

    @Override
    void close();

    /** CPU time and run delay of a thread up to a moment, ns. */
    record CpuRow(int thread, long time, long cpu, long delay) {}

    /** A pause of the whole program; {@code kind} 0 stop-the-world, 1 garbage collection; thread and stack −1 where unknown. */
    record Pause(long start, long end, int kind, int thread, int stack) {}

    /** Something that happened to the program or to the recording; the kinds are those of docs/wire-protocol.md. */
    record Event(long time, String kind, long value, @Nullable String text) {}

    record Mark(long time, String text) {}
}

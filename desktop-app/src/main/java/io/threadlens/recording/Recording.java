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

    /** The number of that call: stacks that end in the same call, at the same line, share it; −1 for −1. */
    int frame(int stackId);

    /** The stack without its innermost call, a number less than {@code stackId}; −1 at the root. */
    int parent(int stackId);

    /** CPU figures, pauses and events, each as small tables in order of time. */
    List<CpuRow> cpu();

    List<Pause> pauses();

    List<Event> events();

    /** The marks that hold: of those with the same times the last one. */
    List<Mark> marks();

    /** What was waited for or held, by its number. */
    List<Lock> locks();

    /**
     * Waits, one row each; those of a thread are in order of time. Of a live recording the newest of each thread come last, and may
     * still be going on: a later snapshot has them with a later end.
     */
    List<Wait> waits();

    /** Who was seen to hold what, in order of arrival; the rows of one hold, about one a second, follow one another without a gap. */
    List<Hold> holds();

    /** How often the shared reference counts of objects on the threads' stacks changed, in order of time. */
    List<RefcountLooks> refcounts();

    /**
     * Who was on which core, from when to when, exactly; in order of their ends. A long stay on a core is several, about one a batch, each beginning
     * where the one before ended. Empty where the machine did not tell of its context switches: then the samples' cores are all there is.
     */
    default List<CoreSlice> coreSlices() {
        return List.of();
    }

    /** How busy the whole machine was, in order of time, about one a batch. */
    default List<SystemLoad> systemLoad() {
        return List.of();
    }

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

    /**
     * What a person wrote to a moment or a stretch of time. No two have the same times.
     *
     * @param end  equal to {@code time} for a moment
     * @param text empty where there is no note; null only in a recording that grows, for a mark that was taken away
     */
    record Mark(long time, long end, @Nullable String text) {
        public boolean isSpan() {
            return end > time;
        }

    }

    /**
     * Something that threads wait for or hold.
     *
     * @param kind  one of the kinds of docs/wire-protocol.md: {@code "lock"}, {@code "critical-section"} …
     * @param type  {@code "threading.Lock"}, {@code "dict"} …
     * @param label a name that a person knows
     */
    record Lock(int number, String kind, @Nullable String type, @Nullable String label) {
        /** A name that a person knows, else its type and what tells it from others of that type. */
        public String name() {
            if (label != null) {
                return label;
            }
            return switch (kind) {
                case "gil" -> "the GIL";
                case "pause" -> "the end of a pause";
                case "pause-request" -> "the other threads to stop";
                default -> (type == null ? kind : type) + " #" + number;
            };
        }

        /** Whether a wait for it is contention; else there is only no work to do. */
        public boolean isContention() {
            return switch (kind) {
                case "condition", "queue", "join", "native-signal" -> false;
                default -> true;
            };
        }
    }

    /** A thread waited from {@code start} (exact where the interpreter keeps it) until the tick {@code end}; stack −1 where unknown. */
    record Wait(int thread, long start, long end, int lock, int stack) {}

    /**
     * A thread was seen to hold a lock from one tick up to, but without, another.
     *
     * @param stack its stack up to the call that holds the lock; −1 where only the thread is known
     * @param how   how that is known: 1 a {@code with} block, 2 the lock's owner, 3 a critical section, 4 the GIL's holder, 5 a pause
     * @param place its place among the locks the thread holds, 0 for the one taken first
     * @param taken as {@code stack}, but at the line at which the lock was taken; −1 where that is not known
     */
    record Hold(int lock, int thread, long start, long end, int stack, int how, int place, int taken) {
        /** Where the lock was taken, or what its holder does meanwhile where that is not known. */
        public int takenAt() {
            return taken >= 0 ? taken : stack;
        }
    }

    /** Looks of one batch at an object on a thread's stack: how many, and at how many of them its shared reference count had changed. */
    record RefcountLooks(long time, int thread, int stack, long object, @Nullable String type, int looks, int changed) {}

    /** A thread was on a core. */
    record CoreSlice(int thread, int core, long start, long end) {}

    /** CPU time of all programs on all cores together, up to a moment, ns; and of the recorded program. */
    record SystemLoad(long time, long busy, long own) {}
}

package io.threadlens.model;

/**
 * What a thread was doing at a tick. The order is the wire's and the file's: {@link #code()} is written as one byte.
 */
public enum ThreadState {
    /** Not seen, or not to be told apart. */
    UNKNOWN,
    /** On a core, inside the interpreter. */
    RUNNING,
    /** On a core, outside the interpreter (C code that detached from it). */
    NATIVE,
    /** Ready to run, but no core was free. */
    RUNNABLE,
    /** Waits for a lock that another thread holds. */
    LOCK,
    /** Waits for work or for a result: a condition, an event, a queue, a join. */
    SIGNAL,
    /** Waits for the global interpreter lock. */
    GIL,
    /** Held still by a stop-the-world pause. */
    PAUSED,
    /** Waits for a file, a pipe or a socket. */
    IO,
    /** Sleeps, or waits in {@code select} for something to happen. */
    IDLE;

    private static final ThreadState[] BY_CODE = values();

    /** How many states there are; arrays indexed by {@link #code()} have this length. */
    public static final int COUNT = BY_CODE.length;

    /** The byte that stands for this state on the wire and in a recording. */
    public byte code() {
        return (byte) ordinal();
    }

    /** The state of a byte; {@link #UNKNOWN} for a byte that no state has. */
    public static ThreadState of(int code) {
        return code >= 0 && code < COUNT ? BY_CODE[code] : UNKNOWN;
    }

    /** Whether a thread in this state keeps a core busy. */
    public boolean isBusy() {
        return this == RUNNING || this == NATIVE;
    }

    /** Whether a thread in this state has something to do, and does it or is kept from it. */
    public boolean isActive() {
        return this != SIGNAL && this != IDLE && this != UNKNOWN;
    }

    /** The name in reports and on screen: {@code "running"}, {@code "lock"} … */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

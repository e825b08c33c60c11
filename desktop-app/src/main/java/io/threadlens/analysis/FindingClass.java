package io.threadlens.analysis;

/**
 * What can keep a program from scaling: the vocabulary of {@code contention.kind} and {@code findings.class}. Those from {@link #IO} to {@link #SPEEDUP} are told of
 * two recordings that are compared, never of one.
 */
public enum FindingClass {
    LOCK("lock"),
    CRITICAL_SECTION("critical-section"),
    INTERPRETER_LOCK("interpreter-lock"),
    REFCOUNT("refcount"),
    STOP_THE_WORLD("stop-the-world"),
    GIL("gil"),
    OVERSUBSCRIBED("oversubscribed"),
    IMBALANCE("imbalance"),
    SERIAL("serial"),
    DEADLOCK("deadlock"),
    /** Cores have nothing to do while threads wait for files and sockets. */
    IO("io"),
    /** Nobody has anything to do. */
    IDLE("idle"),
    /** The same work takes more time on a core. */
    SLOWER_CODE("slower-code"),
    /** It is not known what for. */
    UNEXPLAINED("unexplained"),
    /** What was reached, and what would be at best. */
    SPEEDUP("speedup"),
    NONE("none");

    private final String label;

    FindingClass(String label) {
        this.label = label;
    }

    /** The name in reports. */
    public String label() {
        return label;
    }
}

package io.threadlens.analysis;

/** What can keep a program from scaling: the vocabulary of {@code contention.kind} and {@code findings.class}. */
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

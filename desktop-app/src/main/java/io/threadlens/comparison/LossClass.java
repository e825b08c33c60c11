package io.threadlens.comparison;

import io.threadlens.analysis.FindingClass;
import java.util.Locale;

/** What a core's time can be lost to: why it did no work of the program's, or why the work took more of it. */
public enum LossClass {
    GIL("queued for the GIL"),
    LOCK("waited for locks"),
    CRITICAL_SECTION("waited for objects' own locks"),
    INTERPRETER_LOCK("waited for the interpreter's locks"),
    REFCOUNT("fought over reference counts"),
    STOP_THE_WORLD("held still by pauses"),
    /** A thread was ready, and had no core: other programs had it, or the kernel had not woken it yet. */
    RUN_DELAY("ready, without a core"),
    /** Threads that do the same were done early, while one of them went on. */
    IMBALANCE("done before others of their kind"),
    /** There was less to do at once than there were cores. */
    SERIAL("nothing to do beside others"),
    IO("waited for files and sockets"),
    /** Nobody wanted a core. */
    IDLE("nobody had anything to do"),
    /** The same work took more time on a core. */
    SLOWER_CODE("slower code for the same work"),
    UNEXPLAINED("unexplained");

    private final String words;

    LossClass(String words) {
        this.words = words;
    }

    /** The name in reports: {@code "critical-section"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, for a person. */
    public String words() {
        return words;
    }

    /** What waits of a class cost. */
    static LossClass of(FindingClass kind) {
        return switch (kind) {
            case GIL -> GIL;
            case CRITICAL_SECTION -> CRITICAL_SECTION;
            case INTERPRETER_LOCK -> INTERPRETER_LOCK;
            case STOP_THE_WORLD -> STOP_THE_WORLD;
            default -> LOCK;
        };
    }
}

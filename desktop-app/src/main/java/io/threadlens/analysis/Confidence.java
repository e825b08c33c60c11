package io.threadlens.analysis;

/** How sure a figure is, 0 to 1: from how it is known, and from how many ticks it rests on. docs/findings.md says the formulas to users. */
public final class Confidence {
    /** How a holder is known, as in the table {@code holds}: a {@code with} block on its stack. */
    static final int WITH = 1;

    /** Nobody was seen to hold the lock; the one who waited for it last may. */
    static final double INFERRED = 0.5;

    private Confidence() {}

    /** A time that was seen at {@code ticks} ticks is off by about one part in √ticks. */
    public static double ofTicks(long ticks) {
        return 1 - 1 / Math.sqrt(ticks + 1.0);
    }

    /** Of a holder that is known in one of the ways of the table {@code holds}. */
    static double ofHolder(int how) {
        return switch (how) {
            case WITH -> 0.98;
            case 2, 4 -> 1.0; // the lock, or the GIL, names it
            default -> 0.9; // a critical section, a pause: read a moment after the wait
        };
    }
}

package io.threadlens.view.compare;

/** Which moments of two recordings are shown at the same place. */
public enum Alignment {
    /** Those as long after the beginning, at one scale: where one is shorter, it ends earlier. */
    TIME,
    /** Those at which the program is at the same place in it: one is stretched against the other. */
    PHASE
}

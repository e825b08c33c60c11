package io.threadlens.view.data;

/** What the tabs below the timeline are about, from left to right. */
public enum Topic {
    FINDINGS,
    CONTENTION,
    CORES,
    FLAME,
    CALLS,
    FUNCTIONS,
    SOURCE,
    THREADS,
    STACKS
}

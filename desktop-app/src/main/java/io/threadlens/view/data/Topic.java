package io.threadlens.view.data;

/** What the tabs below the timeline are about, from left to right. */
public enum Topic {
    FINDINGS,
    CONTENTION,
    CORES,
    THREADS,
    STACKS,
    FUNCTIONS,
    FLAME,
    CALLS,
    SOURCE
}

package io.threadlens.comparison;

/** What is set against each other. Neither is made out of the other: no side is scaled to the other's length. */
public enum ComparedBy {
    /** Seconds against seconds: of a faster program everything is less. */
    TIME,
    /** Shares of each side's whole: what weighs more now, however long it all took. */
    SHARE
}

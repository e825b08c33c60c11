package io.threadlens.cli;

import io.threadlens.session.PairProgress;

/** What {@code compare --run} says on stderr: one line that changes, where that is a terminal, and one line for each run. */
final class CompareProgress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final boolean terminal = System.console() != null && System.console().isTerminal();

    void changed(PairProgress progress) {
        if (progress.outcome() != null) {
            System.err.println((terminal ? CLEAR_LINE : "") + "threadlens: " + progress.what() + ": " + progress.how());
        } else if (terminal) {
            System.err.print(CLEAR_LINE + "● " + progress.what() + " · " + progress.how() + " · Ctrl+C ends it and keeps the recordings");
            System.err.flush();
        }
    }
}

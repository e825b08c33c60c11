package io.threadlens.cli;

import io.threadlens.session.PairProgress;

/** What {@code compare --run} says on stderr: one line that changes, where that is a terminal, and one line for each run. */
final class CompareProgress {
    private final TerminalLine line = new TerminalLine();

    void changed(PairProgress progress) {
        if (progress.outcome() != null) {
            line.clear();
            System.err.println("threadlens: " + progress.what() + ": " + progress.how());
        } else {
            line.show("● " + progress.what() + " · " + progress.how() + " · Ctrl+C ends it and keeps the recordings");
        }
    }
}

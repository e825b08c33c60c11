package io.threadlens.cli;

/** A line on stderr that changes, where that is a terminal; anywhere else it is not shown. */
final class TerminalLine {
    private static final String CLEAR = "\r\033[K";

    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private volatile boolean shown;

    boolean isTerminal() {
        return terminal;
    }

    /** In the place of what it showed. */
    void show(String text) {
        if (terminal) {
            shown = true;
            System.err.print(CLEAR + text);
            System.err.flush();
        }
    }

    void clear() {
        if (shown) {
            System.err.print(CLEAR);
        }
    }
}

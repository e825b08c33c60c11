package io.threadlens.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes a warning as one line on stderr, without the date and class that a log file would have. */
final class OneLineHandler extends Handler {
    private final boolean debug;

    OneLineHandler(boolean debug) {
        this.debug = debug;
        setLevel(debug ? Level.FINE : Level.WARNING);
    }

    @Override
    public void publish(LogRecord record) {
        boolean ours = record.getLoggerName() != null && record.getLoggerName().startsWith("io.threadlens");
        if (!isLoggable(record) || !ours) {
            return;
        }
        System.err.println("threadlens: " + record.getMessage());
        @Nullable Throwable cause = record.getThrown();
        if (debug && cause != null) {
            cause.printStackTrace();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

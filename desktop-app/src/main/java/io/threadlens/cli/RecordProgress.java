package io.threadlens.cli;

import io.threadlens.recording.Recording;
import io.threadlens.session.LiveSession;
import java.time.Duration;
import java.util.Locale;

/** What {@code record} says on stderr: one line that changes, where that is a terminal, and one line when it is done. */
final class RecordProgress {
    static final Duration EVERY = Duration.ofMillis(500);

    private final TerminalLine line = new TerminalLine();

    void changed(LiveSession session) {
        if (session.status().state() == LiveSession.State.RECORDING && !line.isTerminal()) {
            System.err.println("threadlens: recording " + session.what() + " to " + session.file());
        }
    }

    void show(LiveSession session) {
        Recording recording = session.recording();
        if (!line.isTerminal() || recording == null || session.status().state() != LiveSession.State.RECORDING) {
            return;
        }
        line.show("● " + measures(session, recording) + " · Ctrl+C ends it and keeps the recording");
    }

    void clear() {
        line.clear();
    }

    void done(LiveSession session) {
        Recording recording = session.recording();
        if (recording != null) {
            System.err.println("threadlens: recorded " + measures(session, recording) + " in " + session.file());
        }
        String message = session.status().message();
        if (message != null) {
            System.err.println("threadlens: " + message);
        }
    }

    private static String measures(LiveSession session, Recording recording) {
        int ticks = recording.tickCount();
        double seconds = ticks == 0 ? 0 : (recording.tickEnd(ticks - 1) - recording.tickTime(0)) / 1e9;
        return String.format(
                Locale.ROOT,
                "%.1f s · %d threads · %,d samples · %.1f MB",
                seconds,
                recording.threads().size(),
                recording.info().counters().samples(),
                session.bytes() / 1e6);
    }
}

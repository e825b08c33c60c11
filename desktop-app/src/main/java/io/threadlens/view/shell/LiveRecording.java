package io.threadlens.view.shell;

import io.threadlens.recording.Recording;
import io.threadlens.session.LiveSession;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A recording while it is made, as a window sees it. */
public interface LiveRecording {
    LiveSession.Status status();

    /** A short name of what is recorded. */
    String what();

    /** Where it is kept when it has ended. */
    Path file();

    /** The recording as it grows; null before the agent has connected. */
    @Nullable Recording recording();

    /** Bytes on disk so far. */
    long bytes();

    /** Puts a mark into it, or takes one away, without waiting. */
    void mark(Recording.Mark mark);

    /** Ends it, without waiting; it is kept. */
    void stop();

    static LiveRecording of(LiveSession session) {
        return new LiveRecording() {
            @Override
            public LiveSession.Status status() {
                return session.status();
            }

            @Override
            public String what() {
                return session.what();
            }

            @Override
            public Path file() {
                return session.file();
            }

            @Override
            public @Nullable Recording recording() {
                return session.recording();
            }

            @Override
            public long bytes() {
                return session.bytes();
            }

            @Override
            public void mark(Recording.Mark mark) {
                session.mark(mark);
            }

            @Override
            public void stop() {
                session.stop();
            }
        };
    }
}

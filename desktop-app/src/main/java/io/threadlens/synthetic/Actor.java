package io.threadlens.synthetic;

import io.threadlens.recording.RecordingWriter;

/** Threads that are written together. */
interface Actor {
    /** Says what they do, at least up to the end of the clock's batch. */
    void act();

    /** Writes what they did up to there. */
    void writeTo(Batch batch, RecordingWriter writer);

    /** The recording is over. */
    default void finish(RecordingWriter writer) {}
}

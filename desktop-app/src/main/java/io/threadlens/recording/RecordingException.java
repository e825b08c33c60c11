package io.threadlens.recording;

import java.io.IOException;

/** A recording cannot be written or read. The message is a sentence for the person, with what to do where that is known. */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;

    public RecordingException(String message) {
        super(message);
    }

    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}

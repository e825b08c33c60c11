package io.threadlens.wire;

import java.io.IOException;

/** The other side said something that the protocol does not allow. The message is a sentence for the log and for the person. */
public class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}

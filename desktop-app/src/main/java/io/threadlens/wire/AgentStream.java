package io.threadlens.wire;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An agent's direction of a connection, or a file with it: first {@link #hello()}, then message after message. One thread reads.
 */
public final class AgentStream {
    private final FrameReader frames;
    private final MessageDecoder decoder = new MessageDecoder();
    private final BatchValidator validator = new BatchValidator();
    private final Hello hello;

    /**
     * Reads the preface and the hello.
     *
     * @param token what the hello must show, or null where none is needed (a file)
     */
    AgentStream(InputStream in, @Nullable String token) throws IOException {
        frames = new FrameReader(in);
        frames.readPreface();
        int length = frames.next();
        if (length < 0) {
            throw new WireException("the stream ended before its first message");
        }
        hello = Hello.decode(frames.bytes(), length, token);
    }

    /** Reads a stream that was written to a file; it needs no token. */
    public static AgentStream ofFile(InputStream in) throws IOException {
        return new AgentStream(in, null);
    }

    public Hello hello() {
        return hello;
    }

    /**
     * The next message, checked; null at the end of the stream. Waits for it.
     *
     * @throws WireException where the stream breaks the protocol or is cut off inside a message
     */
    public @Nullable Message next() throws IOException {
        while (true) {
            int length = frames.next();
            if (length < 0) {
                return null;
            }
            Message message = decoder.decode(frames.bytes(), length);
            if (message instanceof Batch batch) {
                validator.check(batch);
            }
            if (message != null) {
                return message;
            }
        }
    }
}

package io.threadlens.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection with an agent that has shown the token. One thread reads with {@link #next()}; the control messages may be sent from any other.
 */
public final class AgentConnection implements AutoCloseable {
    private static final int SOCKET_BUFFER = 1 << 18;

    private final Socket socket;
    private final OutputStream out;
    private final AgentStream stream;

    /**
     * @param greeting a message to send before the agent speaks, or null where the agent speaks first
     */
    AgentConnection(Socket socket, String token, @Nullable Map<String, Object> greeting) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        if (greeting != null) {
            out.write(Protocol.PREFACE);
            send(greeting);
        }
        try {
            stream = new AgentStream(new BufferedInputStream(socket.getInputStream(), SOCKET_BUFFER), token);
        } catch (Hello.Refused e) {
            if (greeting == null) {
                out.write(Protocol.PREFACE);
            }
            send(Map.of("type", "refuse", "reason", String.valueOf(e.getMessage())));
            throw e;
        }
        if (greeting == null) {
            out.write(Protocol.PREFACE);
        }
    }

    public Hello hello() {
        return stream.hello();
    }

    /** The next message, null at the end of the stream; waits for it. */
    public @Nullable Message next() throws IOException {
        return stream.next();
    }

    /** Lets the agent begin. */
    public void start() throws IOException {
        send(Map.of("type", "start"));
    }

    /** Turns the agent away, with the reason. */
    public void refuse(String reason) throws IOException {
        send(Map.of("type", "refuse", "reason", reason));
    }

    public void rate(double hz) throws IOException {
        send(Map.of("type", "rate", "hz", hz));
    }

    public void pause() throws IOException {
        send(Map.of("type", "pause"));
    }

    public void resume() throws IOException {
        send(Map.of("type", "resume"));
    }

    public void mark(String text) throws IOException {
        send(Map.of("type", "mark", "text", text.substring(0, Math.min(text.length(), Protocol.MAX_MARK))));
    }

    /** Asks the agent to send what it has and to end. */
    public void stop() throws IOException {
        send(Map.of("type", "stop"));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what it was meant to be.
        }
    }

    private synchronized void send(Map<String, Object> message) throws IOException {
        out.write(MessageEncoder.message(message));
        out.flush();
    }
}

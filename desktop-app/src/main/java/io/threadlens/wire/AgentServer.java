package io.threadlens.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Listens on a loopback port for one agent. Whoever cannot show the token is cut off, said to {@code refused}, and the server goes on listening;
 * a caller that says nothing holds up nobody else.
 */
public final class AgentServer implements AutoCloseable {
    private static final int PATIENCE_MS = 5_000;
    private static final int MAX_GREETINGS = 16;

    private final ServerSocket listener;
    private final String token = Protocol.newToken();
    private final Consumer<String> refused;
    private final Semaphore greetings = new Semaphore(MAX_GREETINGS);
    private final CompletableFuture<AgentConnection> agent = new CompletableFuture<>();

    /**
     * @param refused told in a sentence why a caller was cut off
     */
    public AgentServer(Consumer<String> refused) throws IOException {
        this.refused = refused;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().name("agent-server").start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What the agent must show, 64 hexadecimal digits; passed to it outside the connection. */
    public String token() {
        return token;
    }

    /** Waits for the agent. */
    public AgentConnection await(Duration patience) throws IOException, InterruptedException {
        try {
            return agent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new WireException("no agent connected within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new WireException(String.valueOf(e.getCause().getMessage()), e);
        }
    }

    /** Ends a wait in {@link #await} with this reason. */
    public void giveUp(String reason) {
        agent.completeExceptionally(new WireException(reason));
    }

    @Override
    public void close() {
        giveUp("the app stopped waiting for the agent");
        try {
            listener.close();
        } catch (IOException e) {
            // Closed is what it was meant to be.
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (greetings.tryAcquire()) {
                    Thread.ofVirtual().name("agent-greeting").start(() -> greet(socket));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    refused.accept("a connection failed: " + e.getMessage());
                }
            }
        }
    }

    private void greet(Socket socket) {
        try {
            socket.setSoTimeout(PATIENCE_MS);
            AgentConnection connection = new AgentConnection(socket, token, null);
            socket.setSoTimeout(0);
            if (!agent.complete(connection)) {
                connection.refuse("another agent is connected already");
                connection.close();
            }
        } catch (IOException e) {
            if (!(e instanceof FrameReader.NothingSaid)) {
                String why = e instanceof SocketTimeoutException ? "it said nothing for " + PATIENCE_MS / 1000 + " s" : e.getMessage();
                refused.accept("a connection was refused: " + why);
            }
            try {
                socket.close();
            } catch (IOException ignored) {
                // Closed is what it was meant to be.
            }
        } finally {
            greetings.release();
        }
    }
}

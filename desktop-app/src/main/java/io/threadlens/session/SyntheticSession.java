package io.threadlens.session;

import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingWriter;
import io.threadlens.wire.AgentConnection;
import io.threadlens.wire.AgentServer;
import io.threadlens.wire.Batch;
import io.threadlens.wire.SyntheticAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A recording that grows as fast as it is told to, without a program: the samples of a synthetic agent come over a loopback socket, ten batches a second. */
public final class SyntheticSession implements AutoCloseable {
    private static final int BATCHES_PER_SECOND = 10;

    private final AgentConnection connection;
    private final RecordingWriter writer;
    private final Thread pump;

    private SyntheticSession(AgentConnection connection, RecordingWriter writer) throws IOException {
        this.connection = connection;
        this.writer = writer;
        connection.start();
        pump = Thread.ofPlatform().daemon().name("synthetic-session").start(this::pump);
    }

    /**
     * Begins a recording, which is thrown away in the end.
     *
     * @param file where it would be kept
     */
    public static SyntheticSession start(Path file, int threads, int rateHz) throws IOException, InterruptedException {
        SyntheticAgent agent = new SyntheticAgent(threads, rateHz / BATCHES_PER_SECOND, 1_000_000_000L / rateHz, false);
        try (AgentServer server = new AgentServer(why -> {})) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    agent.run(server.port(), server.token(), Long.MAX_VALUE);
                } catch (IOException e) {
                    server.giveUp(String.valueOf(e.getMessage())); // it has not connected, or the session is over
                }
            });
            AgentConnection connection = server.await(Duration.ofSeconds(10));
            return new SyntheticSession(connection, new RecordingWriter(file, BatchRecorder.header(connection.hello())));
        }
    }

    private void pump() {
        BatchRecorder recorder = new BatchRecorder(writer);
        try {
            while (connection.next() instanceof Batch batch) {
                recorder.record(batch);
            }
        } catch (IOException e) {
            // Closed: the session is over. If it broke, no more samples come, which whoever counts them sees.
        }
    }

    public Recording recording() {
        return writer.live();
    }

    /** How many samples were recorded so far. */
    public long samples() {
        return writer.live().info().counters().samples();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        try {
            pump.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.discard();
    }
}

package io.threadlens.session;

import io.threadlens.recording.RecordingWriter;
import io.threadlens.wire.AgentConnection;
import io.threadlens.wire.AgentServer;
import io.threadlens.wire.Batch;
import io.threadlens.wire.SyntheticAgent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;

/** How fast samples become a recording: over a loopback socket, through every check, onto the disk. */
public final class IngestBenchmark {
    private static final SyntheticAgent AGENT = new SyntheticAgent(64, 1_000, 1_000_000, true);

    private IngestBenchmark() {}

    /**
     * @param cpuSeconds CPU time of the thread that reads, checks and writes; on a machine with other work it says more than {@code seconds}
     * @param heapFirst bytes of heap in use, after a collection, when a tenth was recorded
     * @param heapLast  the same at the end
     */
    public record Result(long samples, double seconds, double cpuSeconds, long bytes, long heapFirst, long heapLast) {}

    public static Result run(Path file, long samples) throws IOException, InterruptedException {
        try (AgentServer server = new AgentServer(why -> {})) {
            Thread agent = Thread.ofPlatform().daemon().start(() -> {
                try {
                    AGENT.run(server.port(), server.token(), samples);
                } catch (IOException e) {
                    server.giveUp(String.valueOf(e.getMessage()));
                }
            });
            try (AgentConnection connection = server.await(Duration.ofSeconds(10));
                    RecordingWriter writer = new RecordingWriter(file, BatchRecorder.header(connection.hello()))) {
                connection.start();
                Result result = pump(connection, writer, samples);
                writer.discard();
                agent.join();
                return result;
            }
        }
    }

    private static Result pump(AgentConnection connection, RecordingWriter writer, long samples) throws IOException {
        BatchRecorder recorder = new BatchRecorder(writer);
        long heapFirst = -1;
        long paused = 0;
        long recorded = 0;
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long startCpu = thread.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        while (connection.next() instanceof Batch batch) {
            recorder.record(batch);
            recorded = batch.counters().samples();
            if (heapFirst < 0 && recorded > samples / 10) {
                long before = System.nanoTime();
                heapFirst = heap();
                paused = System.nanoTime() - before;
            }
        }
        double seconds = (System.nanoTime() - start - paused) / 1e9;
        double cpuSeconds = (thread.getCurrentThreadCpuTime() - startCpu) / 1e9;
        return new Result(recorded, seconds, cpuSeconds, writer.bytes(), heapFirst, heap());
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

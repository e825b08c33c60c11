package io.threadlens.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent without a process to look at: sends made-up samples. No two samples of a thread that follow each other are alike, so that each
 * is a row and nothing can be merged.
 *
 * @param ticksPerBatch ticks that are sent together
 * @param periodNs      from one tick to the next
 * @param isHurried     whether a batch is sent as soon as it is taken; else when its last tick has come, as a real agent does
 */
public record SyntheticAgent(int threads, int ticksPerBatch, long periodNs, boolean isHurried) {
    private static final int STACKS = 1_000;

    /** Connects to a server, waits for its start and sends at least {@code samples}; returns how many. */
    public long run(int port, String token, long samples) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(Protocol.PREFACE);
            out.write(hello(token));
            FrameReader control = new FrameReader(socket.getInputStream());
            control.readPreface();
            control.next();
            out.write(definitions());
            SyntheticBatch batch = new SyntheticBatch(threads, ticksPerBatch, STACKS, periodNs);
            long began = System.nanoTime();
            long sent = 0;
            for (int seq = 1; sent < samples; seq++) {
                if (!isHurried) {
                    LockSupport.parkNanos(began + seq * ticksPerBatch * periodNs - System.nanoTime());
                }
                sent += batch.rows();
                out.write(batch.bytes(seq, (seq - 1) * ticksPerBatch, sent));
            }
            out.write(MessageEncoder.message(Map.of("type", "end", "reason", "stopped")));
            return sent;
        }
    }

    private byte[] hello(String token) {
        return MessageEncoder.message(Map.of(
                "type", "hello",
                "protocol", Protocol.VERSION,
                "token", token,
                "agent", "synthetic",
                "process",
                Map.of(
                        "pid", 1, "command", List.of("synthetic"), "executable", "", "python", "0.0.0", "freeThreadedBuild", true, "gilEnabled",
                        false, "cores", 64, "host", ""),
                "recording", Map.of("startedUnixNs", 0L, "startedMonoNs", 0L, "rateHz", 1e9 / periodNs),
                "features", Map.of()));
    }

    /** The first batch, without a sample: what all others refer to. */
    private byte[] definitions() {
        MessageEncoder batch = new MessageEncoder();
        int[] zeros = new int[STACKS];
        int[] ids = new int[STACKS];
        Arrays.setAll(ids, i -> i);
        int[] parents = new int[STACKS];
        Arrays.setAll(parents, i -> i % 20 == 0 ? -1 : i - 1);
        batch.column(WireTable.STRINGS, "text", List.of("function"));
        batch.column(WireTable.FRAMES, "function", zeros).column(WireTable.FRAMES, "file", zeros);
        batch.column(WireTable.FRAMES, "firstLine", ids).column(WireTable.FRAMES, "line", ids);
        batch.column(WireTable.STACKS, "parent", parents).column(WireTable.STACKS, "frame", ids);
        int[] numbers = new int[threads];
        Arrays.setAll(numbers, i -> i);
        long[] never = new long[threads];
        Arrays.fill(never, -1);
        String[] names = new String[threads];
        Arrays.setAll(names, i -> "worker-" + i);
        batch.column(WireTable.THREADS, "thread", numbers).column(WireTable.THREADS, "tid", numbers);
        batch.column(WireTable.THREADS, "ident", new long[threads]).column(WireTable.THREADS, "name", List.of(names));
        batch.column(WireTable.THREADS, "start", new long[threads]).column(WireTable.THREADS, "end", never);
        return batch.batch(0, Map.of("samples", 0L));
    }
}

package io.threadlens.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An agent without a process to look at: sends made-up samples as fast as they are taken. For the ingest benchmark. No two samples of a
 * thread that follow each other are alike, so that each is a row and nothing can be merged.
 */
public final class SyntheticAgent {
    private static final int THREADS = 64;
    private static final int STACKS = 1_000;
    private static final int TICKS_PER_BATCH = 1_000;
    private static final long PERIOD_NS = 1_000_000;

    private SyntheticAgent() {}

    /** Connects to a server, waits for its start and sends at least {@code samples}; returns how many. */
    public static long run(int port, String token, long samples) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(Protocol.PREFACE);
            out.write(hello(token));
            FrameReader control = new FrameReader(socket.getInputStream());
            control.readPreface();
            control.next();
            long sent = 0;
            MessageEncoder rest = new MessageEncoder();
            samples(rest);
            for (int seq = 0; sent < samples; seq++) {
                out.write(batch(seq, rest));
                sent += (long) THREADS * TICKS_PER_BATCH;
            }
            out.write(MessageEncoder.message(Map.of("type", "end", "reason", "stopped")));
            return sent;
        }
    }

    private static byte[] hello(String token) {
        return MessageEncoder.message(Map.of(
                "type", "hello",
                "protocol", Protocol.VERSION,
                "token", token,
                "agent", "synthetic",
                "process",
                Map.of(
                        "pid", 1, "command", List.of("synthetic"), "executable", "", "python", "0.0.0", "freeThreadedBuild", true, "gilEnabled",
                        false, "cores", 64, "host", ""),
                "recording", Map.of("startedUnixNs", 0L, "startedMonoNs", 0L, "rateHz", 1e9 / PERIOD_NS),
                "features", Map.of()));
    }

    /** Sets in a batch what is different from the one before. */
    private static byte[] batch(int seq, MessageEncoder samples) {
        MessageEncoder batch = samples;
        if (seq == 0) {
            batch = new MessageEncoder();
            definitions(batch);
            samples(batch);
        }
        int firstTick = seq * TICKS_PER_BATCH;
        long[] time = new long[TICKS_PER_BATCH];
        Arrays.setAll(time, i -> (firstTick + i) * PERIOD_NS);
        int[] tick = new int[THREADS * TICKS_PER_BATCH];
        for (int row = 0; row < tick.length; row++) {
            tick[row] = firstTick + row % TICKS_PER_BATCH;
        }
        return batch.column(WireTable.TICKS, "time", time)
                .column(WireTable.TICKS, "missed", new int[TICKS_PER_BATCH])
                .column(WireTable.SAMPLES, "tick", tick)
                .batch(seq, Map.of("samples", (seq + 1L) * tick.length));
    }

    private static void samples(MessageEncoder batch) {
        int rows = THREADS * TICKS_PER_BATCH;
        int[] thread = new int[rows];
        int[] count = new int[rows];
        byte[] state = new byte[rows];
        short[] core = new short[rows];
        int[] stack = new int[rows];
        for (int row = 0; row < rows; row++) {
            int t = row / TICKS_PER_BATCH;
            int i = row - t * TICKS_PER_BATCH;
            thread[row] = t;
            count[row] = 1;
            state[row] = (byte) ((i + t) % 10);
            core[row] = (short) t;
            stack[row] = (i * 31 + t) % STACKS;
        }
        batch.column(WireTable.SAMPLES, "thread", thread)
                .column(WireTable.SAMPLES, "count", count)
                .column(WireTable.SAMPLES, "state", state)
                .column(WireTable.SAMPLES, "flags", new byte[rows])
                .column(WireTable.SAMPLES, "core", core)
                .column(WireTable.SAMPLES, "stack", stack);
    }

    private static void definitions(MessageEncoder batch) {
        int[] zeros = new int[STACKS];
        int[] ids = new int[STACKS];
        Arrays.setAll(ids, i -> i);
        int[] parents = new int[STACKS];
        Arrays.setAll(parents, i -> i % 20 == 0 ? -1 : i - 1);
        batch.column(WireTable.STRINGS, "text", List.of("function"));
        batch.column(WireTable.FRAMES, "function", zeros).column(WireTable.FRAMES, "file", zeros);
        batch.column(WireTable.FRAMES, "firstLine", ids).column(WireTable.FRAMES, "line", ids);
        batch.column(WireTable.STACKS, "parent", parents).column(WireTable.STACKS, "frame", ids);
        int[] threads = new int[THREADS];
        Arrays.setAll(threads, i -> i);
        long[] never = new long[THREADS];
        Arrays.fill(never, -1);
        String[] names = new String[THREADS];
        Arrays.setAll(names, i -> "worker-" + i);
        batch.column(WireTable.THREADS, "thread", threads).column(WireTable.THREADS, "tid", threads);
        batch.column(WireTable.THREADS, "ident", new long[THREADS]).column(WireTable.THREADS, "name", List.of(names));
        batch.column(WireTable.THREADS, "start", new long[THREADS]).column(WireTable.THREADS, "end", never);
    }
}

package io.threadlens.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an agent's stream for tests: two threads, two stacks, ten ticks a batch. */
public final class TestStream {
    public static final int TICKS_PER_BATCH = 10;
    public static final long PERIOD_NS = 1_000_000;
    public static final long START_NS = 5_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int batches;

    public static Map<String, Object> hello(String token) {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("type", "hello");
        hello.put("protocol", 1);
        hello.put("token", token);
        hello.put("agent", "test");
        hello.put(
                "process",
                Map.of(
                        "pid", 42, "command", List.of("python3.14t", "app.py"), "executable", "/usr/bin/python3.14t", "python", "3.14.7",
                        "freeThreadedBuild", true, "gilEnabled", false, "cores", 8, "host", "here"));
        hello.put("recording", Map.of("startedUnixNs", 1_700_000_000_000_000_000L, "startedMonoNs", START_NS, "rateHz", 1000));
        hello.put("features", Map.of("stacks", "ok", "switches", "no permission"));
        return hello;
    }

    public TestStream greet(String token) {
        out.writeBytes(Protocol.PREFACE);
        return message(hello(token));
    }

    public TestStream message(Map<String, Object> message) {
        out.writeBytes(MessageEncoder.message(message));
        return this;
    }

    public TestStream raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Thread 0 runs for six ticks and waits for a lock for four; thread 1 holds it asleep. Its name comes with the second batch. */
    public TestStream batch() {
        MessageEncoder batch = new MessageEncoder();
        int first = batches * TICKS_PER_BATCH;
        if (batches == 0) {
            define(batch);
        }
        long[] time = new long[TICKS_PER_BATCH];
        Arrays.setAll(time, i -> START_NS + (first + i) * PERIOD_NS);
        batch.column(WireTable.TICKS, "time", time).column(WireTable.TICKS, "missed", new int[TICKS_PER_BATCH]);
        samples(batch, new int[] {0, 1, 0}, new int[] {first, first, first + 6}, new int[] {6, 10, 4}, new byte[] {1, 9, 4}, new int[] {0, 1, 1});
        batch.column(WireTable.CPU, "thread", new int[] {0})
                .column(WireTable.CPU, "time", new long[] {time[9]})
                .column(WireTable.CPU, "cpu", new long[] {(batches + 1) * 6_000_000L})
                .column(WireTable.CPU, "delay", new long[] {batches * 1000L});
        batch.column(WireTable.EVENTS, "time", new long[] {time[0]})
                .column(WireTable.EVENTS, "kind", List.of("gil"))
                .column(WireTable.EVENTS, "value", new long[] {batches % 2})
                .column(WireTable.EVENTS, "text", Arrays.asList((String) null));
        contention(batch, time[0], batches == 0 ? null : "cache_lock");
        cores(batch, time[0], 10_000_000L * (batches + 1));
        return add(batch);
    }

    /** One row of each of the tables that say who waits and who holds. */
    static MessageEncoder contention(MessageEncoder batch, long start, @Nullable String label) {
        long end = start + TICKS_PER_BATCH * PERIOD_NS;
        batch.column(WireTable.LOCKS, "lock", new int[] {0})
                .column(WireTable.LOCKS, "kind", List.of("lock"))
                .column(WireTable.LOCKS, "type", List.of("threading.Lock"))
                .column(WireTable.LOCKS, "label", Arrays.asList(label));
        batch.column(WireTable.WAITS, "thread", new int[] {0})
                .column(WireTable.WAITS, "start", new long[] {start + 6 * PERIOD_NS})
                .column(WireTable.WAITS, "end", new long[] {end})
                .column(WireTable.WAITS, "lock", new int[] {0})
                .column(WireTable.WAITS, "stack", new int[] {1});
        batch.column(WireTable.HOLDS, "lock", new int[] {0})
                .column(WireTable.HOLDS, "thread", new int[] {1})
                .column(WireTable.HOLDS, "start", new long[] {start})
                .column(WireTable.HOLDS, "end", new long[] {end})
                .column(WireTable.HOLDS, "stack", new int[] {0})
                .column(WireTable.HOLDS, "how", new byte[] {2})
                .column(WireTable.HOLDS, "place", new short[] {3})
                .column(WireTable.HOLDS, "taken", new int[] {0});
        return batch.column(WireTable.REFCOUNTS, "time", new long[] {end})
                .column(WireTable.REFCOUNTS, "thread", new int[] {0})
                .column(WireTable.REFCOUNTS, "stack", new int[] {1})
                .column(WireTable.REFCOUNTS, "object", new long[] {0x7fff_0000_1234L})
                .column(WireTable.REFCOUNTS, "type", List.of("Store"))
                .column(WireTable.REFCOUNTS, "looks", new int[] {10})
                .column(WireTable.REFCOUNTS, "changed", new int[] {9});
    }

    /** Thread 1 on core 0 and then thread 0, and as much load as was told. */
    static MessageEncoder cores(MessageEncoder batch, long start, long busy) {
        long end = start + TICKS_PER_BATCH * PERIOD_NS;
        return batch.column(WireTable.SLICES, "thread", new int[] {1, 0})
                .column(WireTable.SLICES, "core", new short[] {0, 0})
                .column(WireTable.SLICES, "start", new long[] {start, start + PERIOD_NS})
                .column(WireTable.SLICES, "end", new long[] {start + PERIOD_NS, end})
                .column(WireTable.LOAD, "time", new long[] {end})
                .column(WireTable.LOAD, "busy", new long[] {busy})
                .column(WireTable.LOAD, "own", new long[] {busy / 2});
    }

    /** A batch that the test makes itself; its number is the next. */
    TestStream add(MessageEncoder batch) {
        out.writeBytes(batch.batch(batches, Map.of("samples", 20L * (batches + 1), "missedTicks", 0L)));
        batches++;
        return this;
    }

    static MessageEncoder samples(MessageEncoder batch, int[] thread, int[] tick, int[] count, byte[] state, int[] stack) {
        return batch.column(WireTable.SAMPLES, "thread", thread)
                .column(WireTable.SAMPLES, "tick", tick)
                .column(WireTable.SAMPLES, "count", count)
                .column(WireTable.SAMPLES, "state", state)
                .column(WireTable.SAMPLES, "flags", new byte[thread.length])
                .column(WireTable.SAMPLES, "core", new short[thread.length])
                .column(WireTable.SAMPLES, "stack", stack);
    }

    static void define(MessageEncoder batch) {
        batch.column(WireTable.STRINGS, "text", List.of("main", "app.py", "wörk"));
        batch.column(WireTable.FRAMES, "function", new int[] {0, 2})
                .column(WireTable.FRAMES, "file", new int[] {1, 1})
                .column(WireTable.FRAMES, "firstLine", new int[] {1, 10})
                .column(WireTable.FRAMES, "line", new int[] {3, 12});
        batch.column(WireTable.STACKS, "parent", new int[] {-1, 0}).column(WireTable.STACKS, "frame", new int[] {0, 1});
        batch.column(WireTable.THREADS, "thread", new int[] {0, 1})
                .column(WireTable.THREADS, "tid", new int[] {42, 43})
                .column(WireTable.THREADS, "ident", new long[] {1L << 40, 2L << 40})
                .column(WireTable.THREADS, "name", Arrays.<@Nullable String>asList("MainThread", null))
                .column(WireTable.THREADS, "start", new long[] {START_NS, START_NS})
                .column(WireTable.THREADS, "end", new long[] {-1, -1});
    }

    public TestStream end(String reason) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("type", "end");
        end.put("reason", reason);
        end.put("exitCode", 0);
        end.put("message", null);
        return message(end);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}

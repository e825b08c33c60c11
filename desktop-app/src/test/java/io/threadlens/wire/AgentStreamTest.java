package io.threadlens.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentStreamTest {
    private static AgentStream stream(byte[] bytes) throws IOException {
        return AgentStream.ofFile(new ByteArrayInputStream(bytes));
    }

    private static int readAll(byte[] bytes) throws IOException {
        AgentStream stream = stream(bytes);
        int messages = 0;
        while (stream.next() != null) {
            messages++;
        }
        return messages;
    }

    @Test
    void whatAnAgentSaysArrives() throws IOException {
        AgentStream stream = stream(new TestStream().greet("").batch().batch().end("exited").bytes());
        assertThat(stream.hello().process().python()).isEqualTo("3.14.7");
        assertThat(stream.hello().rateHz()).isEqualTo(1000);
        assertThat(stream.hello().features()).containsEntry("switches", "no permission");

        Batch first = (Batch) stream.next();
        assertThat(first.table(WireTable.STRINGS).texts("text")).containsExactly("main", "app.py", "wörk");
        assertThat(first.table(WireTable.THREADS).texts("name")).containsExactly("MainThread", null);
        Columns samples = first.table(WireTable.SAMPLES);
        assertThat(samples.rows()).isEqualTo(3);
        assertThat(Columns.int32(samples.bytes("count"), 1)).isEqualTo(10);
        assertThat(Columns.int8(samples.bytes("state"), 2)).isEqualTo((byte) 4);
        assertThat(Columns.int64(first.table(WireTable.TICKS).bytes("time"), 9)).isEqualTo(TestStream.START_NS + 9 * TestStream.PERIOD_NS);
        assertThat(first.counters().samples()).isEqualTo(20);

        assertThat(stream.next()).isInstanceOf(Batch.class);
        assertThat(((Message.Ended) stream.next()).end().reason()).isEqualTo("exited");
        assertThat(stream.next()).isNull();
    }

    @Test
    void whatIsNotKnownIsSkipped() throws IOException {
        Map<String, Object> hello = TestStream.hello("");
        hello.put("later", List.of(1, Map.of("x", List.of())));
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        batch.column(WireTable.FRAMES, "column", new long[] {1, 2});
        TestStream stream = new TestStream().raw(Protocol.PREFACE).message(hello);
        stream.message(Map.of("type", "weather", "sun", true)).add(batch);
        assertThat(readAll(stream.bytes())).isEqualTo(1);
    }

    static Stream<Arguments> badHellos() {
        return Stream.of(
                bad("protocol", h -> h.put("protocol", 2), "version 2 of the protocol"),
                bad("type", h -> h.put("type", "batch"), "not a hello"),
                bad("rate", h -> h.put("recording", Map.of("startedUnixNs", 1L, "startedMonoNs", 1L, "rateHz", 0)), "rateHz"),
                bad("process", h -> h.remove("process"), "process is missing"),
                bad("features", h -> h.put("features", Map.of("stacks", 1)), "features"));
    }

    private static Arguments bad(String name, Consumer<Map<String, Object>> change, String reason) {
        Map<String, Object> hello = TestStream.hello("");
        change.accept(hello);
        return Arguments.argumentSet(name, hello, reason);
    }

    @ParameterizedTest
    @MethodSource("badHellos")
    void aWrongHelloIsRefused(Map<String, Object> hello, String reason) {
        byte[] bytes = new TestStream().raw(Protocol.PREFACE).message(hello).bytes();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> stream(bytes)).withMessageContaining(reason);
    }

    static Stream<Arguments> badBatches() {
        return Stream.of(
                batch("unknown thread", new int[] {2}, new int[] {0}, new int[] {1}, new byte[] {1}, new int[] {0}, "thread 2 is not known"),
                batch("unknown stack", new int[] {0}, new int[] {0}, new int[] {1}, new byte[] {1}, new int[] {2}, "stack 2 is not known"),
                batch("unknown state", new int[] {0}, new int[] {0}, new int[] {1}, new byte[] {10}, new int[] {0}, "state 10"),
                batch("no ticks", new int[] {0}, new int[] {0}, new int[] {0}, new byte[] {1}, new int[] {0}, "a run of 0 ticks"),
                batch("beyond the ticks", new int[] {0}, new int[] {9}, new int[] {2}, new byte[] {1}, new int[] {0}, "are not known"),
                batch("overflow", new int[] {0}, new int[] {5}, new int[] {Integer.MAX_VALUE}, new byte[] {1}, new int[] {0}, "are not known"),
                batch("back in time", new int[] {0, 0}, new int[] {5, 4}, new int[] {1, 1}, new byte[] {1, 1}, new int[] {0, 0}, "after a later one"),
                batch("rows", new int[] {0, 1}, new int[] {0}, new int[] {1}, new byte[] {1}, new int[] {0}, "different lengths"));
    }

    private static Arguments batch(String name, int[] thread, int[] tick, int[] count, byte[] state, int[] stack, String reason) {
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        long[] time = new long[10];
        java.util.Arrays.setAll(time, i -> i);
        batch.column(WireTable.TICKS, "time", time).column(WireTable.TICKS, "missed", new int[10]);
        return Arguments.argumentSet(name, TestStream.samples(batch, thread, tick, count, state, stack), reason);
    }

    @ParameterizedTest
    @MethodSource("badBatches")
    void aBatchThatDoesNotAddUpEndsTheStream(MessageEncoder batch, String reason) {
        byte[] bytes = new TestStream().greet("").add(batch).bytes();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(bytes)).withMessageContaining(reason);
    }

    static Stream<Arguments> badContention() {
        return Stream.of(
                row("a hole in the locks", b -> b.column(WireTable.LOCKS, "lock", new int[] {1}), "locks.lock: 1 is not known"),
                row("a negative lock", b -> b.column(WireTable.LOCKS, "lock", new int[] {-1}), "locks.lock: -1 is not known"),
                row("a lock of no kind", b -> b.column(WireTable.LOCKS, "kind", Collections.singletonList(null)), "locks.kind has a null"),
                row("nobody waits", b -> b.column(WireTable.WAITS, "thread", new int[] {-1}), "waits.thread: -1 is not known"),
                row("an unknown waiter", b -> b.column(WireTable.WAITS, "thread", new int[] {2}), "waits.thread: 2 is not known"),
                row("a wait for nothing", b -> b.column(WireTable.WAITS, "lock", new int[] {-1}), "waits.lock: -1 is not known"),
                row("a wait for an unknown lock", b -> b.column(WireTable.WAITS, "lock", new int[] {1}), "waits.lock: 1 is not known"),
                row("an unknown stack waits", b -> b.column(WireTable.WAITS, "stack", new int[] {2}), "waits.stack: 2 is not known"),
                row("a wait back in time", b -> b.column(WireTable.WAITS, "end", new long[] {5}), "waits, row 0: ends before"),
                row("an unknown lock is held", b -> b.column(WireTable.HOLDS, "lock", new int[] {1}), "holds.lock: 1 is not known"),
                row("nobody holds", b -> b.column(WireTable.HOLDS, "thread", new int[] {-1}), "holds.thread: -1 is not known"),
                row("an unknown holder", b -> b.column(WireTable.HOLDS, "thread", new int[] {2}), "holds.thread: 2 is not known"),
                row("an unknown stack holds", b -> b.column(WireTable.HOLDS, "stack", new int[] {2}), "holds.stack: 2 is not known"),
                row("a hold back in time", b -> b.column(WireTable.HOLDS, "end", new long[] {-1}), "holds, row 0: ends before"),
                row("known in no way", b -> b.column(WireTable.HOLDS, "how", new byte[] {0}), "holds.how: 0 is not known"),
                row("known in a sixth way", b -> b.column(WireTable.HOLDS, "how", new byte[] {6}), "holds.how: 6 is not known"),
                row("taken on an unknown stack", b -> b.column(WireTable.HOLDS, "taken", new int[] {2}), "holds.taken: 2 is not known"),
                row("no place", b -> b.column(WireTable.HOLDS, "place", new short[] {-1}), "holds, row 0: place -1"),
                row("an unknown thread met", b -> b.column(WireTable.REFCOUNTS, "thread", new int[] {2}), "refcounts.thread: 2 is not known"),
                row("nobody met", b -> b.column(WireTable.REFCOUNTS, "thread", new int[] {-1}), "refcounts.thread: -1 is not known"),
                row("an unknown stack met", b -> b.column(WireTable.REFCOUNTS, "stack", new int[] {2}), "refcounts.stack: 2 is not known"),
                row("more changes than looks", b -> b.column(WireTable.REFCOUNTS, "changed", new int[] {11}), "refcounts, row 0: 11 changes in 10"),
                row("fewer than no changes", b -> b.column(WireTable.REFCOUNTS, "changed", new int[] {-1}), "refcounts, row 0: -1 changes in 10"));
    }

    private static Arguments row(String name, Consumer<MessageEncoder> change, String reason) {
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        TestStream.contention(batch, 0, null);
        change.accept(batch);
        return Arguments.argumentSet(name, batch, reason);
    }

    @ParameterizedTest
    @MethodSource("badContention")
    void aWaitOrHolderThatDoesNotAddUpEndsTheStream(MessageEncoder batch, String reason) {
        byte[] bytes = new TestStream().greet("").add(batch).bytes();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(bytes)).withMessageContaining(reason);
    }

    static Stream<Arguments> badCores() {
        return Stream.of(
                coreRow("nobody on a core", b -> b.column(WireTable.SLICES, "thread", new int[] {-1, 0}), "slices.thread: -1 is not known"),
                coreRow("an unknown thread", b -> b.column(WireTable.SLICES, "thread", new int[] {1, 2}), "slices.thread: 2 is not known"),
                coreRow("no core", b -> b.column(WireTable.SLICES, "core", new short[] {0, -1}), "slices.core: -1 is not known"),
                coreRow("back in time", b -> b.column(WireTable.SLICES, "end", new long[] {1, 999_999}), "slices, row 1: ends before it starts"),
                coreRow("out of order", b -> b.column(WireTable.SLICES, "end", new long[] {9_000_000, 8_999_999}), "row 1: ends before the one told"),
                coreRow("on two cores", b -> b.column(WireTable.SLICES, "thread", new int[] {0, 0})
                        .column(WireTable.SLICES, "end", new long[] {1_000_001, 10_000_000}), "slices, row 1: thread 0 is on two cores at once"),
                load("a clock that goes back", 9, 6, 3),
                load("less busy", 10, 5, 3),
                load("less of our own", 10, 6, 2));
    }

    private static Arguments coreRow(String name, Consumer<MessageEncoder> change, String reason) {
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        TestStream.cores(batch, 0, 10);
        change.accept(batch);
        return Arguments.argumentSet(name, batch, reason);
    }

    private static Arguments load(String name, long time, long busy, long own) {
        return coreRow(name, batch -> batch.column(WireTable.LOAD, "time", new long[] {10, time})
                .column(WireTable.LOAD, "busy", new long[] {6, busy})
                .column(WireTable.LOAD, "own", new long[] {3, own}), "load, row 1: less than before");
    }

    @ParameterizedTest
    @MethodSource("badCores")
    void aSliceOrLoadThatDoesNotAddUpEndsTheStream(MessageEncoder batch, String reason) {
        byte[] bytes = new TestStream().greet("").add(batch).bytes();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(bytes)).withMessageContaining(reason);
    }

    /** Slices that adjoin, or are of no length, and a machine that does nothing, are in order. */
    @Test
    void slicesThatTouchArrive() throws IOException {
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        TestStream.cores(batch, 0, 10)
                .column(WireTable.SLICES, "thread", new int[] {0, 0})
                .column(WireTable.SLICES, "core", new short[] {0, Short.MAX_VALUE})
                .column(WireTable.SLICES, "start", new long[] {0, 5})
                .column(WireTable.SLICES, "end", new long[] {5, 5})
                .column(WireTable.LOAD, "time", new long[] {10, 10})
                .column(WireTable.LOAD, "busy", new long[] {6, 6})
                .column(WireTable.LOAD, "own", new long[] {0, 0});
        assertThat(readAll(new TestStream().greet("").add(batch).bytes())).isEqualTo(1);
    }

    /** What is at the edge of what is allowed passes, and so does a kind of lock that a later agent knows. */
    @Test
    void aWaitAndAHolderOfLittleKnownArrive() throws IOException {
        MessageEncoder batch = new MessageEncoder();
        TestStream.define(batch);
        TestStream.contention(batch, 0, null)
                .column(WireTable.LOCKS, "kind", List.of("of-a-later-version"))
                .column(WireTable.LOCKS, "type", Collections.singletonList(null))
                .column(WireTable.WAITS, "start", new long[] {10_000_000})
                .column(WireTable.WAITS, "stack", new int[] {-1})
                .column(WireTable.HOLDS, "end", new long[] {0})
                .column(WireTable.HOLDS, "stack", new int[] {-1})
                .column(WireTable.HOLDS, "how", new byte[] {5})
                .column(WireTable.HOLDS, "place", new short[] {0})
                .column(WireTable.HOLDS, "taken", new int[] {-1})
                .column(WireTable.REFCOUNTS, "stack", new int[] {-1})
                .column(WireTable.REFCOUNTS, "type", Collections.singletonList(null))
                .column(WireTable.REFCOUNTS, "looks", new int[] {0})
                .column(WireTable.REFCOUNTS, "changed", new int[] {0});
        assertThat(readAll(new TestStream().greet("").add(batch).bytes())).isEqualTo(1);
    }

    @Test
    void definitionsMustComeInOrder() {
        MessageEncoder ownParent = new MessageEncoder();
        TestStream.define(ownParent);
        ownParent.column(WireTable.STACKS, "parent", new int[] {0, 0});
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> readAll(new TestStream().greet("").add(ownParent).bytes()))
                .withMessageContaining("stacks.parent");

        MessageEncoder ticks = new MessageEncoder().column(WireTable.TICKS, "time", new long[] {5, 5}).column(WireTable.TICKS, "missed", new int[2]);
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> readAll(new TestStream().greet("").add(ticks).bytes()))
                .withMessageContaining("tick 1 does not come after");

        MessageEncoder hole = new MessageEncoder();
        byte[] bytes = hole.batch(1, Map.of());
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> readAll(new TestStream().greet("").raw(bytes).bytes()))
                .withMessageContaining("batch 1 where 0 should come");
    }

    @Test
    void aLengthThatLiesCostsNothing() {
        for (byte[] length : List.of(new byte[] {0, 0, 0, 0}, new byte[] {-1, -1, -1, -1}, new byte[] {1, 0, 0, 1})) {
            byte[] bytes = new TestStream().greet("").raw(length).bytes();
            assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(bytes)).withMessageContaining("allowed are");
        }
        byte[] firstTooLong = new TestStream().raw(Protocol.PREFACE).raw((byte) 1, (byte) 0, (byte) 1, (byte) 0).bytes();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> stream(firstTooLong)).withMessageContaining("65537");
    }

    /** Cut anywhere, a stream gives its whole messages and then says that it was cut. */
    @Test
    void aStreamMayBeCutAnywhere() throws IOException {
        byte[] whole = new TestStream().greet("").batch().batch().end("exited").bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            try {
                assertThat(readAll(cut)).isLessThan(3);
            } catch (WireException e) {
                assertThat(e).hasMessageMatching(".*(cut off|ended before|TLSTREAM).*");
            }
        }
    }

    /** Whatever arrives, it is a stream or a {@link WireException}: nothing else ever comes out. */
    @Test
    void noBytesBreakTheReader() {
        byte[] whole = new TestStream().greet("").batch().batch().end("exited").bytes();
        Random random = new Random(20_260_731);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = mutate(whole, random);
            try {
                readAll(bytes);
            } catch (WireException e) {
                refused++;
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError("round " + round + " of the seed", e);
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = 8 + random.nextInt(bytes.length - 8);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> {
                    int length = Math.min(random.nextInt(16), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
                }
                default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(9, at));
            }
        }
        return bytes;
    }

    /** Hostile CBOR that the format allows: deep nesting, huge lengths, indefinite items, tags. */
    @Test
    void hostileItemsAreRefused() {
        Map<String, Object> deep = new LinkedHashMap<>();
        Map<String, Object> at = deep;
        for (int i = 0; i < 100; i++) {
            Map<String, Object> inner = new LinkedHashMap<>();
            at.put("x", inner);
            at = inner;
        }
        deep.put("type", "hello");
        byte[][] items = {
            MessageEncoder.message(deep),
            {5, 0, 0, 0, (byte) 0x9a, -1, -1, -1, -1},
            {5, 0, 0, 0, (byte) 0x5a, 0x7f, -1, -1, -1},
            {2, 0, 0, 0, (byte) 0xbf, (byte) 0xff},
            {2, 0, 0, 0, (byte) 0xc2, 0x40},
            {1, 0, 0, 0, (byte) 0xff},
        };
        for (byte[] item : items) {
            byte[] first = new TestStream().raw(Protocol.PREFACE).raw(item).bytes();
            assertThatExceptionOfType(WireException.class).isThrownBy(() -> stream(first));
            byte[] later = new TestStream().greet("").raw(item).bytes();
            assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(later));
        }
    }
}

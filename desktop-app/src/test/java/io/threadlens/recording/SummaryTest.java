package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Progress;
import io.threadlens.model.ThreadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted of the chunks of a saved recording, against counting its ticks one by one. */
class SummaryTest {
    private static final int THREADS = 6;

    @TempDir
    Path folder;

    /** Threads that change all the time, that sleep, that come late and that are not seen for a while; a clock with gaps. */
    private static MemoryRecording program(long seed) {
        Random random = new Random(seed);
        MemoryRecording recording = new MemoryRecording(1_000);
        for (int t = 0; t < THREADS; t++) {
            recording.thread("thread-" + t);
        }
        int stack = -1;
        for (int i = 0; i < 12; i++) {
            stack = recording.stack(i % 4 == 0 ? -1 : stack, "f" + i, "app.py", i);
        }
        int tick = 0;
        long time = MemoryRecording.START_NS;
        for (int chunk = 0; chunk < 12; chunk++) {
            int first = tick;
            for (; tick < first + 300; tick++) {
                time += 900_000 + random.nextInt(200_000) + (random.nextInt(30) == 0 ? random.nextInt(9_000_000) : 0);
                recording.tick(time);
            }
            for (int t = 0; t < THREADS; t++) {
                if (t == 4 && chunk < 5 || t == 3 && chunk == 7) {
                    continue;
                }
                int longest = t == 5 ? 300 : t == 0 ? 3 : 30;
                for (int at = first; at < tick; ) {
                    int count = Math.min(tick - at, t == 5 ? 300 : 1 + random.nextInt(longest));
                    ThreadState state = t == 5 ? ThreadState.IDLE : ThreadState.of(random.nextInt(ThreadState.COUNT));
                    if (t == 5 || random.nextInt(8) > 0) {
                        recording.run(t, at, count, state, random.nextInt(2), random.nextInt(2) - 1, t == 5 ? 1 : random.nextInt(13) - 1);
                    }
                    at += count;
                }
            }
            recording.cut();
        }
        return recording;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itEqualsCountingTickByTick(long seed) throws Exception {
        MemoryRecording source = program(seed);
        try (Recording saved = Saved.view(source, folder.resolve("app.threadlens"), 300)) {
            assertThat(saved.chunks()).hasSizeBetween(5, 40);
            assertThat(Sketch.read(saved)).isEqualTo(Sketch.read(source));
            long[][] times = new long[THREADS][ThreadState.COUNT];
            int until = 0;
            for (SampleChunk chunk : saved.chunks()) {
                assertThat(chunk.firstTick()).isGreaterThanOrEqualTo(until);
                until = chunk.endTick();
                assertNodes(saved, chunk, times);
                assertProfile(saved, chunk);
                assertCensus(source, chunk);
            }
            assertThat(Recordings.damage(saved, new Progress())).isNull();
        }
    }

    private static void assertNodes(Recording recording, SampleChunk chunk, long[][] times) {
        Nodes nodes = summary(chunk).nodes();
        assertThat(nodes.thread(0)).isEqualTo(Nodes.ALL);
        assertThat(nodes.threads()).isEqualTo(chunk.threads() + 1);
        long[] together = new long[ThreadState.COUNT];
        for (long[] of : times) {
            add(together, of);
        }
        assertThat(times(nodes, nodes.first(0))).isEqualTo(together);
        for (int i = 1; i < nodes.threads(); i++) {
            int thread = nodes.thread(i);
            assertThat(thread).isEqualTo(chunk.thread(i - 1));
            int node = nodes.first(i);
            for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                if ((row - chunk.firstRow(thread)) % Nodes.STRIDE == 0) {
                    assertThat(nodes.row(node)).isEqualTo(row);
                    assertThat(nodes.tick(node)).isEqualTo(chunk.tick(row));
                    assertThat(times(nodes, node++)).isEqualTo(times[thread]);
                }
                times[thread][chunk.state(row)] += time(recording, chunk.tick(row), chunk.tick(row) + chunk.count(row));
            }
            assertThat(node).isEqualTo(nodes.end(i) - 1);
            assertThat(nodes.row(node)).isEqualTo(chunk.endRow(thread));
            assertThat(times(nodes, node)).isEqualTo(times[thread]);
        }
        together = new long[ThreadState.COUNT];
        for (long[] of : times) {
            add(together, of);
        }
        assertThat(times(nodes, nodes.end(0) - 1)).isEqualTo(together);
    }

    private static void assertProfile(Recording recording, SampleChunk chunk) {
        Profile profile = summary(chunk).profile();
        Map<List<Integer>, List<Long>> counted = new TreeMap<>((a, b) -> Arrays.compare(ints(a), ints(b)));
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            List<Integer> before = List.of();
            int since = 0;
            int end = -1;
            for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                List<Integer> key = List.of(thread, chunk.stack(row), (int) chunk.state(row));
                since = key.equals(before) && end == chunk.tick(row) ? since : chunk.tick(row);
                end = chunk.tick(row) + chunk.count(row);
                long longest = time(recording, since, end);
                counted.merge(
                        key,
                        List.of(time(recording, chunk.tick(row), end), (long) chunk.count(row), longest),
                        (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), Math.max(a.get(2), b.get(2))));
                before = key;
            }
        }
        Map<List<Integer>, List<Long>> saved = new TreeMap<>((a, b) -> Arrays.compare(ints(a), ints(b)));
        for (int t = 0; t < THREADS; t++) {
            for (int row = profile.firstRow(t); row < profile.endRow(t); row++) {
                saved.put(
                        List.of(t, profile.stack(row), (int) profile.state(row)),
                        List.of(profile.time(row), (long) profile.ticks(row), profile.longest(row)));
            }
        }
        assertThat(saved).isEqualTo(counted).hasSize(profile.rows());
    }

    private static void assertCensus(Recording source, SampleChunk chunk) {
        Census census = summary(chunk).census();
        int[][] saved = new int[chunk.endTick()][ThreadState.COUNT];
        int until = chunk.firstTick();
        for (int row = 0; row < census.rows(); row++) {
            assertThat(census.tick(row)).isGreaterThanOrEqualTo(until);
            until = census.tick(row) + census.count(row);
            for (int tick = census.tick(row); tick < until; tick++) {
                for (ThreadState state : ThreadState.values()) {
                    saved[tick][state.code()] = census.threads(row, state);
                }
            }
        }
        int[][] counted = new int[chunk.endTick()][ThreadState.COUNT];
        for (SampleChunk of : source.chunks()) {
            for (int row = 0; row < of.rows(); row++) {
                for (int tick = Math.max(chunk.firstTick(), of.tick(row)); tick < Math.min(chunk.endTick(), of.tick(row) + of.count(row)); tick++) {
                    counted[tick][of.state(row)]++;
                }
            }
        }
        assertThat(saved).isDeepEqualTo(counted);
    }

    @Test
    void savedAgainItIsTheSame() throws Exception {
        Path file = folder.resolve("app.threadlens");
        try (Recording saved = Saved.view(program(9), file, 300)) {
            Path again = folder.resolve("again.threadlens");
            RecordingSaver.save(saved, again);
            assertThat(again).hasSameBinaryContentAs(file);
        }
        try (Recording read = Recordings.open(file)) {
            assertThat(read.chunks()).hasSizeGreaterThan(5).allMatch(chunk -> chunk.summary() != null);
            Path again = folder.resolve("read.threadlens");
            RecordingSaver.save(read, again);
            assertThat(again).hasSameBinaryContentAs(file);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder("app.threadlens", "again.threadlens", "read.threadlens");
        }
    }

    /** One that was made in small chunks, by the part folder, and one that has nothing in it. */
    @Test
    void whatHasNoneGetsThem() throws Exception {
        Sketch sketch = new Sketch(3);
        Path part;
        try (RecordingWriter writer = new RecordingWriter(folder.resolve("left.threadlens"), Sketch.HEADER)) {
            part = writer.folder();
            sketch.define(writer);
            for (int i = 0; i < 30; i++) {
                sketch.batch(writer);
            }
        }
        Progress progress = new Progress();
        try (Recording read = Recordings.open(part);
                Recording looked = Recordings.view(part, progress)) {
            assertThat(looked.chunks()).hasSize(1).allMatch(chunk -> chunk.summary() != null);
            assertThat(Sketch.read(looked)).isEqualTo(Sketch.read(read));
            assertThat(looked.damage()).isEqualTo(read.damage()).contains("cut short");
            assertThat(looked.info()).isEqualTo(read.info());
        }
        assertThat(progress.fraction()).as("it is brought into another form").isPositive();
        try (Recording nothing = Saved.view(new MemoryRecording(1_000), folder.resolve("nothing.threadlens"), 700)) {
            assertThat(nothing.chunks()).isEmpty();
            assertThat(nothing.damage()).isNull();
        }
    }

    @Test
    void itCanBeCancelled() throws Exception {
        Path file = folder.resolve("app.threadlens");
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            Sketch sketch = new Sketch(3);
            sketch.define(writer);
            sketch.batch(writer);
            writer.finish(null, true);
            Progress progress = new Progress();
            progress.cancel();
            org.assertj.core.api.Assertions.assertThatExceptionOfType(java.util.concurrent.CancellationException.class)
                    .isThrownBy(() -> RecordingSaver.save(writer.live(), file, progress));
            writer.discard();
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static Summary summary(SampleChunk chunk) {
        return java.util.Objects.requireNonNull(chunk.summary());
    }

    private static long[] times(Nodes nodes, int node) {
        long[] times = new long[ThreadState.COUNT];
        nodes.times(node, times);
        return times;
    }

    private static void add(long[] to, long[] more) {
        Arrays.setAll(to, i -> to[i] + more[i]);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long time(Recording recording, int from, int to) {
        long ns = 0;
        for (int tick = from; tick < to; tick++) {
            ns += recording.tickEnd(tick) - recording.tickTime(tick);
        }
        return ns;
    }
}

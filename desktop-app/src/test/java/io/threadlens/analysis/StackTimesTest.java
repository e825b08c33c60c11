package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTimesTest {
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    /** Any part of a recording, as it was made and as it was saved, against counting tick by tick. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyPartEqualsCountingTickByTick(long seed) throws Exception {
        Random random = new Random(seed);
        MemoryRecording made = program(random);
        try (Recording saved = Saved.view(made, folder.resolve("app.threadlens"), 200)) {
            assertThat(saved.chunks()).hasSizeGreaterThan(4);
            long start = made.tickTime(0);
            long end = made.tickEnd(made.tickCount() - 1);
            assertPart(made, saved, Part.of(new TimeRange(start, end)));
            for (int i = 0; i < 40; i++) {
                long from = start - 2_000_000 + random.nextLong(end - start);
                long to = from + random.nextLong(end + 4_000_000 - from);
                Set<Integer> threads = random.nextBoolean() ? null : random.nextBoolean() ? Set.of(0, 3) : Set.of(1);
                assertPart(made, saved, new Part(new TimeRange(from, to), threads, random.nextInt(3) == 0 ? moments(random, made.tickCount()) : null));
            }
        }
    }

    private static MemoryRecording program(Random random) {
        MemoryRecording recording = new MemoryRecording(1_000);
        for (int t = 0; t < THREADS; t++) {
            recording.thread("thread-" + t);
        }
        int stack = -1;
        for (int i = 0; i < 9; i++) {
            stack = recording.stack(i % 3 == 0 ? -1 : stack, "f" + i, "app.py", i);
        }
        int tick = 0;
        long time = MemoryRecording.START_NS;
        for (int chunk = 0; chunk < 8; chunk++) {
            int first = tick;
            for (; tick < first + 200; tick++) {
                time += 900_000 + random.nextInt(200_000) + (random.nextInt(30) == 0 ? random.nextInt(9_000_000) : 0);
                recording.tick(time);
            }
            for (int t = 0; t < THREADS; t++) {
                for (int at = first; at < tick; ) {
                    int count = Math.min(tick - at, 1 + random.nextInt(t == 0 ? 3 : 20));
                    if (random.nextInt(8) > 0) {
                        recording.run(t, at, count, ThreadState.of(random.nextInt(ThreadState.COUNT)), 0, random.nextInt(10) - 1);
                    }
                    at += count;
                }
            }
            recording.cut();
        }
        return recording;
    }

    private static Moments moments(Random random, int ticks) {
        Moments.Builder builder = new Moments.Builder();
        for (int at = random.nextInt(9); at < ticks; at += 1 + random.nextInt(90)) {
            int to = Math.min(ticks, at + 1 + random.nextInt(60));
            builder.add(at, to);
            at = to;
        }
        return builder.build();
    }

    private static void assertPart(Recording made, Recording saved, Part part) {
        Map<Integer, String> counted = count(made, part);
        assertThat(told(StackTimes.of(made, part))).as("%s, made", part).isEqualTo(counted);
        assertThat(told(StackTimes.of(saved, part))).as("%s, saved", part).isEqualTo(counted);
    }

    private static Map<Integer, String> told(StackTimes times) {
        Map<Integer, String> told = new TreeMap<>();
        times.visit((stack, states) -> told.put(stack, Arrays.toString(states)));
        if (Arrays.stream(times.unknown()).sum() > 0) {
            told.put(-1, Arrays.toString(times.unknown()));
        }
        return told;
    }

    private static Map<Integer, String> count(Recording recording, Part part) {
        Map<Integer, long[]> times = new TreeMap<>();
        for (SampleChunk chunk : recording.chunks()) {
            for (int thread = 0; thread < THREADS; thread++) {
                if (part.threads() != null && !part.threads().contains(thread)) {
                    continue;
                }
                for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                    for (int tick = chunk.tick(row); tick < chunk.tick(row) + chunk.count(row); tick++) {
                        long from = Math.max(part.range().startNs(), recording.tickTime(tick));
                        long to = Math.min(part.range().endNs(), recording.tickEnd(tick));
                        if (from < to && (part.moments() == null || part.moments().contains(tick))) {
                            times.computeIfAbsent(chunk.stack(row), stack -> new long[ThreadState.COUNT])[chunk.state(row)] += to - from;
                        }
                    }
                }
            }
        }
        Map<Integer, String> told = new TreeMap<>();
        times.forEach((stack, states) -> told.put(stack, Arrays.toString(states)));
        return told;
    }
}

package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {
    private static final int THREADS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itEqualsCountingTickByTick(long seed) throws Exception {
        Random random = new Random(seed);
        MemoryRecording made = program(random);
        try (Recording saved = Saved.view(made, folder.resolve("app.threadlens"), 150)) {
            assertThat(saved.chunks()).hasSizeGreaterThan(4);
            StateTimes whole = StateTimes.of(made);
            StateTimes chunks = StateTimes.of(saved);
            long start = whole.range().startNs();
            long length = whole.range().lengthNs();
            for (int i = 0; i < 60; i++) {
                long from = i == 0 ? start : start - 3_000_000 + random.nextLong(length);
                long to = i == 0 ? start + length : from + random.nextLong(1 + start + length + 3_000_000 - from);
                for (int thread = 0; thread < THREADS; thread++) {
                    String counted = count(made, thread, from, to);
                    assertThat(told(Stretch.of(whole, thread, from, to))).as("made").isEqualTo(counted);
                    assertThat(told(Stretch.of(chunks, thread, from, to))).as("saved").isEqualTo(counted);
                }
            }
        }
    }

    /** One thread changes all the time, one stays as it is for up to half a second and more, one is not always seen. */
    private static MemoryRecording program(Random random) {
        MemoryRecording recording = new MemoryRecording(1_000);
        for (int t = 0; t < THREADS; t++) {
            recording.thread("thread-" + t);
        }
        int stack = -1;
        for (int i = 0; i < 4; i++) {
            stack = recording.stack(stack, "f" + i, "app.py", i);
        }
        long time = MemoryRecording.START_NS;
        for (int i = 0; i < 1_500; i++) {
            time += 900_000 + random.nextInt(200_000) + (random.nextInt(30) == 0 ? random.nextInt(9_000_000) : 0);
            recording.tick(time);
        }
        int[] longest = {3, 600, 20};
        for (int t = 0; t < THREADS; t++) {
            for (int at = 0; at < 1_500; ) {
                int count = Math.min(1_500 - at, 1 + random.nextInt(longest[t]));
                if (t < 2 || random.nextInt(4) > 0) {
                    recording.run(t, at, count, random.nextBoolean() ? ThreadState.LOCK : ThreadState.RUNNING, random.nextInt(2), random.nextInt(3) - 1);
                }
                at += count;
            }
        }
        return recording.cut();
    }

    private static String told(Stretch stretch) {
        return java.util.Arrays.toString(stretch.states()) + java.util.Arrays.toString(stretch.longest()) + stretch.ticks() + " " + stretch.stack() + " "
                + stretch.stackNs() + " " + stretch.longestWait();
    }

    private static String count(Recording recording, int thread, long from, long to) {
        long[] states = new long[ThreadState.COUNT];
        long[] longest = new long[ThreadState.COUNT];
        Map<Integer, Long> stacks = new TreeMap<>();
        int ticks = 0;
        int lastTick = -2;
        int lastState = -1;
        int lastStack = -1;
        long goesOn = 0;
        for (SampleChunk chunk : recording.chunks()) {
            for (int row = chunk.firstRow(thread); row < chunk.endRow(thread); row++) {
                for (int tick = chunk.tick(row); tick < chunk.tick(row) + chunk.count(row); tick++) {
                    long ns = Math.min(to, recording.tickEnd(tick)) - Math.max(from, recording.tickTime(tick));
                    if (ns <= 0) {
                        continue;
                    }
                    boolean same = lastTick == tick - 1 && lastState == chunk.state(row) && lastStack == chunk.stack(row);
                    goesOn = same ? goesOn + ns : ns;
                    lastTick = tick;
                    lastState = chunk.state(row);
                    lastStack = chunk.stack(row);
                    ticks++;
                    states[lastState] += ns;
                    longest[lastState] = Math.max(longest[lastState], goesOn);
                    stacks.merge(lastStack, ns, Long::sum);
                }
            }
        }
        stacks.remove(-1);
        int stack = -1;
        long most = 0;
        for (Map.Entry<Integer, Long> of : stacks.entrySet()) {
            if (of.getValue() > most) {
                stack = of.getKey();
                most = of.getValue();
            }
        }
        return told(new Stretch(states, longest, ticks, stack, most));
    }
}

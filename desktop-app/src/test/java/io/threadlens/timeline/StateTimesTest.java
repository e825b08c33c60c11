package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Saved;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTimesTest {
    @TempDir
    Path folder;

    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    @Test
    void runsAreCountedToTheNanosecond() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        recording.run(main, 0, 60, ThreadState.RUNNING, 0, -1).run(main, 60, 40, ThreadState.LOCK, 0, -1);
        StateTimes times = StateTimes.of(recording);

        assertThat(times.between(main, START, START + 100 * MS)[ThreadState.RUNNING.code()]).isEqualTo(60 * MS);
        assertThat(times.between(main, START, START + 100 * MS)[ThreadState.LOCK.code()]).isEqualTo(40 * MS);
        assertThat(times.between(main, START + 59 * MS + 1, START + 60 * MS + 2)[ThreadState.RUNNING.code()]).isEqualTo(MS - 1);
        assertThat(times.between(main, START + 59 * MS + 1, START + 60 * MS + 2)[ThreadState.LOCK.code()]).isEqualTo(2);
        assertThat(times.range()).isEqualTo(new TimeRange(START, START + 100 * MS));
    }

    @Test
    void timeThatNobodySawIsInNoState() {
        MemoryRecording recording = new MemoryRecording(1_000);
        recording.tick(START).tick(START + MS).tick(START + 10 * MS);
        int main = recording.thread("MainThread");
        recording.run(main, 0, 3, ThreadState.RUNNING, 0, -1);
        StateTimes times = StateTimes.of(recording);

        // The second tick speaks for two periods, then nobody looked until the third.
        assertThat(times.between(main, START, START + 11 * MS)[ThreadState.RUNNING.code()]).isEqualTo(4 * MS);
        assertThat(times.between(main, START + 3 * MS, START + 10 * MS)[ThreadState.RUNNING.code()]).isZero();
        assertThat(times.seenBetween(START, START + 11 * MS)).isEqualTo(4 * MS);
        assertThat(times.livedBetween(main, START, START + 11 * MS)[ThreadState.UNKNOWN.code()]).as("lived unseen").isEqualTo(7 * MS);
    }

    @Test
    void nothingIsThereBeforeTheFirstTick() {
        MemoryRecording recording = new MemoryRecording(1_000).live(true);
        StateTimes empty = StateTimes.of(recording);
        assertThat(empty.range().lengthNs()).isZero();
        int main = recording.thread("MainThread");
        assertThat(empty.grow().between(main, 0, START)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void columnsEqualCountingTickByTick(long seed) {
        RandomProgram program = new RandomProgram(seed, 3);
        for (int chunk = 0; chunk < 5; chunk++) {
            program.grow(400);
            program.recording.cut();
        }
        StateTimes times = StateTimes.of(program.recording);
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            TimeRange all = times.range();
            long from = all.startNs() - MS + random.nextLong(all.lengthNs());
            int width = 1 + random.nextInt(60);
            Viewport viewport = new Viewport(from, Math.exp(random.nextDouble() * 17), width);
            Columns columns = Columns.of(viewport);
            for (int thread = 0; thread < 3; thread++) {
                assertColumns(program.recording, times, thread, columns);
            }
        }
    }

    /** The same of what was saved, in chunks of few rows, of each thread and of all together. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatIsSavedTellsTheSame(long seed) throws Exception {
        RandomProgram program = new RandomProgram(seed, 3);
        for (int chunk = 0; chunk < 7; chunk++) {
            program.grow(300);
            program.recording.cut();
        }
        int late = program.recording.thread("late");
        program.recording.run(late, 1_500, 1, ThreadState.LOCK, 0, -1).cut();
        StateTimes made = StateTimes.of(program.recording);
        try (Recording recording = Saved.view(program.recording, folder.resolve("app.threadlens"), 250)) {
            assertThat(recording.chunks()).hasSizeGreaterThan(4);
            StateTimes saved = StateTimes.of(recording);
            Random random = new Random(seed);
            for (int i = 0; i < 12; i++) {
                long from = saved.range().startNs() - MS + random.nextLong(saved.range().lengthNs());
                Columns columns = Columns.of(new Viewport(from, Math.exp(random.nextDouble() * 17), 1 + random.nextInt(60)));
                long[] sum = new long[columns.count() * ThreadState.COUNT];
                for (int thread = 0; thread < 4; thread++) {
                    assertColumns(program.recording, saved, thread, columns);
                    long[] out = new long[sum.length];
                    saved.columns(thread, columns, out);
                    Arrays.setAll(sum, c -> sum[c] + out[c]);
                }
                long[] together = new long[sum.length];
                saved.columnsTogether(columns, together);
                assertThat(together).isEqualTo(sum);
                made.columnsTogether(columns, together);
                assertThat(together).isEqualTo(sum);
            }
            BusyCores busy = BusyCores.of(saved);
            BusyCores counted = BusyCores.of(made);
            assertThat(busy.steps()).isEqualTo(counted.steps());
            for (int i = 0; i < busy.steps(); i++) {
                assertThat(busy.busy(i)).isEqualTo(counted.busy(i));
            }
            long middle = saved.range().startNs() + saved.range().lengthNs() / 3;
            long[] lived = new long[ThreadState.COUNT];
            for (int thread = 0; thread < 4; thread++) {
                long[] out = saved.livedBetween(thread, middle, saved.range().endNs());
                Arrays.setAll(lived, c -> lived[c] + out[c]);
            }
            assertThat(saved.livedBetweenTogether(middle, saved.range().endNs())).isEqualTo(lived);
        }
    }

    /** Edges may move a little, but what is said of the columns between them is exact. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void wideColumnsMayBeginALittleBeside(long seed) throws Exception {
        RandomProgram program = new RandomProgram(seed, 3);
        for (int chunk = 0; chunk < 7; chunk++) {
            program.grow(4_000);
            program.recording.cut();
        }
        try (Recording recording = Saved.view(program.recording, folder.resolve("app.threadlens"), 3_000)) {
            StateTimes times = StateTimes.of(recording);
            int moved = 0;
            for (int width : new int[] {3, 20, 70, 1_000}) {
                Columns columns = Columns.of(Viewport.fit(times.range(), width));
                for (int thread = 0; thread < 3; thread++) {
                    long[] out = new long[width * ThreadState.COUNT];
                    Columns near = times.columnsNear(thread, columns, out);
                    assertThat(near.edge(0)).isEqualTo(columns.edge(0));
                    assertThat(near.edge(width)).isEqualTo(columns.edge(width));
                    long[] exact = new long[out.length];
                    times.columns(thread, near, exact);
                    assertThat(out).isEqualTo(exact);
                    for (int i = 1; i < width; i++) {
                        moved += near.edge(i) != columns.edge(i) ? 1 : 0;
                        int column = recording.tickAt(columns.edge(i)) - recording.tickAt(columns.edge(i - 1));
                        int by = recording.tickAt(near.edge(i)) - recording.tickAt(columns.edge(i));
                        assertThat(by).isBetween(-column / 8, column / 8);
                    }
                }
            }
            assertThat(moved).isPositive();
        }
    }

    @Test
    void columnsAddUpToTheWhole() {
        RandomProgram program = new RandomProgram(42, 2);
        program.grow(3_000);
        StateTimes times = StateTimes.of(program.recording);
        TimeRange all = times.range();
        Columns columns = Columns.of(Viewport.fit(all, 977));
        long[] out = new long[977 * ThreadState.COUNT];
        times.columns(0, columns, out);
        long[] sums = new long[ThreadState.COUNT];
        for (int i = 0; i < out.length; i++) {
            sums[i % ThreadState.COUNT] += out[i];
        }
        assertThat(sums).isEqualTo(times.between(0, columns.edge(0), columns.edge(977)));
        for (int i = 0; i < 977; i++) {
            long inColumn = Arrays.stream(out, i * ThreadState.COUNT, (i + 1) * ThreadState.COUNT).sum();
            assertThat(inColumn).isBetween(0L, times.seenBetween(columns.edge(i), columns.edge(i + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void growingEqualsCountingAnew(long seed) {
        RandomProgram program = new RandomProgram(seed, 3);
        program.recording.live(true);
        StateTimes growing = StateTimes.of(program.recording);
        for (int step = 0; step < 25; step++) {
            program.grow(37);
            if (step % 4 == 3) {
                program.recording.cut();
            }
            growing = growing.grow();
            TimeRange all = growing.range();
            for (int thread = 0; thread < 3; thread++) {
                assertThat(growing.between(thread, all.startNs(), all.endNs()))
                        .isEqualTo(RandomProgram.count(program.recording, thread, all.startNs(), all.endNs()));
                assertColumns(program.recording, growing, thread, Columns.of(Viewport.fit(all, 23)));
            }
        }
    }

    @Test
    void aRunMayComeLaterThanAnothersEnd() {
        // A thread that sleeps is told of when it wakes: its run began before the chunk's other runs.
        MemoryRecording recording = new MemoryRecording(1_000).ticks(300);
        int awake = recording.thread("awake");
        int asleep = recording.thread("asleep");
        recording.run(awake, 0, 100, ThreadState.RUNNING, 0, -1).cut();
        recording.run(awake, 100, 100, ThreadState.RUNNING, 0, -1).run(asleep, 50, 120, ThreadState.IDLE, 0, -1).cut();
        recording.run(awake, 200, 100, ThreadState.RUNNING, 0, -1).cut();
        StateTimes times = StateTimes.of(recording);
        assertColumns(recording, times, asleep, Columns.of(START, 7 * MS, 43));
        assertColumns(recording, times, awake, Columns.of(START, 7 * MS, 43));
    }

    @Test
    void aThreadLivesFromItsStartToItsEnd() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        recording.thread(new ThreadInfo(main, 1, 1, "MainThread", START + 10 * MS, START + 30 * MS));
        assertThat(StateTimes.of(recording).lifetime(main)).isEqualTo(new TimeRange(START + 10 * MS, START + 30 * MS));
        recording.thread(new ThreadInfo(main, 1, 1, "MainThread", START - 10 * MS, -1));
        assertThat(StateTimes.of(recording).lifetime(main)).isEqualTo(new TimeRange(START, START + 100 * MS));
    }

    private static void assertColumns(MemoryRecording recording, StateTimes times, int thread, Columns columns) {
        long[] out = new long[columns.count() * ThreadState.COUNT];
        times.columns(thread, columns, out);
        for (int i = 0; i < columns.count(); i++) {
            assertThat(Arrays.copyOfRange(out, i * ThreadState.COUNT, (i + 1) * ThreadState.COUNT))
                    .as("thread %d, column %d of %d", thread, i, columns.count())
                    .isEqualTo(RandomProgram.count(recording, thread, columns.edge(i), columns.edge(i + 1)));
        }
    }
}

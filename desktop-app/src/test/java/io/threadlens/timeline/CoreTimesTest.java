package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.CoreSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreTimesTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    @Test
    void slicesAreCountedToTheNanosecond() {
        MemoryRecording recording = threads(2);
        recording.slice(0, 1, START, START + 10).slice(1, 1, START + 15, START + 40).slice(0, 0, START + 12, START + 50);
        CoreTimes cores = cores(recording);
        assertThat(cores.isExact()).isTrue();
        CoreTimes.Shares shares = cores.columns(1, Columns.of(START, 20, 3));
        assertThat(shares.busyNs()).containsExactly(15, 20, 0);
        assertThat(shares.thread()).containsExactly(0, 1, -1);
        assertThat(shares.mostNs()).containsExactly(10, 20, 0);
        assertThat(cores.busy(0, START, START + 100)).isEqualTo(38);
        assertThat(cores.cores()).isEqualTo(8);
        assertThat(cores.isUsed(1)).isTrue();
        assertThat(cores.isUsed(2)).isFalse();
        assertThat(cores.isUsed(7)).isFalse();
    }

    @Test
    void aThreadIsFollowedFromCoreToCore() {
        MemoryRecording recording = threads(2);
        recording.slice(0, 3, START, START + 10).slice(1, 2, START + 10, START + 20).slice(0, 2, START + 30, START + 40);
        recording.slice(0, 2, START + 40, START + 45).slice(1, 3, START + 50, START + 60).slice(0, 5, START + 60, START + 70);
        CoreTimes cores = cores(recording);
        CoreTimes.Slice slice = cores.at(2, START + 33);
        assertThat(slice).as("what touches is one").isEqualTo(new CoreTimes.Slice(0, 2, START + 30, START + 45));
        assertThat(cores.at(2, START + 25)).isNull();
        assertThat(cores.at(6, START)).isNull();
        assertThat(cores.before(slice, START)).isEqualTo(new CoreTimes.Slice(0, 3, START, START + 10));
        assertThat(cores.before(slice, START + 10)).as("too long ago").isNull();
        assertThat(cores.after(slice, START + 100)).isEqualTo(new CoreTimes.Slice(0, 5, START + 60, START + 70));
        assertThat(cores.after(slice, START + 60)).as("too late").isNull();
        assertThat(cores.wide(2, new Viewport(START, 1, 100), 12)).containsExactly(slice);
    }

    @Test
    void aSliceOfManySecondsIsOne() {
        MemoryRecording recording = threads(1);
        recording.slice(0, 0, START, START + 10_000 * MS);
        CoreTimes cores = cores(recording);
        assertThat(cores.at(0, START + 5_000 * MS)).isEqualTo(new CoreTimes.Slice(0, 0, START, START + 10_000 * MS));
        assertThat(cores.busy(0, START + MS, START + 9_000 * MS)).isEqualTo(8_999 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void columnsEqualCountingSliceBySlice(long seed) {
        Random random = new Random(seed);
        MemoryRecording recording = threads(20);
        List<CoreSlice> slices = random(random, 3, 20, 6_000);
        slices.forEach(slice -> recording.slice(slice.thread(), slice.core(), slice.start(), slice.end()));
        CoreTimes cores = cores(recording);
        long length = slices.getLast().end() - START;
        for (int i = 0; i < 12; i++) {
            Columns columns = Columns.of(new Viewport(
                    START - 1_000 + random.nextLong(length), Math.exp(random.nextDouble() * 15), 1 + random.nextInt(60)));
            for (int core = 0; core < 3; core++) {
                assertColumns(cores.columns(core, columns), slices, core, columns);
            }
        }
        Columns whole = Columns.of(START, START + length);
        assertColumns(cores.columns(1, whole), slices, 1, whole);
    }

    @Test
    void whatIsReadBitByBitIsTheSame() {
        List<CoreSlice> slices = random(new Random(9), 2, 5, 3_000);
        MemoryRecording recording = threads(5).live(true);
        StateTimes times = StateTimes.of(recording);
        CoreTimes growing = CoreTimes.of(times);
        CoreTimes early = growing;
        for (int i = 0; i < slices.size(); i++) {
            CoreSlice slice = slices.get(i);
            recording.slice(slice.thread(), slice.core(), slice.start(), slice.end());
            if (i % 250 == 249) {
                growing = growing.grow(times);
                early = i < 1_000 ? growing : early;
            }
        }
        Columns columns = Columns.of(START, 7_777, 200);
        assertColumns(growing.columns(0, columns), slices, 0, columns);
        assertThat(early.slices()).isEqualTo(1_000);
        assertColumns(early.columns(1, columns), slices.subList(0, 1_000), 1, columns);
    }

    @Test
    void coresOfSamplesAreAnEstimate() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(20).cores(4);
        int a = recording.thread("a");
        int b = recording.thread("b");
        recording.run(a, 0, 10, ThreadState.RUNNING, 1, -1).run(a, 10, 5, ThreadState.LOCK, 1, -1).run(a, 15, 5, ThreadState.NATIVE, 0, -1);
        // On the core of the other one for two ticks, and then on one that nobody knows.
        recording.run(b, 4, 2, ThreadState.RUNNING, 1, -1).run(b, 6, 4, ThreadState.RUNNING, -1, -1).run(b, 10, 3, ThreadState.LOCK, 4, 3, -1);
        CoreTimes cores = cores(recording);
        assertThat(cores.isExact()).isFalse();
        CoreTimes.Shares shares = cores.columns(1, Columns.of(START, 2 * MS, 10));
        assertThat(shares.thread()).containsExactly(a, a, b, a, a, -1, -1, -1, -1, -1);
        assertThat(shares.busyNs()).containsExactly(2 * MS, 2 * MS, 2 * MS, 2 * MS, 2 * MS, 0, 0, 0, 0, 0);
        assertThat(cores.busy(0, START, START + 20 * MS)).isEqualTo(5 * MS);
        assertThat(cores.busy(3, START, START + 20 * MS)).as("it spins there").isEqualTo(3 * MS);
    }

    @Test
    void timeThatNobodySawIsOnNoCore() {
        MemoryRecording recording = new MemoryRecording(1_000).tick(START).tick(START + 10 * MS).tick(START + 11 * MS);
        recording.run(recording.thread("a"), 0, 3, ThreadState.RUNNING, 0, -1);
        assertThat(cores(recording).busy(0, START, START + 20 * MS)).isEqualTo(4 * MS);
        assertThat(cores(recording).at(0, START + 5 * MS)).isNull();
    }

    @Test
    void aLiveEstimateGrowsChunkByChunk() {
        MemoryRecording recording = new MemoryRecording(1_000).live(true).cores(2);
        int a = recording.thread("a");
        CoreTimes growing = CoreTimes.of(StateTimes.of(recording));
        for (int chunk = 0; chunk < 5; chunk++) {
            recording.ticks(10).run(a, 10 * chunk, 10, ThreadState.RUNNING, chunk % 2, -1).cut();
            growing = growing.grow(StateTimes.of(recording));
        }
        recording.live(false);
        growing = growing.grow(StateTimes.of(recording));
        assertThat(growing.busy(0, START, START + 50 * MS)).isEqualTo(30 * MS);
        assertThat(growing.busy(1, START, START + 50 * MS)).isEqualTo(20 * MS);
        CoreUse use = CoreUse.of(growing, StateTimes.of(recording), new TimeRange(START, START + 50 * MS), null).get(a);
        assertThat(use.migrations()).isEqualTo(4);
    }

    @Test
    void useIsCountedByThreadInARangeAndInChosenMoments() {
        MemoryRecording recording = threads(2).ticks(100);
        recording.slice(0, 0, START, START + 10 * MS).slice(1, 0, START + 10 * MS, START + 20 * MS).slice(0, 1, START + 12 * MS, START + 30 * MS);
        recording.slice(0, 1, START + 30 * MS, START + 35 * MS).slice(0, 0, START + 40 * MS, START + 50 * MS);
        StateTimes times = StateTimes.of(recording);
        CoreTimes cores = CoreTimes.of(times);
        List<CoreUse> all = CoreUse.of(cores, times, times.range(), null);
        assertThat(all).hasSize(2);
        assertThat(all.get(0).migrations()).isEqualTo(2);
        assertThat(all.get(0).onCoreNs()).isEqualTo(43 * MS);
        assertThat(all.get(0).cores()).containsExactly(0, 1);
        assertThat(all.get(1).migrations()).isZero();
        assertThat(all.get(1).cores()).containsExactly(0);

        CoreUse late = CoreUse.of(cores, times, new TimeRange(START + 25 * MS, START + 45 * MS), null).get(0);
        assertThat(late.migrations()).isEqualTo(1);
        assertThat(late.coreNs()).startsWith(5 * MS, 10 * MS);

        Moments moments = new Moments.Builder().add(5, 15).add(41, 42).build();
        CoreUse chosen = CoreUse.of(cores, times, times.range(), moments).get(0);
        assertThat(chosen.coreNs()).startsWith(6 * MS, 3 * MS);
        assertThat(chosen.migrations()).as("that to core 1; it came back at another moment").isEqualTo(1);
    }

    private static MemoryRecording threads(int count) {
        MemoryRecording recording = new MemoryRecording(1_000);
        for (int i = 0; i < count; i++) {
            recording.thread("thread-" + i);
        }
        return recording;
    }

    private static CoreTimes cores(MemoryRecording recording) {
        return CoreTimes.of(StateTimes.of(recording));
    }

    private static List<CoreSlice> random(Random random, int cores, int threads, int count) {
        List<CoreSlice> slices = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
            long at = START;
            for (int i = 0; i < count / cores; i++) {
                at += random.nextInt(3) == 0 ? random.nextInt(2_000) : 0;
                long end = at + 1 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 500);
                slices.add(new CoreSlice(random.nextInt(threads), core, at, end));
                at = end;
            }
        }
        slices.sort(Comparator.comparingLong(CoreSlice::end));
        return slices;
    }

    private static void assertColumns(CoreTimes.Shares shares, List<CoreSlice> slices, int core, Columns columns) {
        for (int i = 0; i < columns.count(); i++) {
            long[] byThread = new long[32];
            long busy = 0;
            for (CoreSlice slice : slices) {
                long time = Math.min(slice.end(), columns.edge(i + 1)) - Math.max(slice.start(), columns.edge(i));
                if (slice.core() == core && time > 0) {
                    byThread[slice.thread()] += time;
                    busy += time;
                }
            }
            int most = -1;
            for (int thread = 0; thread < byThread.length; thread++) {
                most = byThread[thread] > (most < 0 ? 0 : byThread[most]) ? thread : most;
            }
            assertThat(shares.busyNs()[i]).as("core %d, column %d", core, i).isEqualTo(busy);
            assertThat(shares.thread()[i]).as("core %d, column %d", core, i).isEqualTo(most);
            assertThat(shares.mostNs()[i]).as("core %d, column %d", core, i).isEqualTo(most < 0 ? 0 : byThread[most]);
        }
    }
}

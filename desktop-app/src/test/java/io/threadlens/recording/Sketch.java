package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A made-up recording, the same for the same seed, that is put into a {@link RecordingWriter} batch by batch, and remembers for each thread and tick what was
 * said, in the plainest way, to be compared with what is read.
 */
final class Sketch {
    static final int THREADS = 5;
    static final int STACKS = 40;
    static final int TICKS_PER_BATCH = 100;
    static final long START_NS = 7_000_000_000L;
    static final long PERIOD_NS = 1_000_000;
    static final RecordingInfo HEADER = new RecordingInfo(
            new RecordingInfo.ProcessInfo(42, List.of("python3.14t", "äpp.py"), "/usr/bin/python3.14t", "3.14.7", true, false, 8, "here"),
            1_700_000_000_000_000_000L,
            START_NS,
            1000,
            Map.of("stacks", "ok", "switches", "no permission"),
            RecordingInfo.Counters.NONE,
            null,
            false,
            true);

    /** What a thread did at a tick: state, core and stack. */
    record Said(int state, int core, int stack) {}

    final List<List<Said>> said = new ArrayList<>();
    final List<Recording.Lock> locks = new ArrayList<>();
    /** One of each, as it was told last, by thread and start. */
    final Map<List<Long>, Recording.Wait> waits = new LinkedHashMap<>();
    /** What goes on is one. */
    final List<Recording.Hold> holds = new ArrayList<>();
    final List<Recording.RefcountLooks> refcounts = new ArrayList<>();
    final List<Recording.CoreSlice> slices = new ArrayList<>();
    final List<Recording.SystemLoad> load = new ArrayList<>();
    private final Random random;
    private int ticks;

    Sketch(long seed) {
        random = new Random(seed);
        for (int t = 0; t < THREADS; t++) {
            said.add(new ArrayList<>());
        }
    }

    static Path write(Path file, long seed, int batches, Sketch[] out) throws IOException {
        Sketch sketch = new Sketch(seed);
        try (RecordingWriter writer = new RecordingWriter(file, HEADER)) {
            sketch.define(writer);
            for (int i = 0; i < batches; i++) {
                sketch.batch(writer);
            }
            writer.finish(new RecordingInfo.End("exited", 3, null), true);
            writer.save();
        }
        out[0] = sketch;
        return file;
    }

    /** The sketch of a seed as it is after so many ticks. */
    static Sketch until(Path folder, long seed, int ticks) throws IOException {
        Sketch sketch = new Sketch(seed);
        try (RecordingWriter writer = new RecordingWriter(folder.resolve("until.threadlens"), HEADER)) {
            sketch.define(writer);
            while (sketch.ticks < ticks) {
                sketch.batch(writer);
            }
            writer.discard();
        }
        return sketch;
    }

    int ticks() {
        return ticks;
    }

    void define(RecordingWriter writer) {
        for (int i = 0; i < STACKS; i++) {
            writer.frame(new Frame(i % 7 == 0 ? null : "f" + i % 9, "app.py", i % 9, i));
            writer.stack(i % 10 == 0 ? -1 : i - 1, i);
        }
        for (int t = 0; t < THREADS; t++) {
            writer.thread(new ThreadInfo(t, 100 + t, 1L << 40 | t, null, START_NS, -1));
            writer.thread(new ThreadInfo(t, 100 + t, 1L << 40 | t, t == 2 ? null : "thread-" + t, START_NS, t == 4 ? START_NS + 50 : -1));
        }
    }

    /** When a tick begins. */
    static long time(int tick) {
        return START_NS + tick * PERIOD_NS;
    }

    /** A tenth of a second; runs of a thread may go on from one batch to the next. */
    void batch(RecordingWriter writer) throws IOException {
        for (int i = 0; i < TICKS_PER_BATCH; i++) {
            writer.tick(START_NS + (ticks + i) * PERIOD_NS, i % 50 == 49 ? 1 : 0);
        }
        List<int[]> rows = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int at = ticks;
            int end = ticks + TICKS_PER_BATCH;
            while (at < end) {
                int count = Math.min(end - at, 1 + random.nextInt(t == 0 ? 3 : 60));
                int state = random.nextInt(10);
                int stack = random.nextInt(STACKS + 1) - 1;
                int core = random.nextInt(4) - 1;
                rows.add(new int[] {t, at, count, state, core, stack});
                for (int i = 0; i < count; i++) {
                    said.get(t).add(new Said(state, core, stack));
                }
                at += count;
            }
        }
        ticks += TICKS_PER_BATCH;
        put(writer, rows);
        writer.cpu(new Recording.CpuRow(0, START_NS + ticks * PERIOD_NS, ticks * 500_000L, ticks));
        writer.event(new Recording.Event(START_NS + ticks * PERIOD_NS, "gil", 1, random.nextBoolean() ? "numpy.core" : null));
        writer.pause(new Recording.Pause(START_NS + ticks * PERIOD_NS, START_NS + ticks * PERIOD_NS + 70, 1, 1, 3));
        writer.mark(new Recording.Mark(START_NS + ticks * PERIOD_NS, START_NS + (ticks + 5) * PERIOD_NS, "märk " + ticks));
        occupy(writer, ticks - TICKS_PER_BATCH);
        meet(writer, ticks - TICKS_PER_BATCH, ticks / TICKS_PER_BATCH - 1);
        writer.counters(new RecordingInfo.Counters(ticks / 50, (long) ticks * THREADS, 0, 0, 0, 0));
        writer.commit();
    }

    /** Threads 0 and 1 hand each other core 0 while thread 2 keeps core 300; the machine is busy with other things too. */
    private void occupy(RecordingWriter writer, int from) throws IOException {
        for (int i = 0; i < TICKS_PER_BATCH; i += 20) {
            slice(writer, new Recording.CoreSlice(i / 20 % 2, 0, time(from + i), time(from + i + 20) - 7));
        }
        slice(writer, new Recording.CoreSlice(2, 300, time(from), time(ticks)));
        Recording.SystemLoad row = new Recording.SystemLoad(time(ticks), ticks * 3_500_000L, ticks * 2_000_000L);
        load.add(row);
        writer.load(row);
    }

    private void slice(RecordingWriter writer, Recording.CoreSlice slice) {
        slices.add(slice);
        writer.slice(slice);
    }

    /**
     * Who waits and who holds in a batch: thread 1 for seconds, thread 2 again and again, thread 3 since before the recording and to its end; thread 4 holds
     * for seconds and then goes on elsewhere, thread 0 for half of each batch. A lock gets its name later.
     */
    private void meet(RecordingWriter writer, int from, int batch) {
        if (batch == 0) {
            lock(writer, new Recording.Lock(0, "lock", "threading.Lock", null));
            lock(writer, new Recording.Lock(1, "critical-section", null, null));
        } else if (batch % 10 == 9) {
            lock(writer, new Recording.Lock(0, "lock", "threading.Lock", "Störe.cache_lock " + batch));
            lock(writer, new Recording.Lock(locks.size(), "of-a-later-version", "dict", null));
        }
        long end = time(ticks);
        wait(writer, new Recording.Wait(1, time(from - batch % 23 * TICKS_PER_BATCH) + 5, end, 0, 7));
        for (int i = 0; i < 3; i++) {
            wait(writer, new Recording.Wait(2, time(from + 10 * i) + 3, time(from + 10 * i + 1), 1, i));
        }
        wait(writer, new Recording.Wait(3, START_NS - 5, end, 0, -1));
        hold(writer, new Recording.Hold(0, 4, time(from), time(from + 50), batch / 17 % STACKS, 1, 0, batch % STACKS));
        hold(writer, new Recording.Hold(1, 0, time(from), time(from + 50), -1, 3, 300, -1));
        hold(writer, new Recording.Hold(0, 4, time(from + 50), end, batch / 17 % STACKS, 1, 0, batch % STACKS));
        Recording.RefcountLooks looks = new Recording.RefcountLooks(end, 1, 5, 0x7fff_0000_1234L, batch % 2 == 0 ? "Störe" : null, 100, batch % 100);
        refcounts.add(looks);
        writer.refcounts(looks);
    }

    private void lock(RecordingWriter writer, Recording.Lock lock) {
        if (lock.number() == locks.size()) {
            locks.add(lock);
        } else {
            locks.set(lock.number(), lock);
        }
        writer.lock(lock);
    }

    private void wait(RecordingWriter writer, Recording.Wait wait) {
        waits.put(List.of((long) wait.thread(), wait.start()), wait);
        writer.wait(wait);
    }

    private void hold(RecordingWriter writer, Recording.Hold hold) {
        join(holds, hold);
        writer.hold(hold);
    }

    private static void join(List<Recording.Hold> holds, Recording.Hold next) {
        for (Recording.Hold hold : holds) {
            Recording.Hold joined = new Recording.Hold(
                    hold.lock(), hold.thread(), hold.start(), next.end(), hold.stack(), hold.how(), hold.place(), hold.taken());
            if (hold.end() == next.start() && next.equals(new Recording.Hold(
                    hold.lock(), hold.thread(), next.start(), next.end(), hold.stack(), hold.how(), hold.place(), hold.taken()))) {
                holds.set(holds.indexOf(hold), joined);
                return;
            }
        }
        holds.add(next);
    }

    /** Demands that a recording tells of waits, holds and locks what was told here, each wait once. */
    void assertTold(Recording recording) {
        assertThat(recording.locks()).isEqualTo(locks);
        assertThat(recording.waits()).containsExactlyInAnyOrderElementsOf(waits.values());
        List<Recording.Hold> joined = new ArrayList<>();
        recording.holds().forEach(hold -> join(joined, hold));
        assertThat(joined).isEqualTo(holds);
        assertThat(recording.refcounts()).isEqualTo(refcounts);
        assertThat(recording.coreSlices()).isEqualTo(slices);
        assertThat(recording.systemLoad()).isEqualTo(load);
    }

    private static void put(RecordingWriter writer, List<int[]> rows) {
        int n = rows.size();
        ByteBuffer[] columns = {ints(n), ints(n), ints(n), ByteBuffer.allocate(n), ByteBuffer.allocate(n), shorts(n), ints(n)};
        for (int[] row : rows) {
            columns[0].putInt(row[0]);
            columns[1].putInt(row[1]);
            columns[2].putInt(row[2]);
            columns[3].put((byte) row[3]);
            columns[4].put((byte) 0);
            columns[5].putShort((short) row[4]);
            columns[6].putInt(row[5]);
        }
        MemorySegment[] segments = new MemorySegment[columns.length];
        java.util.Arrays.setAll(segments, i -> MemorySegment.ofArray(columns[i].array()));
        writer.samples(n, segments[0], segments[1], segments[2], segments[3], segments[4], segments[5], segments[6]);
    }

    private static ByteBuffer ints(int n) {
        return ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer shorts(int n) {
        return ByteBuffer.allocate(2 * n).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads all runs of a recording; for each thread and tick what it says, null where it says nothing. */
    static List<List<Said>> read(Recording recording) {
        List<List<Said>> read = new ArrayList<>();
        for (int t = 0; t < recording.threads().size(); t++) {
            read.add(new ArrayList<>(java.util.Collections.nCopies(recording.tickCount(), null)));
        }
        for (SampleChunk chunk : recording.chunks()) {
            int rows = 0;
            for (int t = 0; t < read.size(); t++) {
                int last = -1;
                for (int row = chunk.firstRow(t); row < chunk.endRow(t); row++) {
                    rows++;
                    if (chunk.tick(row) <= last || chunk.tick(row) < chunk.firstTick() || chunk.tick(row) + chunk.count(row) > chunk.endTick()) {
                        throw new AssertionError("runs out of order");
                    }
                    last = chunk.tick(row) + chunk.count(row) - 1;
                    for (int i = 0; i < chunk.count(row); i++) {
                        Said old = read.get(t).set(chunk.tick(row) + i, new Said(chunk.state(row), chunk.core(row), chunk.stack(row)));
                        if (old != null) {
                            throw new AssertionError("a tick twice");
                        }
                    }
                    recording.stack(chunk.stack(row));
                }
            }
            if (rows != chunk.rows()) {
                throw new AssertionError("rows of unknown threads");
            }
        }
        return read;
    }
}

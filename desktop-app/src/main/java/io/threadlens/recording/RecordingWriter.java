package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.RecordingInfo.Counters;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.ThreadInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording while it grows. One thread puts rows and says {@link #commit()} after each batch; about once a second the rows become
 * record batches on disk. Anyone may read {@link #live()} meanwhile. Memory holds the last second and what all seconds refer to
 * (threads, frames, stacks, locks), not the seconds before.
 *
 * <p>What is put must have been checked: ids in range, definitions before their use.
 */
public final class RecordingWriter implements AutoCloseable {
    private static final long FLUSH_NS = 1_000_000_000L;
    private static final int FLUSH_ROWS = 65_536;
    private static final long SYNC_NS = 1_000_000_000L;
    /** A tail this large is shown no more often than this, so that showing does not cost more than writing. */
    private static final int LARGE_TAIL = 8_192;
    private static final long SHOW_NS = 50_000_000L;

    private final Path file;
    private final PartFolder folder;
    private final Map<Table, GrowingTable> tables = new EnumMap<>(Table.class);
    private final SampleTail tail = new SampleTail();
    private final WaitTail waits = new WaitTail();
    private final HoldTail holds = new HoldTail();
    private final StackTable.Growing stacks = new StackTable.Growing();
    private final List<ThreadInfo> threads = new ArrayList<>();
    private final List<Recording.Lock> locks = new ArrayList<>();
    private final SnapshotRecording live;
    private final AtomicBoolean syncing = new AtomicBoolean();
    private long lastSync = System.nanoTime();

    private RecordingInfo info;
    private SampleChunk[] chunks = new SampleChunk[64];
    private int chunkCount;
    private long firstUnflushedTick = Long.MAX_VALUE;
    private long lastTick;
    private long lastShown;
    private long revision;
    private boolean ended;

    /**
     * Begins a recording in a folder beside {@code file}.
     *
     * @param header what is known at the beginning
     */
    public RecordingWriter(Path file, RecordingInfo header) throws IOException {
        this.file = file;
        this.info = header;
        this.folder = PartFolder.create(file);
        try {
            for (Table table : Table.values()) {
                tables.put(table, new GrowingTable(folder.path(), table));
            }
            folder.writeMeta(Meta.write(header, 0));
        } catch (IOException e) {
            close();
            throw explained(e);
        }
        this.live = new SnapshotRecording(snapshot());
    }

    /** The recording as it grows; stays readable after this writer is closed, and after the recording was saved. */
    public Recording live() {
        return live;
    }

    /** Where the recording grows. */
    public Path folder() {
        return folder.path();
    }

    /** Bytes on disk so far. */
    public long bytes() {
        return tables.values().stream().mapToLong(GrowingTable::bytes).sum();
    }

    public void frame(Frame frame) {
        stacks.addFrame(frame);
        tail(Table.FRAMES).put(frame.function()).put(frame.file()).put(frame.firstLine()).put(frame.line());
    }

    public void stack(int parent, int frame) {
        stacks.addStack(parent, frame);
        tail(Table.STACKS).put(parent).put(frame);
    }

    /** A new thread, or a newer row of one that is known. */
    public void thread(ThreadInfo thread) {
        if (thread.number() == threads.size()) {
            threads.add(thread);
        } else {
            threads.set(thread.number(), thread);
        }
        putThread(tail(Table.THREADS), thread);
    }

    public void tick(long time, int missed) {
        firstUnflushedTick = Math.min(firstUnflushedTick, time);
        lastTick = time;
        tail(Table.TICKS).put(time).put(missed);
    }

    /** Runs, as little-endian columns of {@code rows} elements; the order of the columns is that of the table. */
    public void samples(
            int rows,
            MemorySegment thread,
            MemorySegment tick,
            MemorySegment count,
            MemorySegment state,
            MemorySegment flags,
            MemorySegment core,
            MemorySegment stack) {
        tail.add(rows, thread, tick, count, state, flags, core, stack);
    }

    public void cpu(Recording.CpuRow row) {
        tail(Table.CPU).put(row.thread()).put(row.time()).put(row.cpu()).put(row.delay());
    }

    public void pause(Recording.Pause pause) {
        tail(Table.PAUSES).put(pause.start()).put(pause.end()).put(pause.kind()).put(pause.thread()).put(pause.stack());
    }

    /** A new lock, or a newer row of one that is known. */
    public void lock(Recording.Lock lock) {
        if (lock.number() == locks.size()) {
            locks.add(lock);
        } else {
            locks.set(lock.number(), lock);
        }
        putLock(tail(Table.LOCKS), lock);
    }

    /** A new wait of a thread, or a newer row of the one that was put last for it. */
    public void wait(Recording.Wait wait) {
        waits.put(wait, tail(Table.WAITS));
    }

    public void hold(Recording.Hold hold) {
        holds.put(hold, tail(Table.HOLDS));
    }

    public void refcounts(Recording.RefcountLooks looks) {
        tail(Table.REFCOUNTS)
                .put(looks.time())
                .put(looks.thread())
                .put(looks.stack())
                .put(looks.object())
                .put(looks.type())
                .put(looks.looks())
                .put(looks.changed());
    }

    public void slice(Recording.CoreSlice slice) {
        tail(Table.SLICES).put(slice.thread()).put(slice.core()).put(slice.start()).put(slice.end());
    }

    public void load(Recording.SystemLoad load) {
        tail(Table.LOAD).put(load.time()).put(load.busy()).put(load.own());
    }

    public void event(Recording.Event event) {
        tail(Table.EVENTS).put(event.time()).put(event.kind()).put(event.value()).put(event.text());
    }

    /** A new mark, or a newer row of the one with the same times. */
    public void mark(Recording.Mark mark) {
        putMark(tail(Table.MARKS), mark);
    }

    public void counters(Counters counters) {
        info = info.withCounters(counters);
    }

    /** All rows of a batch have been put: writes them where it is time to, and shows them to the readers. */
    public void commit() throws IOException {
        if (tail.rows() >= FLUSH_ROWS
                || tables.values().stream().anyMatch(table -> table.tail().rows() >= FLUSH_ROWS)
                || firstUnflushedTick != Long.MAX_VALUE && lastTick - firstUnflushedTick >= FLUSH_NS) {
            flush();
        }
        long now = System.nanoTime();
        if (now - lastSync >= SYNC_NS) {
            lastSync = now;
            sync();
        }
        if (tail.rows() < LARGE_TAIL || now - lastShown >= SHOW_NS) {
            lastShown = now;
            live.publish(snapshot());
        }
    }

    /**
     * Ends the recording. It stays in its folder until it is saved.
     *
     * @param end      as the agent told it, or null where the stream broke off
     * @param complete false where something that belongs to it is missing
     */
    public void finish(@Nullable End end, boolean complete) throws IOException {
        info = info.ended(end, complete);
        ended = true;
        try {
            flush();
            for (GrowingTable table : tables.values()) {
                table.finish();
            }
            folder.writeMeta(Meta.write(info, lastTick + Math.round(1e9 / info.rateHz())));
        } catch (IOException e) {
            throw explained(e);
        } finally {
            live.publish(snapshot());
        }
    }

    /** Makes the file of the folder, which goes away; the recording must be finished. Returns the file. */
    public Path save(Path target) throws IOException {
        if (!ended) {
            throw new IllegalStateException("a recording is finished before it is saved");
        }
        RecordingSaver.save(live, target);
        folder.delete();
        return target;
    }

    /** Saves to the file that was named at the beginning. */
    public Path save() throws IOException {
        return save(file);
    }

    /** Closes the files. What was not saved stays in the folder. */
    @Override
    public void close() throws IOException {
        for (GrowingTable table : tables.values()) {
            table.close();
        }
        folder.close();
        if (!ended && live != null) {
            info = info.ended(info.end(), false);
            live.publish(snapshot());
        }
    }

    /** Throws the recording away. */
    public void discard() throws IOException {
        close();
        folder.delete();
    }

    private void flush() throws IOException {
        holds.clear();
        try {
            for (Table table : Table.values()) {
                if (table != Table.SAMPLES) {
                    growing(table).flush();
                }
            }
            growing(Table.WAITS).flushProvisional(waits.takeChanged());
            flushSamples();
        } catch (IOException e) {
            throw explained(e);
        }
        firstUnflushedTick = Long.MAX_VALUE;
    }

    private void flushSamples() throws IOException {
        if (tail.rows() == 0) {
            return;
        }
        GrowingTable samples = growing(Table.SAMPLES);
        ColumnChunk added = tail.sortInto(samples.tail());
        int first = samples.flush();
        tail.clear();
        ArrowTable.Growing batches = samples.flushed();
        if (batches.count() > chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        chunks[chunkCount] = added;
        for (int i = first; i < batches.count(); i++) {
            ((ColumnChunk) chunks[i]).moveTo(batches.get(i));
        }
        chunkCount = batches.count();
    }

    private Snapshot snapshot() {
        revision++;
        Map<Table, ArrowTable> shown = new EnumMap<>(Table.class);
        tables.forEach((table, growing) -> shown.put(table, growing.snapshot()));
        shown.put(Table.WAITS, growing(Table.WAITS).snapshot().with(waits.all()));
        List<SampleChunk> all = Arrays.asList(chunks).subList(0, chunkCount);
        if (tail.rows() > 0) {
            RowBuffer sorted = new RowBuffer(Table.SAMPLES);
            ColumnChunk last = tail.sortInto(sorted);
            shown.put(Table.SAMPLES, growing(Table.SAMPLES).flushed().snapshot().with(last.batch()));
            all = new ArrayList<>(all);
            all.add(last);
        }
        ArrowTable ticks = Objects.requireNonNull(shown.get(Table.TICKS));
        return new Snapshot(
                info, revision, List.copyOf(threads), List.copyOf(locks), shown, ticks, Collections.unmodifiableList(all), stacks.snapshot(), null);
    }

    /**
     * Brings the counters up to date, and asks the system, on another thread, to bring all to the disk: a power cut loses a second, and
     * a slow disk holds up nobody.
     */
    private void sync() throws IOException {
        try {
            folder.writeMeta(Meta.write(info, lastTick + Math.round(1e9 / info.rateHz())));
        } catch (IOException e) {
            throw explained(e);
        }
        if (syncing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("recording-sync").start(() -> {
                try {
                    for (GrowingTable table : tables.values()) {
                        table.channel().force(false);
                    }
                } catch (IOException e) {
                    // Closed meanwhile, or a disk that fails: the next write says so.
                } finally {
                    syncing.set(false);
                }
            });
        }
    }

    private IOException explained(IOException e) {
        if (e instanceof RecordingException) {
            return e;
        }
        String reason = PartFolder.reason(e);
        String what = reason.contains("No space left on device") ? "the disk is full" : "cannot write: " + reason;
        return new RecordingException(what + "; what was recorded until then is kept in " + folder.path()
                + ", which 'threadlens open' opens", e);
    }

    private RowBuffer tail(Table table) {
        return growing(table).tail();
    }

    private GrowingTable growing(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    static void putThread(RowBuffer rows, ThreadInfo thread) {
        rows.put(thread.number()).put(thread.tid()).put(thread.ident()).put(thread.name()).put(thread.startNs()).put(thread.endNs());
    }

    static void putMark(RowBuffer rows, Recording.Mark mark) {
        rows.put(mark.time()).put(mark.text()).put(mark.end());
    }

    static void putLock(RowBuffer rows, Recording.Lock lock) {
        rows.put(lock.number()).put(lock.kind()).put(lock.type()).put(lock.label());
    }
}

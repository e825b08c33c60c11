package io.threadlens.recording;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens recordings: a saved file, or the folder of one that was cut short. What is damaged is read as far as it holds, and
 * {@link Recording#damage()} says what is missing; what is no recording at all is refused with the reason.
 */
public final class Recordings {
    /** What recordings of before do not have: the tables that were added together, and before them those that were added earlier. */
    private static final List<Set<Table>> ADDED = List.of(EnumSet.of(Table.SLICES, Table.LOAD), EnumSet.of(Table.HOLDS, Table.REFCOUNTS));

    private Recordings() {}

    public static Recording open(Path path) throws RecordingException {
        return explained(path, () -> PartFolder.isPart(path) ? openFolder(path) : openFile(path));
    }

    /** Refuses, as {@link #open} would, what is no recording at all or of another version; reads no further than that takes. */
    public static void check(Path path) throws RecordingException {
        if (!PartFolder.isPart(path)) {
            explained(path, () -> info(entries(path, new ArrayList<>())));
        }
    }

    private static <T> T explained(Path path, Reading<T> reading) throws RecordingException {
        try {
            return reading.read();
        } catch (RecordingException e) {
            throw new RecordingException("cannot open " + path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RecordingException("cannot open " + path + ": " + PartFolder.reason(e), e);
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw new RecordingException("cannot open " + path + ": it is damaged beyond reading", e);
        }
    }

    /** The file that a folder of a recording that was cut short is to become. */
    public static Path fileOf(Path folder) {
        return PartFolder.recordingOf(folder);
    }

    /** Whether a path is the folder in which a recording grows, or grew. */
    public static boolean isFolder(Path path) {
        return PartFolder.isPart(path);
    }

    /** Removes the folder of a recording that was cut short, once it has been saved. */
    public static void removeFolder(Path folder) throws IOException {
        PartFolder part = PartFolder.tryLock(folder);
        if (part == null) {
            throw new RecordingException(folder + " is being recorded to");
        }
        part.delete();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What a file has, found by its directory or, where that is lost, one after another. */
    private static Map<String, StoredZip.Entry> entries(Path path, List<String> damage) throws IOException {
        if (Files.isDirectory(path)) {
            throw new RecordingException("it is a folder");
        }
        MemorySegment file = map(path);
        if (file.byteSize() == 0) {
            throw new RecordingException("the file is empty");
        }
        if (!StoredZip.looksLikeZip(file)) {
            throw new RecordingException("it is not a Threadlens recording");
        }
        try {
            return StoredZip.entries(file);
        } catch (RecordingException e) {
            throw e;
        } catch (IOException e) {
            damage.add("the file has lost its end");
            return StoredZip.leftovers(file);
        }
    }

    private static RecordingInfo info(Map<String, StoredZip.Entry> entries) throws IOException {
        StoredZip.Entry meta = entries.get(Meta.FILE_NAME);
        if (meta == null) {
            throw new RecordingException("it is not a Threadlens recording, or lost its beginning: it has no " + Meta.FILE_NAME);
        }
        return Meta.read(meta.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    private static Recording openFile(Path path) throws IOException {
        List<String> damage = new ArrayList<>();
        Map<String, StoredZip.Entry> entries = entries(path, damage);
        RecordingInfo info = info(entries);
        Map<Table, MemorySegment> tables = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            StoredZip.Entry entry = entries.get(table.fileName());
            if (entry != null) {
                tables.put(table, entry.bytes());
                if (!entry.isWhole()) {
                    damage.add(table.fileName() + " is not as it was written");
                }
            }
        }
        for (Table table : expected(tables.keySet())) {
            if (!tables.containsKey(table)) {
                damage.add(table.fileName() + " is missing");
            }
        }
        return read(info, tables, damage);
    }

    private static Recording openFolder(Path path) throws IOException {
        PartFolder folder = PartFolder.tryLock(path);
        if (folder == null) {
            throw new RecordingException("it is being recorded right now");
        }
        try (folder) {
            Path meta = path.resolve(Meta.FILE_NAME);
            if (!Files.exists(meta)) {
                throw new RecordingException("nothing was recorded in it yet; it can be removed");
            }
            RecordingInfo info = Meta.read(Files.readAllBytes(meta));
            Map<Table, MemorySegment> tables = new EnumMap<>(Table.class);
            for (Table table : Table.values()) {
                Path file = path.resolve(table.fileName());
                if (Files.exists(file)) {
                    tables.put(table, map(file));
                }
            }
            return read(info, tables, new ArrayList<>());
        }
    }

    /** The tables that a recording with these has or has lost: without any of those that were added together, it was made before they were. */
    private static Set<Table> expected(Set<Table> present) {
        EnumSet<Table> expected = EnumSet.allOf(Table.class);
        for (Set<Table> added : ADDED) {
            if (!Collections.disjoint(present, added)) {
                break;
            }
            expected.removeAll(added);
        }
        return expected;
    }

    private static Recording read(RecordingInfo info, Map<Table, MemorySegment> bytes, List<String> damage) {
        Map<Table, List<TableBatch>> found = new EnumMap<>(Table.class);
        boolean cut = false;
        for (Table table : expected(bytes.keySet())) {
            TableReader reader = TableReader.read(table, bytes.getOrDefault(table, TableBatch.NOTHING));
            found.put(table, reader.batches());
            cut |= !reader.whole();
        }
        if (cut && damage.isEmpty()) {
            damage.add("the recording was cut short");
        }
        RowChecks checks = new RowChecks();
        List<ThreadInfo> threads = checks.threads(rows(found, Table.THREADS));
        List<Recording.Lock> locks = checks.locks(rows(found, Table.LOCKS));
        StackTable stacks = checks.stacks(rows(found, Table.FRAMES), rows(found, Table.STACKS));
        ArrowTable ticks = checks.ticks(rows(found, Table.TICKS));
        List<TableBatch> samples = checks.samples(rows(found, Table.SAMPLES));
        Map<Table, ArrowTable> tables = new EnumMap<>(Table.class);
        found.forEach((table, batches) -> tables.put(table, ArrowTable.of(batches)));
        tables.put(Table.TICKS, ticks);
        tables.put(Table.SAMPLES, ArrowTable.of(samples));
        tables.put(Table.CPU, checks.cpu(rows(found, Table.CPU)));
        tables.put(Table.PAUSES, checks.pauses(rows(found, Table.PAUSES)));
        tables.put(Table.WAITS, checks.waits(rows(found, Table.WAITS)));
        tables.put(Table.HOLDS, checks.holds(rows(found, Table.HOLDS)));
        tables.put(Table.REFCOUNTS, checks.refcounts(rows(found, Table.REFCOUNTS)));
        tables.put(Table.SLICES, checks.slices(rows(found, Table.SLICES)));
        tables.put(Table.LOAD, checks.load(rows(found, Table.LOAD)));
        tables.put(Table.EVENTS, checks.events(rows(found, Table.EVENTS)));
        tables.put(Table.MARKS, checks.marks(rows(found, Table.MARKS)));
        if (ArrowTable.of(rows(found, Table.STACKS)).rows() != stacks.stackCount()) {
            tables.put(Table.STACKS, stacks(stacks));
        }
        if (checks.dropped() > 0) {
            damage.add(checks.dropped() + (checks.dropped() == 1 ? " row was" : " rows were") + " dropped that referred to what was lost");
        }
        List<SampleChunk> chunks = samples.stream().filter(batch -> batch.rows() > 0).<SampleChunk>map(ColumnChunk::of).toList();
        return new SnapshotRecording(new Snapshot(
                damage.isEmpty() ? info : info.ended(info.end(), false),
                1,
                threads,
                locks,
                tables,
                ticks,
                chunks,
                stacks,
                damage.isEmpty() ? null : String.join("; ", damage)));
    }

    private static List<TableBatch> rows(Map<Table, List<TableBatch>> found, Table table) {
        return found.getOrDefault(table, List.of());
    }

    /** The stacks that the checks left, to be saved again. */
    private static ArrowTable stacks(StackTable stacks) {
        RowBuffer rows = new RowBuffer(Table.STACKS);
        for (int i = 0; i < stacks.stackCount(); i++) {
            rows.put(stacks.parent(i)).put(stacks.frameOf(i));
        }
        return ArrowTable.of(List.of(rows.view()));
    }

    private static MemorySegment map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }
}

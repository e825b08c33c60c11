package io.threadlens.recording;

import io.threadlens.model.Progress;
import io.threadlens.model.RecordingInfo;
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
import org.jspecify.annotations.Nullable;

/**
 * Opens recordings: a saved file, or the folder of one that was cut short. What is damaged is read as far as it holds, and
 * {@link Recording#damage()} says what is missing; what is no recording at all is refused with the reason.
 */
public final class Recordings {
    /** What recordings of before do not have: the tables that were added together, and before them those that were added earlier. */
    private static final List<Set<Table>> ADDED = List.of(EnumSet.of(Table.SLICES, Table.LOAD), EnumSet.of(Table.HOLDS, Table.REFCOUNTS));

    private Recordings() {}

    /** Opens a recording and reads all of it once: what holds of it, and only that, is there. */
    public static Recording open(Path path) throws RecordingException {
        return explained(path, () -> PartFolder.isPart(path) ? openFolder(path) : openFile(path));
    }

    /**
     * Opens a recording to be looked at, in a moment whatever its length: every chunk has its {@link Summary}. Of a file that has them, the samples are not read;
     * damage there harms nobody, and {@link #damage} finds it. Anything else is read, and brought into that form in a temporary file, which takes as
     * long as it takes.
     */
    public static Recording view(Path path, Progress progress) throws IOException {
        Recording quick = PartFolder.isPart(path) ? null : explained(path, () -> openQuickly(path));
        return quick != null ? quick : compacted(open(path), progress);
    }

    /** A recording of this package in the form in which it can be looked at: itself where it has it, else as a temporary file, which goes away with it. */
    public static Recording compacted(Recording recording, Progress progress) throws IOException {
        if (!(recording instanceof SnapshotRecording source) || source.snapshot().isCompact()) {
            return recording;
        }
        Path file = Files.createTempFile("threadlens-", ".threadlens");
        try {
            RecordingSaver.save(recording, file, progress);
            SnapshotRecording made = openQuickly(file);
            if (made == null) {
                throw new RecordingException("cannot open " + file + ": it was changed while it was written");
            }
            return new SnapshotRecording(made.snapshot().of(source.snapshot()));
        } finally {
            remove(file);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // not every system removes what is mapped
        }
    }

    /** Reads what {@link #view} left unread. Returns what is not as it was written, in words; null where all is well. */
    public static @Nullable String damage(Recording recording, Progress progress) {
        Unchecked unchecked = recording instanceof SnapshotRecording source ? source.snapshot().unchecked() : null;
        return unchecked == null ? null : unchecked.damage(progress);
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
        Map<Table, StoredZip.Entry> tables = tables(entries);
        tables.forEach((table, entry) -> {
            if (!entry.isWhole()) {
                damage.add(table.fileName() + " is not as it was written");
            }
        });
        Set<Table> expected = expected(tables.keySet());
        for (Table table : expected) {
            if (!tables.containsKey(table)) {
                damage.add(table.fileName() + " is missing");
            }
        }
        Map<Table, MemorySegment> bytes = new EnumMap<>(Table.class);
        tables.forEach((table, entry) -> bytes.put(table, entry.bytes()));
        return read(info, new FoundTables(bytes, expected), damage);
    }

    /** Opens a file that has all that is counted of its chunks without reading the chunks; null where something of the rest is not as it should be. */
    private static @Nullable SnapshotRecording openQuickly(Path path) throws IOException {
        List<String> damage = new ArrayList<>();
        Map<String, StoredZip.Entry> entries = entries(path, damage);
        RecordingInfo info = info(entries);
        Map<Table, StoredZip.Entry> tables = tables(entries);
        if (!damage.isEmpty() || !tables.keySet().equals(Table.SAVED)) {
            return null;
        }
        Map<Table, MemorySegment> bytes = new EnumMap<>(Table.class);
        Map<Table, StoredZip.Entry> unread = new EnumMap<>(Table.class);
        for (Map.Entry<Table, StoredZip.Entry> table : tables.entrySet()) {
            bytes.put(table.getKey(), table.getValue().bytes());
            if (Table.CHUNKS.contains(table.getKey())) {
                unread.put(table.getKey(), table.getValue());
            } else if (!table.getValue().isWhole()) {
                return null;
            }
        }
        FoundTables found = new FoundTables(bytes, tables.keySet());
        RowChecks checks = new RowChecks();
        Checked checked = Checked.of(found, checks);
        if (found.isCut() || checks.dropped() > 0) {
            return null;
        }
        List<SampleChunk> chunks = CountedChunks.of(found, checks);
        return chunks == null ? null : new SnapshotRecording(checked.snapshot(info, chunks, null, new Unchecked(unread, found, checks)));
    }

    private static Map<Table, StoredZip.Entry> tables(Map<String, StoredZip.Entry> entries) {
        Map<Table, StoredZip.Entry> tables = new EnumMap<>(Table.class);
        // Both have samples.arrow, and only those of before have no parts.
        boolean before = Table.CHUNKS.stream().noneMatch(table -> table != Table.RUNS && entries.containsKey(table.fileName()));
        for (Table table : before ? Table.RECORDED : Table.SAVED) {
            StoredZip.Entry entry = entries.get(table.fileName());
            if (entry != null) {
                tables.put(table, entry);
            }
        }
        return tables;
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
            for (Table table : Table.RECORDED) {
                Path file = path.resolve(table.fileName());
                if (Files.exists(file)) {
                    tables.put(table, map(file));
                }
            }
            return read(info, new FoundTables(tables, expected(tables.keySet())), new ArrayList<>());
        }
    }

    /** The tables that a recording with these has or has lost: without any of those that were added together, it was made before they were. */
    private static Set<Table> expected(Set<Table> present) {
        EnumSet<Table> expected = EnumSet.copyOf(Collections.disjoint(present, Table.CHUNKS) ? Table.RECORDED : Table.SAVED);
        for (Set<Table> added : ADDED) {
            if (!Collections.disjoint(present, added)) {
                break;
            }
            expected.removeAll(added);
        }
        return expected;
    }

    private static Recording read(RecordingInfo info, FoundTables found, List<String> damage) {
        if (found.isCut() && damage.isEmpty()) {
            damage.add("the recording was cut short");
        }
        RowChecks checks = new RowChecks();
        Checked checked = Checked.of(found, checks);
        boolean asRecorded = found.batches(Table.PARTS).isEmpty();
        List<SampleChunk> chunks = asRecorded
                ? checks.samples(found.batches(Table.SAMPLES))
                : checks.runs(found.batches(Table.RUNS), found.batches(Table.PARTS));
        if (checks.dropped() > 0) {
            damage.add(checks.dropped() + (checks.dropped() == 1 ? " row was" : " rows were") + " dropped that referred to what was lost");
        }
        List<SampleChunk> counted = damage.isEmpty() && !asRecorded ? CountedChunks.of(found, checks) : null;
        return new SnapshotRecording(checked.snapshot(
                damage.isEmpty() ? info : info.ended(info.end(), false),
                counted == null ? chunks : counted,
                damage.isEmpty() ? null : String.join("; ", damage),
                null));
    }

    private static MemorySegment map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }
}

package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingRoundTripTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadLiveAndSavedAndSavedAgain() throws Exception {
        Path file = folder.resolve("app.threadlens");
        Sketch sketch = new Sketch(1);
        Recording live;
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            live = writer.live();
            assertThat(live.tickCount()).isZero();
            assertThat(live.info().live()).isTrue();
            sketch.define(writer);
            for (int i = 0; i < 75; i++) {
                long before = live.revision();
                sketch.batch(writer);
                assertThat(live.revision()).isGreaterThan(before);
                if (i % 10 == 3) {
                    assertThat(Sketch.read(live)).isEqualTo(sketch.said);
                    sketch.assertTold(live);
                }
            }
            writer.finish(new RecordingInfo.End("exited", 3, null), true);
            writer.save();
        }
        assertThat(live.info().live()).isFalse();
        assertThat(Sketch.read(live)).as("after its folder is gone").isEqualTo(sketch.said);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining(path -> Files.isDirectory(path));

        try (Recording saved = Recordings.open(file)) {
            assertSame(live, saved, sketch);
            Path again = folder.resolve("again.threadlens");
            RecordingSaver.save(saved, again);
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    private static void assertSame(Recording live, Recording saved, Sketch sketch) {
        assertThat(saved.damage()).isNull();
        assertThat(saved.info()).isEqualTo(live.info());
        assertThat(saved.info().complete()).isTrue();
        assertThat(saved.info().end()).isEqualTo(new RecordingInfo.End("exited", 3, null));
        assertThat(Sketch.read(saved)).isEqualTo(sketch.said);
        assertThat(saved.threads()).isEqualTo(live.threads());
        assertThat(saved.threads().get(2).name()).isNull();
        assertThat(saved.threads().get(3).name()).isEqualTo("thread-3");
        assertThat(saved.cpu()).isEqualTo(live.cpu()).hasSize(75);
        assertThat(saved.pauses()).isEqualTo(live.pauses()).hasSize(75);
        assertThat(saved.events()).isEqualTo(live.events()).hasSize(75);
        assertThat(saved.marks()).isEqualTo(live.marks()).hasSize(75);
        assertThat(saved.locks()).isEqualTo(live.locks()).hasSize(9);
        assertThat(saved.waits()).isEqualTo(live.waits()).hasSize(4 + 3 * 75 + 1);
        assertThat(saved.holds()).isEqualTo(live.holds());
        assertThat(saved.refcounts()).isEqualTo(live.refcounts()).hasSize(75);
        assertThat(saved.coreSlices()).isEqualTo(live.coreSlices()).hasSize(6 * 75);
        assertThat(saved.systemLoad()).isEqualTo(live.systemLoad()).hasSize(75);
        sketch.assertTold(saved);
        for (int stack = -1; stack < Sketch.STACKS; stack++) {
            assertThat(saved.stack(stack)).isEqualTo(live.stack(stack)).hasSize(stack < 0 ? 0 : stack % 10 + 1);
            assertThat(saved.leaf(stack)).isEqualTo(live.leaf(stack));
        }
        assertThat(saved.tickCount()).isEqualTo(sketch.ticks());
        for (int tick = 0; tick < saved.tickCount(); tick += 37) {
            long time = Sketch.START_NS + tick * Sketch.PERIOD_NS;
            assertThat(saved.tickTime(tick)).isEqualTo(time);
            assertThat(saved.tickEnd(tick)).isEqualTo(time + Sketch.PERIOD_NS);
            assertThat(saved.tickAt(time)).isEqualTo(tick);
            assertThat(saved.tickAt(time + Sketch.PERIOD_NS - 1)).isEqualTo(tick);
        }
        assertThat(saved.tickAt(Sketch.START_NS - 1)).isEqualTo(-1);
    }

    @Test
    void runsThatGoOnAreOneRowASecond() throws Exception {
        Path file = folder.resolve("idle.threadlens");
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            IdleThreads.record(writer, 64, 20_000, 100);
            writer.finish(null, true);
            writer.save();
        }
        try (Recording recording = Recordings.open(file)) {
            long rows = recording.chunks().stream().mapToLong(SampleChunk::rows).sum();
            assertThat(rows).isEqualTo(64L * recording.chunks().size());
            assertThat(recording.chunks()).hasSizeBetween(15, 21);
            assertThat((double) Files.size(file) / (64 * 20_000)).as("bytes a sample").isLessThan(0.5);
        }
    }

    /** Told in each of 200 batches, a wait is one row from the first moment on, a hold one a second. */
    @Test
    void whatGoesOnStaysSmall() throws Exception {
        Path file = folder.resolve("deadlock.threadlens");
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            writer.thread(new ThreadInfo(0, 100, 1, "a", 0, -1));
            writer.lock(new Recording.Lock(0, "lock", null, null));
            for (int batch = 0; batch < 200; batch++) {
                for (int i = 0; i < 100; i++) {
                    writer.tick((batch * 100 + i) * 1_000_000L, 0);
                }
                long until = (batch + 1) * 100_000_000L;
                writer.wait(new Recording.Wait(0, 7, until, 0, -1));
                writer.hold(new Recording.Hold(0, 0, until - 100_000_000L, until, -1, 1, 0, -1));
                writer.commit();
                assertThat(writer.live().waits()).containsExactly(new Recording.Wait(0, 7, until, 0, -1));
            }
            writer.finish(null, true);
            writer.save();
        }
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.waits()).containsExactly(new Recording.Wait(0, 7, 20_000_000_000L, 0, -1));
            assertThat(recording.holds()).hasSizeBetween(15, 21);
            long at = 0;
            for (Recording.Hold hold : recording.holds()) {
                assertThat(hold.start()).isEqualTo(at);
                at = hold.end();
            }
            assertThat(at).isEqualTo(20_000_000_000L);
        }
    }

    /** However many rows come between two ticks, they do not gather in memory. */
    @Test
    void aTableThatFillsUpIsWritten() throws Exception {
        Path file = folder.resolve("flood.threadlens");
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            writer.thread(new ThreadInfo(0, 100, 1, "a", 0, -1));
            for (int i = 0; i < 70_000; i++) {
                writer.refcounts(new Recording.RefcountLooks(i, 0, -1, i, "Store", 1, 1));
            }
            writer.commit();
            assertThat(Files.size(writer.folder().resolve("refcounts.arrow"))).isGreaterThan(70_000 * 36L);
            assertThat(writer.live().refcounts()).hasSize(70_000).endsWith(new Recording.RefcountLooks(69_999, 0, -1, 69_999, "Store", 1, 1));
            writer.discard();
        }
    }

    @Test
    void manyBatchesNeedFewMappings() throws Exception {
        Path file = folder.resolve("long.threadlens");
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            IdleThreads.record(writer, 2, 400_000, 1_000);
            assertThat(writer.live().chunks()).hasSizeBetween(190, 401);
            System.gc();
            Thread.sleep(200);
            System.gc();
            long mappings = Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains("long.threadlens.part")).count();
            assertThat(mappings).isLessThan(3 * 64 + 20);
            writer.discard();
        }
    }

    @Test
    void twoRecordingsToOneFileAreRefused() throws Exception {
        Path file = folder.resolve("app.threadlens");
        try (RecordingWriter first = new RecordingWriter(file, Sketch.HEADER)) {
            assertThatExceptionOfType(RecordingException.class)
                    .isThrownBy(() -> new RecordingWriter(file, Sketch.HEADER))
                    .withMessageContaining("another recording is being written");
            assertThatExceptionOfType(RecordingException.class)
                    .isThrownBy(() -> Recordings.open(first.folder()))
                    .withMessageContaining("being recorded right now");
        }
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> new RecordingWriter(file, Sketch.HEADER))
                .withMessageContaining("left from a recording that was cut short");
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidSo() {
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> new RecordingWriter(Path.of("/proc/nowhere/app.threadlens"), Sketch.HEADER))
                .withMessageContaining("cannot write");
    }

    /** The container is an ordinary ZIP, each entry stored and aligned, and each table is read by Arrow's own reader. */
    @Test
    void othersReadTheFile() throws Exception {
        Sketch[] sketch = new Sketch[1];
        Path file = Sketch.write(folder.resolve("app.threadlens"), 2, 25, sketch);
        try (ZipFile zip = new ZipFile(file.toFile());
                RootAllocator allocator = new RootAllocator()) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries).hasSize(Table.values().length + 1).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            int rows = 0;
            for (Table table : Table.values()) {
                byte[] bytes;
                try (InputStream in = zip.getInputStream(zip.getEntry(table.fileName()))) {
                    bytes = in.readAllBytes();
                }
                rows += arrowRows(table, bytes, allocator);
            }
            assertThat(rows).isPositive();
        }
        StoredZip.entries(java.lang.foreign.MemorySegment.ofArray(Files.readAllBytes(file)))
                .forEach((name, entry) -> assertThat(file.toFile().length()).isGreaterThan(entry.bytes().byteSize()));
    }

    private static int arrowRows(Table table, byte[] bytes, RootAllocator allocator) throws Exception {
        int rows = 0;
        try (ArrowFileReader reader = new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)) {
            assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(table.schema());
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
                if (table == Table.FRAMES) {
                    VarCharVector function = (VarCharVector) reader.getVectorSchemaRoot().getVector("function");
                    assertThat(function.isNull(0)).isTrue();
                    assertThat(function.getObject(1).toString()).isEqualTo("f1");
                    assertThat(((IntVector) reader.getVectorSchemaRoot().getVector("line")).get(39)).isEqualTo(39);
                }
                if (table == Table.TICKS) {
                    assertThat(((BigIntVector) reader.getVectorSchemaRoot().getVector("time")).get(0)).isGreaterThanOrEqualTo(Sketch.START_NS);
                }
            }
        }
        return rows;
    }

    /** What grows is an Arrow stream to others, too. */
    @Test
    void othersReadTheFolderWhileItGrows() throws Exception {
        Path file = folder.resolve("app.threadlens");
        Sketch sketch = new Sketch(3);
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER);
                RootAllocator allocator = new RootAllocator()) {
            sketch.define(writer);
            for (int i = 0; i < 30; i++) {
                sketch.batch(writer);
            }
            byte[] ticks = Files.readAllBytes(writer.folder().resolve("ticks.arrow"));
            int rows = 0;
            try (ArrowStreamReader reader = new ArrowStreamReader(Channels.newChannel(new ByteArrayInputStream(ticks)), allocator)) {
                while (reader.loadNextBatch()) {
                    rows += reader.getVectorSchemaRoot().getRowCount();
                }
            }
            assertThat(rows).isBetween(sketch.ticks() - 1_200, sketch.ticks());
            writer.discard();
        }
    }

    @Test
    void pythonReadsTheContainer() throws Exception {
        Sketch[] sketch = new Sketch[1];
        Path file = Sketch.write(folder.resolve("app.threadlens"), 4, 12, sketch);
        String script = """
                import json, struct, sys, zipfile
                with zipfile.ZipFile(sys.argv[1]) as z:
                    assert z.testzip() is None
                    meta = json.loads(z.read("meta.json"))
                    assert meta["format"] == "threadlens-recording/1" and meta["process"]["command"][1] == "\\u00e4pp.py", meta
                    for entry in z.infolist():
                        assert entry.compress_type == zipfile.ZIP_STORED
                        with open(sys.argv[1], "rb") as f:
                            f.seek(entry.header_offset)
                            name, extra = struct.unpack("<HH", f.read(30)[26:])
                        assert (entry.header_offset + 30 + name + extra) % 64 == 0, entry
                        if entry.filename.endswith(".arrow"):
                            data = z.read(entry)
                            assert data[:6] == data[-6:] == b"ARROW1"
                    print(len(z.infolist()))
                try:
                    import pyarrow as pa
                except ImportError:
                    print("no pyarrow")
                else:
                    with zipfile.ZipFile(sys.argv[1]) as z:
                        table = pa.ipc.open_file(z.open("samples.arrow")).read_all()
                        print(sum(table["count"].to_pylist()))
                """;
        Process python;
        try {
            // `threadlens test` names a Python with pyarrow here where it can get one.
            String reader = System.getenv().getOrDefault("THREADLENS_TEST_READER", "python3");
            python = new ProcessBuilder(reader, "-c", script, file.toString()).redirectErrorStream(true).start();
        } catch (java.io.IOException e) {
            org.junit.jupiter.api.Assumptions.abort("no python3 here");
            return;
        }
        String output = new String(python.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(output).isZero();
        assertThat(output.lines().toList()).first().isEqualTo(String.valueOf(Table.values().length + 1));
        assertThat(output.lines().toList()).last().isIn("no pyarrow", String.valueOf(12 * Sketch.TICKS_PER_BATCH * Sketch.THREADS));
    }
}

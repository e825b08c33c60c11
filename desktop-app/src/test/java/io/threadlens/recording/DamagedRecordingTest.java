package io.threadlens.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Part;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.Progress;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.BusyCores;
import io.threadlens.timeline.BusyTicks;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.SampleAt;
import io.threadlens.timeline.StateTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever has happened to a file, it opens with what is left of it, and says so, or is refused in a sentence. */
class DamagedRecordingTest {
    @TempDir
    Path folder;

    private byte[] whole;
    private Sketch sketch;

    @BeforeEach
    void record() throws IOException {
        Sketch[] made = new Sketch[1];
        whole = Files.readAllBytes(Sketch.write(folder.resolve("whole.threadlens"), 5, 35, made));
        sketch = made[0];
    }

    private Path damaged(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged.threadlens"), bytes);
    }

    /** Opens and reads everything; returns how many samples are there, −1 where it is refused. */
    private long readAll(Path path) {
        try (Recording recording = Recordings.open(path)) {
            long samples = 0;
            List<List<Sketch.Said>> read = Sketch.read(recording);
            for (int t = 0; t < read.size(); t++) {
                samples += read.get(t).stream().filter(Objects::nonNull).count();
            }
            ReportBuilder.of(recording, null);
            recording.cpu().forEach(Objects::requireNonNull);
            recording.pauses().forEach(pause -> recording.stack(pause.stack()));
            recording.events().forEach(Objects::requireNonNull);
            Set<List<Long>> waits = new HashSet<>();
            for (Recording.Wait wait : recording.waits()) {
                recording.threads().get(wait.thread());
                recording.locks().get(wait.lock());
                recording.stack(wait.stack());
                assertThat(wait.end()).isGreaterThanOrEqualTo(wait.start());
                assertThat(waits.add(List.of((long) wait.thread(), wait.start()))).as("a wait told once").isTrue();
            }
            for (Recording.Hold hold : recording.holds()) {
                recording.threads().get(hold.thread());
                recording.locks().get(hold.lock());
                recording.stack(hold.stack());
                assertThat(hold.end()).isGreaterThanOrEqualTo(hold.start());
                assertThat(hold.how()).isBetween(1, 5);
                assertThat(hold.place()).isNotNegative();
            }
            for (Recording.RefcountLooks looks : recording.refcounts()) {
                recording.threads().get(looks.thread());
                recording.stack(looks.stack());
                assertThat(looks.changed()).isBetween(0, looks.looks());
            }
            assertSlicesAreInOrder(recording);
            recording.marks().forEach(Objects::requireNonNull);
            if (recording.damage() != null) {
                assertThat(recording.info().complete()).isFalse();
            }
            return samples;
        } catch (RecordingException e) {
            assertThat(e).hasMessageStartingWith("cannot open " + path);
            return -1;
        }
    }

    private static void assertSlicesAreInOrder(Recording recording) {
        long[] threadEnd = new long[recording.threads().size()];
        Arrays.fill(threadEnd, Long.MIN_VALUE);
        long lastEnd = Long.MIN_VALUE;
        for (Recording.CoreSlice slice : recording.coreSlices()) {
            assertThat(slice.core()).isNotNegative();
            assertThat(slice.start()).isBetween(threadEnd[slice.thread()], slice.end());
            assertThat(slice.end()).isGreaterThanOrEqualTo(lastEnd);
            threadEnd[slice.thread()] = lastEnd = slice.end();
        }
        long lastBusy = Long.MIN_VALUE;
        for (Recording.SystemLoad load : recording.systemLoad()) {
            assertThat(load.busy()).isGreaterThanOrEqualTo(lastBusy);
            lastBusy = load.busy();
        }
    }

    @Test
    void cutAnywhereItGivesWhatIsLeft() throws IOException {
        assertThat(readAll(folder.resolve("whole.threadlens"))).isEqualTo((long) sketch.ticks() * Sketch.THREADS);
        long most = -1;
        Random random = new Random(6);
        for (int i = 0; i < 400; i++) {
            int length = i < 200 ? i * whole.length / 200 : random.nextInt(whole.length);
            long samples = readAll(damaged(java.util.Arrays.copyOf(whole, length)));
            most = Math.max(most, samples);
        }
        assertThat(most).isGreaterThan(sketch.ticks());
    }

    @Test
    void losingTheDirectoryLosesNothing() throws IOException {
        assertThat(readAll(damaged(java.util.Arrays.copyOf(whole, whole.length - 22)))).isEqualTo((long) sketch.ticks() * Sketch.THREADS);
        try (Recording recording = Recordings.open(folder.resolve("damaged.threadlens"))) {
            assertThat(recording.damage()).contains("lost its end");
        }
    }

    @Test
    void flippedBytesAreNoticedAndHarmNobody() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = whole.clone();
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            try {
                readAll(damaged(bytes));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + " of the seed", e);
            }
        }
    }

    /**
     * The same of one that is looked at, of which the samples are not read at first: what is counted of it may be wrong, but it comes to an end, and
     * what was damaged is found.
     */
    @Test
    void flippedBytesHarmNobodyWhoLooks() throws IOException {
        byte[] chunks = Files.readAllBytes(Saved.save(program(), folder.resolve("chunks.threadlens"), 300));
        try (Recording recording = Recordings.view(folder.resolve("chunks.threadlens"), new Progress())) {
            assertThat(recording.chunks()).hasSizeGreaterThan(3);
            lookAt(recording);
        }
        Random random = new Random(17);
        int unread = 0;
        for (int round = 0; round < 600; round++) {
            byte[] bytes = chunks.clone();
            for (int i = 0; i < 1 + round % 3; i++) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            Path path = damaged(bytes);
            boolean isWhole = java.util.Arrays.equals(bytes, chunks);
            try (Recording recording = Recordings.view(path, new Progress())) {
                lookAt(recording);
                String found = Recordings.damage(recording, new Progress());
                boolean told = recording.damage() != null || found != null;
                unread += found != null ? 1 : 0;
                try (Recording read = Recordings.open(path)) {
                    assertThat(told).as("round " + round).isEqualTo(read.damage() != null);
                }
            } catch (RecordingException e) {
                assertThat(isWhole).isFalse();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + " of the seed", e);
            }
        }
        assertThat(unread).as("files with damage that was found only when they were read").isGreaterThan(100);
    }

    private static MemoryRecording program() {
        MemoryRecording recording = new MemoryRecording(1_000);
        int stack = recording.stack(-1, "run", "app.py", 3);
        Random random = new Random(3);
        for (int t = 0; t < 3; t++) {
            recording.thread("thread-" + t);
        }
        for (int chunk = 0; chunk < 6; chunk++) {
            int first = recording.tickCount();
            recording.ticks(250);
            for (int t = 0; t < 3; t++) {
                for (int at = first; at < first + 250; at += 1 + t) {
                    recording.run(t, at, Math.min(1 + t, first + 250 - at), ThreadState.of(random.nextInt(10)), 0, random.nextInt(2) == 0 ? stack : -1);
                }
            }
            recording.cut();
        }
        return recording;
    }

    /** Asks for all that a window asks for. */
    private static void lookAt(Recording recording) {
        StateTimes times = StateTimes.of(recording);
        TimeRange all = times.range();
        Columns columns = Columns.of(all.startNs(), Math.max(1, all.lengthNs() / 40), 41);
        long[] out = new long[41 * ThreadState.COUNT];
        for (int t = 0; t < times.threads().size(); t++) {
            times.columns(t, columns, out);
            times.columnsNear(t, columns, out);
            assertThat(java.util.Arrays.stream(out).min().orElse(0)).isNotNegative();
            for (int i = 0; i < 20; i++) {
                SampleAt.find(times, t, all.startNs() + i * all.lengthNs() / 20);
            }
        }
        BusyCores.of(times).mean();
        BusyTicks busy = BusyTicks.of(recording);
        int[] next = {0};
        busy.visit(0, busy.ticks(), (from, to, onCore, contended) -> {
            assertThat(from).isEqualTo(next[0]);
            assertThat(to).isGreaterThan(from);
            next[0] = to;
        });
        assertThat(next[0]).isEqualTo(busy.ticks());
        CallTimes.of(recording, Part.of(all)).functions();
        CallTimes.of(recording, Part.of(new TimeRange(all.startNs() + all.lengthNs() / 7, all.endNs() - all.lengthNs() / 9))).functions();
        ReportBuilder.of(recording, null);
    }

    /** Each of these rows could be what damage leaves; one is good. */
    @Test
    void waitsAndHoldersThatReferToNothingAreDropped() throws IOException {
        Path file = folder.resolve("app.threadlens");
        Recording.Wait wait = new Recording.Wait(1, 20, 20, 0, -1);
        Recording.Hold hold = new Recording.Hold(0, 1, 20, 20, -1, 5, 0, -1);
        Recording.RefcountLooks looks = new Recording.RefcountLooks(20, 1, -1, -1, null, 3, 3);
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            new Sketch(1).define(writer);
            writer.lock(new Recording.Lock(0, "lock", null, null));
            for (Recording.Wait row : List.of(
                    wait,
                    new Recording.Wait(-1, 20, 30, 0, -1),
                    new Recording.Wait(Sketch.THREADS, 20, 30, 0, -1),
                    new Recording.Wait(0, 20, 19, 0, -1),
                    new Recording.Wait(2, 20, 30, -1, -1),
                    new Recording.Wait(3, 20, 30, 1, -1),
                    new Recording.Wait(4, 20, 30, 0, Sketch.STACKS))) {
                writer.wait(row);
            }
            for (Recording.Hold row : List.of(
                    hold,
                    new Recording.Hold(-1, 1, 20, 20, -1, 1, 0, -1),
                    new Recording.Hold(1, 1, 20, 20, -1, 1, 0, -1),
                    new Recording.Hold(0, -1, 20, 20, -1, 1, 0, -1),
                    new Recording.Hold(0, Sketch.THREADS, 20, 20, -1, 1, 0, -1),
                    new Recording.Hold(0, 1, 20, 19, -1, 1, 0, -1),
                    new Recording.Hold(0, 1, 20, 20, Sketch.STACKS, 1, 0, -1),
                    new Recording.Hold(0, 1, 20, 20, -1, 0, 0, -1),
                    new Recording.Hold(0, 1, 20, 20, -1, 6, 0, -1),
                    new Recording.Hold(0, 1, 20, 20, -1, 1, -1, -1),
                    new Recording.Hold(0, 1, 20, 20, -1, 1, 0, Sketch.STACKS))) {
                writer.hold(row);
            }
            for (Recording.RefcountLooks row : List.of(
                    looks,
                    new Recording.RefcountLooks(20, -1, -1, -1, null, 3, 3),
                    new Recording.RefcountLooks(20, Sketch.THREADS, -1, -1, null, 3, 3),
                    new Recording.RefcountLooks(20, 1, -2, -1, null, 3, 3),
                    new Recording.RefcountLooks(20, 1, Sketch.STACKS, -1, null, 3, 3),
                    new Recording.RefcountLooks(20, 1, -1, -1, null, 3, -1),
                    new Recording.RefcountLooks(20, 1, -1, -1, null, 3, 4))) {
                writer.refcounts(row);
            }
            writer.finish(null, true);
            writer.save();
        }
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.waits()).containsExactly(wait);
            assertThat(recording.holds()).containsExactly(hold);
            assertThat(recording.refcounts()).containsExactly(looks);
            assertThat(recording.damage()).startsWith((6 + 10 + 6) + " rows were dropped");
        }
    }

    /** Each of the rows that is not among the good ones could be what damage leaves. */
    @Test
    void slicesAndLoadThatCannotBeAreDropped() throws IOException {
        Path file = folder.resolve("app.threadlens");
        List<Recording.CoreSlice> slices = List.of(
                new Recording.CoreSlice(1, 0, 20, 30), new Recording.CoreSlice(0, 32_767, 30, 30), new Recording.CoreSlice(1, 2, 30, 40));
        List<Recording.SystemLoad> load = List.of(new Recording.SystemLoad(20, 5, 2), new Recording.SystemLoad(20, 5, 2));
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            new Sketch(1).define(writer);
            for (Recording.CoreSlice row : List.of(
                    slices.get(0),
                    new Recording.CoreSlice(-1, 0, 30, 40),
                    new Recording.CoreSlice(Sketch.THREADS, 0, 30, 40),
                    new Recording.CoreSlice(2, -1, 30, 40),
                    new Recording.CoreSlice(2, 0, 40, 30),
                    new Recording.CoreSlice(2, 0, 20, 29),
                    slices.get(1),
                    new Recording.CoreSlice(1, 1, 29, 40),
                    slices.get(2))) {
                writer.slice(row);
            }
            for (Recording.SystemLoad row : List.of(
                    load.get(0),
                    new Recording.SystemLoad(19, 5, 2),
                    new Recording.SystemLoad(20, 4, 2),
                    new Recording.SystemLoad(20, 5, 1),
                    load.get(1))) {
                writer.load(row);
            }
            writer.finish(null, true);
            writer.save();
        }
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.coreSlices()).isEqualTo(slices);
            assertThat(recording.systemLoad()).isEqualTo(load);
            assertThat(recording.damage()).startsWith((6 + 3) + " rows were dropped");
        }
    }

    @Test
    void whatIsNoRecordingIsRefused() throws IOException {
        assertRefused(Files.write(folder.resolve("empty.threadlens"), new byte[0]), "empty");
        assertRefused(Files.writeString(folder.resolve("text.threadlens"), "hello, this is a text"), "not a Threadlens recording");
        assertRefused(folder.resolve("nothing.threadlens"), "no such file");
        assertRefused(Files.createDirectory(folder.resolve("a-folder")), "it is a folder");
        assertRefused(Files.createDirectory(folder.resolve("app.threadlens.part")), "nothing was recorded");
        Path other = folder.resolve("other.zip");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(other))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("readme.txt"));
            zip.write(1);
        }
        assertRefused(other, "compressed");
    }

    @Test
    void aNewerVersionIsRefused() throws IOException {
        RecordingInfo info = Recordings.open(folder.resolve("whole.threadlens")).info();
        String json = new String(Meta.write(info, 0), java.nio.charset.StandardCharsets.UTF_8).replace("recording/1", "recording/2");
        Path file = folder.resolve("newer.threadlens");
        try (StoredZipWriter zip = new StoredZipWriter(java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE))) {
            zip.add(Meta.FILE_NAME, sink -> sink.write(java.nio.ByteBuffer.wrap(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            zip.finish();
        }
        assertRefused(file, "newer version (threadlens-recording/2");
    }

    private static void assertRefused(Path path, String reason) {
        assertThatExceptionOfType(RecordingException.class)
                .isThrownBy(() -> Recordings.open(path))
                .withMessageStartingWith("cannot open " + path)
                .withMessageContaining(reason);
    }

    /** The folder of a writer that is gone, with each of its files cut at random places. */
    @Test
    void aFolderThatWasLeftBehindIsRecovered() throws IOException {
        Path file = folder.resolve("left.threadlens");
        Sketch left = new Sketch(8);
        Path part;
        try (RecordingWriter writer = new RecordingWriter(file, Sketch.HEADER)) {
            part = writer.folder();
            left.define(writer);
            for (int i = 0; i < 35; i++) {
                left.batch(writer);
            }
        }
        try (Recording recording = Recordings.open(part)) {
            assertThat(recording.damage()).contains("cut short");
            assertThat(recording.info().complete()).isFalse();
            assertThat(recording.info().end()).isNull();
            List<List<Sketch.Said>> read = Sketch.read(recording);
            int ticks = recording.tickCount();
            assertThat(ticks).isGreaterThan(left.ticks() - 1_200);
            for (int t = 0; t < Sketch.THREADS; t++) {
                assertThat(read.get(t)).isEqualTo(left.said.get(t).subList(0, ticks));
            }
            Sketch flushed = Sketch.until(folder, 8, ticks);
            flushed.assertTold(recording);
            Path saved = folder.resolve("recovered.threadlens");
            RecordingSaver.save(recording, saved);
            try (Recording again = Recordings.open(saved)) {
                assertThat(Sketch.read(again)).isEqualTo(read);
                flushed.assertTold(again);
                assertThat(again.damage()).isNull();
                assertThat(again.info().complete()).isFalse();
            }
        }
        Random random = new Random(9);
        for (int round = 0; round < 150; round++) {
            Path copy = Files.createDirectories(folder.resolve("cut" + round + ".threadlens.part"));
            try (Stream<Path> files = Files.list(part)) {
                for (Path from : files.filter(f -> !f.endsWith("lock")).toList()) {
                    byte[] bytes = Files.readAllBytes(from);
                    boolean cut = random.nextInt(4) == 0 && !from.endsWith(Meta.FILE_NAME);
                    Files.write(copy.resolve(from.getFileName()), cut ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
                }
            }
            assertThat(readAll(copy)).isGreaterThanOrEqualTo(0);
        }
    }
}

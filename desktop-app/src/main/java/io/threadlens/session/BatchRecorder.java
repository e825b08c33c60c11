package io.threadlens.session;

import static io.threadlens.wire.Columns.int16;
import static io.threadlens.wire.Columns.int32;
import static io.threadlens.wire.Columns.int64;
import static io.threadlens.wire.Columns.int8;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.recording.Recording;
import io.threadlens.recording.RecordingWriter;
import io.threadlens.wire.Batch;
import io.threadlens.wire.Columns;
import io.threadlens.wire.Hello;
import io.threadlens.wire.WireTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Puts what came over the wire into a recording. The batches have been checked; nothing is checked twice. */
final class BatchRecorder {
    private final RecordingWriter writer;
    private final List<String> strings = new ArrayList<>();
    private final Queue<Recording.Mark> marks = new ConcurrentLinkedQueue<>();

    BatchRecorder(RecordingWriter writer) {
        this.writer = writer;
    }

    /** What a recording's header says, from what the agent said first. */
    static RecordingInfo header(Hello hello) {
        return new RecordingInfo(
                hello.process(), hello.startedUnixNs(), hello.startedMonoNs(), hello.rateHz(), hello.features(), RecordingInfo.Counters.NONE,
                null, false, true);
    }

    void record(Batch batch) throws IOException {
        for (WireTable table : WireTable.values()) {
            Columns columns = batch.table(table);
            if (columns != null) {
                record(table, columns);
            }
        }
        recordMarks();
        writer.counters(batch.counters());
        writer.commit();
    }

    /** A mark that the app puts, which goes into the recording with the next batch. Safe from any thread. */
    void mark(Recording.Mark mark) {
        marks.add(mark);
    }

    /** Records the marks that were put since the last batch. */
    void recordMarks() {
        for (Recording.Mark mark = marks.poll(); mark != null; mark = marks.poll()) {
            writer.mark(mark);
        }
    }

    private void record(WireTable table, Columns columns) {
        switch (table) {
            case STRINGS -> columns.texts("text").forEach(text -> strings.add(String.valueOf(text)));
            case FRAMES -> frames(columns);
            case STACKS -> stacks(columns);
            case THREADS -> threads(columns);
            case TICKS -> ticks(columns);
            case SAMPLES -> samples(columns);
            case CPU -> cpu(columns);
            case PAUSES -> pauses(columns);
            case LOCKS -> locks(columns);
            case WAITS -> waits(columns);
            case HOLDS -> holds(columns);
            case REFCOUNTS -> refcounts(columns);
            case SLICES -> slices(columns);
            case LOAD -> load(columns);
            case EVENTS -> events(columns);
            case MARKS -> marks(columns);
        }
    }

    private void frames(Columns columns) {
        MemorySegment function = columns.bytes("function");
        MemorySegment file = columns.bytes("file");
        MemorySegment firstLine = columns.bytes("firstLine");
        MemorySegment line = columns.bytes("line");
        for (int row = 0; row < columns.rows(); row++) {
            writer.frame(new Frame(
                    strings.get(int32(function, row)), strings.get(int32(file, row)), int32(firstLine, row), int32(line, row)));
        }
    }

    private void stacks(Columns columns) {
        MemorySegment parent = columns.bytes("parent");
        MemorySegment frame = columns.bytes("frame");
        for (int row = 0; row < columns.rows(); row++) {
            writer.stack(int32(parent, row), int32(frame, row));
        }
    }

    private void threads(Columns columns) {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment tid = columns.bytes("tid");
        MemorySegment ident = columns.bytes("ident");
        List<@Nullable String> name = columns.texts("name");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        for (int row = 0; row < columns.rows(); row++) {
            writer.thread(new ThreadInfo(
                    int32(thread, row), int32(tid, row), int64(ident, row), name.get(row), int64(start, row), int64(end, row)));
        }
    }

    private void ticks(Columns columns) {
        MemorySegment time = columns.bytes("time");
        MemorySegment missed = columns.bytes("missed");
        for (int row = 0; row < columns.rows(); row++) {
            writer.tick(int64(time, row), int32(missed, row));
        }
    }

    private void samples(Columns columns) {
        writer.samples(
                columns.rows(),
                columns.bytes("thread"),
                columns.bytes("tick"),
                columns.bytes("count"),
                columns.bytes("state"),
                columns.bytes("flags"),
                columns.bytes("core"),
                columns.bytes("stack"));
    }

    private void cpu(Columns columns) {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment time = columns.bytes("time");
        MemorySegment cpu = columns.bytes("cpu");
        MemorySegment delay = columns.bytes("delay");
        for (int row = 0; row < columns.rows(); row++) {
            writer.cpu(new Recording.CpuRow(int32(thread, row), int64(time, row), int64(cpu, row), int64(delay, row)));
        }
    }

    private void pauses(Columns columns) {
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment kind = columns.bytes("kind");
        MemorySegment thread = columns.bytes("thread");
        MemorySegment stack = columns.bytes("stack");
        for (int row = 0; row < columns.rows(); row++) {
            writer.pause(new Recording.Pause(
                    int64(start, row), int64(end, row), int8(kind, row), int32(thread, row), int32(stack, row)));
        }
    }

    private void locks(Columns columns) {
        MemorySegment lock = columns.bytes("lock");
        List<@Nullable String> kind = columns.texts("kind");
        List<@Nullable String> type = columns.texts("type");
        List<@Nullable String> label = columns.texts("label");
        for (int row = 0; row < columns.rows(); row++) {
            writer.lock(new Recording.Lock(int32(lock, row), String.valueOf(kind.get(row)), type.get(row), label.get(row)));
        }
    }

    private void waits(Columns columns) {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment lock = columns.bytes("lock");
        MemorySegment stack = columns.bytes("stack");
        for (int row = 0; row < columns.rows(); row++) {
            writer.wait(new Recording.Wait(
                    int32(thread, row), int64(start, row), int64(end, row), int32(lock, row), int32(stack, row)));
        }
    }

    private void holds(Columns columns) {
        MemorySegment lock = columns.bytes("lock");
        MemorySegment thread = columns.bytes("thread");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        MemorySegment stack = columns.bytes("stack");
        MemorySegment how = columns.bytes("how");
        MemorySegment place = columns.bytes("place");
        MemorySegment taken = columns.bytes("taken");
        for (int row = 0; row < columns.rows(); row++) {
            writer.hold(new Recording.Hold(
                    int32(lock, row), int32(thread, row), int64(start, row), int64(end, row), int32(stack, row), int8(how, row),
                    int16(place, row), int32(taken, row)));
        }
    }

    private void refcounts(Columns columns) {
        MemorySegment time = columns.bytes("time");
        MemorySegment thread = columns.bytes("thread");
        MemorySegment stack = columns.bytes("stack");
        MemorySegment object = columns.bytes("object");
        List<@Nullable String> type = columns.texts("type");
        MemorySegment looks = columns.bytes("looks");
        MemorySegment changed = columns.bytes("changed");
        for (int row = 0; row < columns.rows(); row++) {
            writer.refcounts(new Recording.RefcountLooks(
                    int64(time, row), int32(thread, row), int32(stack, row), int64(object, row), type.get(row), int32(looks, row),
                    int32(changed, row)));
        }
    }

    private void slices(Columns columns) {
        MemorySegment thread = columns.bytes("thread");
        MemorySegment core = columns.bytes("core");
        MemorySegment start = columns.bytes("start");
        MemorySegment end = columns.bytes("end");
        for (int row = 0; row < columns.rows(); row++) {
            writer.slice(new Recording.CoreSlice(int32(thread, row), int16(core, row), int64(start, row), int64(end, row)));
        }
    }

    private void load(Columns columns) {
        MemorySegment time = columns.bytes("time");
        MemorySegment busy = columns.bytes("busy");
        MemorySegment own = columns.bytes("own");
        for (int row = 0; row < columns.rows(); row++) {
            writer.load(new Recording.SystemLoad(int64(time, row), int64(busy, row), int64(own, row)));
        }
    }

    private void events(Columns columns) {
        MemorySegment time = columns.bytes("time");
        List<@Nullable String> kind = columns.texts("kind");
        MemorySegment value = columns.bytes("value");
        List<@Nullable String> text = columns.texts("text");
        for (int row = 0; row < columns.rows(); row++) {
            writer.event(new Recording.Event(int64(time, row), String.valueOf(kind.get(row)), int64(value, row), text.get(row)));
        }
    }

    private void marks(Columns columns) {
        MemorySegment time = columns.bytes("time");
        List<@Nullable String> text = columns.texts("text");
        for (int row = 0; row < columns.rows(); row++) {
            writer.mark(new Recording.Mark(int64(time, row), int64(time, row), String.valueOf(text.get(row))));
        }
    }
}

package io.threadlens.recording;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of a recording at a moment. Immutable.
 *
 * @param tables all tables as columns, those of the other components among them
 * @param damage what of it was lost, in words, or null
 */
record Snapshot(
        RecordingInfo info,
        long revision,
        List<ThreadInfo> threads,
        List<Recording.Lock> locks,
        Map<Table, ArrowTable> tables,
        ArrowTable ticks,
        List<SampleChunk> chunks,
        StackTable stacks,
        @Nullable String damage) {

    static final int TICK_TIME = 0;

    /** Rows of a table; none where the recording does not have it. */
    ArrowTable table(Table table) {
        return tables.getOrDefault(table, ArrowTable.NONE);
    }

    /** The marks that hold. */
    List<Recording.Mark> marks() {
        return Marks.holding(table(Table.MARKS).asList(Snapshot::mark));
    }

    /** When the last tick ends, 0 where there is none. */
    long endNs() {
        return ticks.rows() == 0 ? 0 : ticks.int64(TICK_TIME, ticks.rows() - 1) + periodNs();
    }

    long periodNs() {
        return Math.round(1e9 / info.rateHz());
    }

    static Recording.CpuRow cpuRow(TableBatch batch, int row) {
        return new Recording.CpuRow(batch.int32(0, row), batch.int64(1, row), batch.int64(2, row), batch.int64(3, row));
    }

    static Recording.Pause pause(TableBatch batch, int row) {
        return new Recording.Pause(
                batch.int64(0, row), batch.int64(1, row), batch.int8(2, row), batch.int32(3, row), batch.int32(4, row));
    }

    static Recording.Event event(TableBatch batch, int row) {
        return new Recording.Event(batch.int64(0, row), String.valueOf(batch.text(1, row)), batch.int64(2, row), batch.text(3, row));
    }

    static Recording.Mark mark(TableBatch batch, int row) {
        return new Recording.Mark(batch.int64(0, row), batch.int64(2, row), batch.text(1, row));
    }

    static Recording.Wait waitRow(TableBatch batch, int row) {
        return new Recording.Wait(
                batch.int32(0, row), batch.int64(1, row), batch.int64(2, row), batch.int32(3, row), batch.int32(4, row));
    }

    static Recording.Hold hold(TableBatch batch, int row) {
        return new Recording.Hold(
                batch.int32(0, row), batch.int32(1, row), batch.int64(2, row), batch.int64(3, row), batch.int32(4, row), batch.int8(5, row),
                batch.int16(6, row), batch.int32(7, row));
    }

    static Recording.RefcountLooks refcounts(TableBatch batch, int row) {
        return new Recording.RefcountLooks(
                batch.int64(0, row), batch.int32(1, row), batch.int32(2, row), batch.int64(3, row), batch.text(4, row), batch.int32(5, row),
                batch.int32(6, row));
    }

    static Recording.CoreSlice slice(TableBatch batch, int row) {
        return new Recording.CoreSlice(batch.int32(0, row), batch.int16(1, row), batch.int64(2, row), batch.int64(3, row));
    }

    static Recording.SystemLoad load(TableBatch batch, int row) {
        return new Recording.SystemLoad(batch.int64(0, row), batch.int64(1, row), batch.int64(2, row));
    }

    static ThreadInfo thread(TableBatch batch, int row) {
        return new ThreadInfo(
                batch.int32(0, row), batch.int32(1, row), batch.int64(2, row), batch.text(3, row), batch.int64(4, row), batch.int64(5, row));
    }
}

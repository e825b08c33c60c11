package io.threadlens.recording;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of a recording but its samples, with every row checked.
 *
 * @param tables those that were not checked among them
 */
record Checked(List<ThreadInfo> threads, List<Recording.Lock> locks, Map<Table, ArrowTable> tables, ArrowTable ticks, StackTable stacks) {
    static Checked of(FoundTables found, RowChecks checks) {
        List<ThreadInfo> threads = checks.threads(found.batches(Table.THREADS));
        List<Recording.Lock> locks = checks.locks(found.batches(Table.LOCKS));
        StackTable stacks = checks.stacks(found.batches(Table.FRAMES), found.batches(Table.STACKS));
        ArrowTable ticks = checks.ticks(found.batches(Table.TICKS));
        Map<Table, ArrowTable> tables = found.tables();
        tables.put(Table.TICKS, ticks);
        tables.put(Table.CPU, checks.cpu(found.batches(Table.CPU)));
        tables.put(Table.PAUSES, checks.pauses(found.batches(Table.PAUSES)));
        tables.put(Table.WAITS, checks.waits(found.batches(Table.WAITS)));
        tables.put(Table.HOLDS, checks.holds(found.batches(Table.HOLDS)));
        tables.put(Table.REFCOUNTS, checks.refcounts(found.batches(Table.REFCOUNTS)));
        tables.put(Table.SLICES, checks.slices(found.batches(Table.SLICES)));
        tables.put(Table.LOAD, checks.load(found.batches(Table.LOAD)));
        tables.put(Table.EVENTS, checks.events(found.batches(Table.EVENTS)));
        tables.put(Table.MARKS, checks.marks(found.batches(Table.MARKS)));
        if (ArrowTable.of(found.batches(Table.STACKS)).rows() != stacks.stackCount()) {
            tables.put(Table.STACKS, stacks(stacks));
        }
        return new Checked(threads, locks, tables, ticks, stacks);
    }

    /** The stacks that the checks left, to be saved again. */
    private static ArrowTable stacks(StackTable stacks) {
        RowBuffer rows = new RowBuffer(Table.STACKS);
        for (int i = 0; i < stacks.stackCount(); i++) {
            rows.put(stacks.parent(i)).put(stacks.frameOf(i));
        }
        return ArrowTable.of(List.of(rows.view()));
    }

    Snapshot snapshot(RecordingInfo info, List<SampleChunk> chunks, @Nullable String damage, @Nullable Unchecked unchecked) {
        return new Snapshot(info, 1, threads, locks, tables, ticks, chunks, stacks, damage, unchecked);
    }
}

package io.threadlens.recording;

import io.threadlens.model.Progress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a saved recording was not read when it was opened.
 *
 * @param tables  whose checksums nobody has compared
 * @param found   whose samples nobody has checked
 * @param checks  that know how many threads, ticks and stacks there are
 */
record Unchecked(Map<Table, StoredZip.Entry> tables, FoundTables found, RowChecks checks) {
    /** Reads it. Returns what is wrong with it, in words; null where nothing is. */
    synchronized @Nullable String damage(Progress progress) {
        int done = 0;
        for (Map.Entry<Table, StoredZip.Entry> table : tables.entrySet()) {
            progress.at(0.5 * done++ / tables.size());
            if (!table.getValue().isWhole()) {
                return table.getKey().fileName() + " is not as it was written";
            }
        }
        long bad = checks.badRuns(found.batches(Table.RUNS), found.batches(Table.PARTS), progress.part(0.5, 1));
        return bad == 0 ? null : bad + (bad == 1 ? " row refers" : " rows refer") + " to what is not there";
    }
}

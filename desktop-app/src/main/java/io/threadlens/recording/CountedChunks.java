package io.threadlens.recording;

import io.threadlens.recording.SavedChunk.Parts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the chunks of a saved recording together with what is counted of each. */
final class CountedChunks {
    private CountedChunks() {}

    /** Chunks with their summaries; null where one does not fit the other. Only the summaries are read. */
    static @Nullable List<SampleChunk> of(FoundTables found, RowChecks checks) {
        List<TableBatch> runs = found.batches(Table.RUNS);
        for (Table table : Table.CHUNKS) {
            if (found.batches(table).size() != runs.size()) {
                return null;
            }
        }
        List<SampleChunk> chunks = new ArrayList<>();
        int until = 0;
        for (int i = 0; i < runs.size(); i++) {
            SavedChunk chunk = chunk(found, checks, i);
            if (chunk == null || chunk.firstTick() < until) {
                return null;
            }
            chunks.add(chunk);
            until = chunk.endTick();
        }
        return List.copyOf(chunks);
    }

    private static @Nullable SavedChunk chunk(FoundTables found, RowChecks checks, int i) {
        TableBatch runs = found.batches(Table.RUNS).get(i);
        TableBatch census = found.batches(Table.CENSUS).get(i);
        Parts parts = Parts.read(found.batches(Table.PARTS).get(i), runs.rows(), checks.threadCount(), checks.tickCount());
        Nodes nodes = Nodes.read(found.batches(Table.FOREST).get(i), runs.rows(), census.rows(), checks.threadCount(), checks.tickCount());
        if (parts == null || nodes == null) {
            return null;
        }
        int first = nodes.first(0);
        int last = nodes.end(0) - 1;
        return SavedChunk.unchecked(
                runs,
                parts,
                checks.stackCount(),
                new Summary(
                        nodes,
                        new Profile(found.batches(Table.PROFILE).get(i), checks.stackCount()),
                        new Census(census, nodes.tick(first), nodes.tick(last))));
    }
}

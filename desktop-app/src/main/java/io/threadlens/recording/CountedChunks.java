package io.threadlens.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the chunks of a saved recording together with what is counted of each. */
final class CountedChunks {
    private CountedChunks() {}

    /** Chunks whose rows have been checked; null where what is counted does not fit them. */
    static @Nullable List<SampleChunk> checked(FoundTables found, RowChecks checks) {
        return read(found, checks, (batch, first, end, summary) -> {
            ColumnChunk scanned = ColumnChunk.of(batch);
            ColumnChunk chunk = new ColumnChunk(batch, first, end, summary);
            return scanned.hasSameIndex(chunk) ? chunk : null;
        });
    }

    /** Chunks whose rows nobody reads now; null where what is counted does not fit them. */
    static @Nullable List<SampleChunk> unchecked(FoundTables found, RowChecks checks) {
        return read(found, checks, (batch, first, end, summary) -> new UncheckedChunk(batch, first, end, summary, checks.stackCount()));
    }

    private interface Maker {
        @Nullable ColumnChunk chunk(TableBatch batch, int firstTick, int endTick, Summary summary);
    }

    private static @Nullable List<SampleChunk> read(FoundTables found, RowChecks checks, Maker maker) {
        List<TableBatch> samples = found.batches(Table.SAMPLES);
        List<TableBatch> forest = found.batches(Table.FOREST);
        List<TableBatch> profile = found.batches(Table.PROFILE);
        List<TableBatch> census = found.batches(Table.CENSUS);
        if (forest.size() != samples.size() || profile.size() != samples.size() || census.size() != samples.size()) {
            return null;
        }
        List<SampleChunk> chunks = new ArrayList<>();
        int until = 0;
        for (int i = 0; i < samples.size(); i++) {
            int rows = samples.get(i).rows();
            Nodes nodes = rows == 0
                    ? null
                    : Nodes.read(forest.get(i), rows, census.get(i).rows(), checks.threadCount(), checks.tickCount());
            if (nodes == null || nodes.thread(0) != Nodes.ALL) {
                return null;
            }
            int firstTick = Integer.MAX_VALUE;
            int endTick = 0;
            for (int t = 0; t < nodes.threads(); t++) {
                firstTick = Math.min(firstTick, nodes.tick(nodes.first(t)));
                endTick = Math.max(endTick, nodes.tick(nodes.end(t) - 1));
            }
            Summary summary = new Summary(
                    nodes, new Profile(profile.get(i), checks.stackCount()), new Census(census.get(i), firstTick, endTick));
            ColumnChunk chunk = firstTick < until ? null : maker.chunk(samples.get(i), firstTick, endTick, summary);
            if (chunk == null) {
                return null;
            }
            chunks.add(chunk);
            until = endTick;
        }
        return List.copyOf(chunks);
    }
}

package io.threadlens.wire;

import io.threadlens.model.RecordingInfo.Counters;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About a tenth of a second of a recording, as columns. Its bytes belong to the stream it was read from and are valid until the next message is read.
 */
public final class Batch implements Message {
    private final long seq;
    private final Counters counters;
    private final Map<WireTable, Columns> tables;

    Batch(long seq, Counters counters, EnumMap<WireTable, Columns> tables) {
        this.seq = seq;
        this.counters = counters;
        this.tables = tables;
    }

    public long seq() {
        return seq;
    }

    public Counters counters() {
        return counters;
    }

    /** A table, null where the batch has no row of it. */
    public @Nullable Columns table(WireTable table) {
        return tables.get(table);
    }
}

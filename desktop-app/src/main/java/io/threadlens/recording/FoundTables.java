package io.threadlens.recording;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The record batches of the tables of a recording, as far as they could be read. */
final class FoundTables {
    private final Map<Table, List<TableBatch>> batches = new EnumMap<>(Table.class);
    private boolean cut;

    /**
     * @param bytes    of the tables that are there
     * @param expected those that should be
     */
    FoundTables(Map<Table, MemorySegment> bytes, Set<Table> expected) {
        for (Table table : expected) {
            TableReader reader = TableReader.read(table, bytes.getOrDefault(table, TableBatch.NOTHING));
            batches.put(table, reader.batches());
            cut |= !reader.whole();
        }
    }

    /** Whether a table is missing, or has lost something. */
    boolean isCut() {
        return cut;
    }

    List<TableBatch> batches(Table table) {
        return batches.getOrDefault(table, List.of());
    }

    Map<Table, ArrowTable> tables() {
        Map<Table, ArrowTable> tables = new EnumMap<>(Table.class);
        batches.forEach((table, found) -> tables.put(table, ArrowTable.of(found)));
        return tables;
    }
}

package io.threadlens.recording;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;

/**
 * Finds the record batches of a table in mapped memory, an Arrow IPC file or a stream that may have lost its end. Never fails: what cannot be read is
 * left out, and {@link #whole()} says so.
 */
final class TableReader {
    private final Table table;
    private final MemorySegment memory;
    private final List<TableBatch> batches = new ArrayList<>();
    private boolean whole;

    private TableReader(Table table, MemorySegment memory) {
        this.table = table;
        this.memory = memory;
    }

    static TableReader read(Table table, MemorySegment memory) {
        TableReader reader = new TableReader(table, memory);
        boolean file = reader.hasMagic(0);
        reader.whole = reader.walk(file ? ArrowFileWriter.START : 0);
        if (!reader.whole && file && canSkip(table)) {
            reader.followFooter();
        }
        return reader;
    }

    List<TableBatch> batches() {
        return batches;
    }

    /** Whether the table was read to its end and every batch of it is here. */
    boolean whole() {
        return whole;
    }

    /** Whether a lost batch leaves the rows after it meaningful: it does where no other table refers to a row by its number. */
    private static boolean canSkip(Table table) {
        return switch (table) {
            case FRAMES, STACKS, TICKS, THREADS, LOCKS -> false;
            default -> true;
        };
    }

    /** Goes from message to message. Returns whether the mark of the end was reached. */
    private boolean walk(long start) {
        try {
            ArrowMessages.Located schema = ArrowMessages.locate(memory, start);
            if (schema == null || !ArrowMessages.isSchemaOf(schema, table)) {
                return false;
            }
            long at = schema.end();
            while (!ArrowMessages.isEnd(memory, at)) {
                ArrowMessages.Located located = ArrowMessages.locate(memory, at);
                TableBatch batch = located == null ? null : ArrowMessages.decode(memory, located, table);
                if (located == null || batch == null) {
                    return false;
                }
                batches.add(batch);
                at = located.end();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false; // a flatbuffer is not checked before it is read: damage shows as any of these
        }
    }

    /** Goes by the footer of a file, past batches that cannot be read. */
    private void followFooter() {
        long size = memory.byteSize();
        try {
            if (!hasMagic(size - ArrowFileWriter.MAGIC.length)) {
                return;
            }
            int length = memory.get(TableBatch.INT, size - ArrowFileWriter.MAGIC.length - 4);
            long start = size - ArrowFileWriter.MAGIC.length - 4 - length;
            Footer footer = Footer.getRootAsFooter(memory.asSlice(start, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            List<TableBatch> found = new ArrayList<>();
            for (int i = 0; i < footer.recordBatchesLength(); i++) {
                TableBatch batch = decode(footer.recordBatches(i));
                // A batch of one table belongs to that of the same number of another.
                found.add(batch == null ? TableBatch.empty(table) : batch);
            }
            if (rows(found) > rows(batches)) {
                batches.clear();
                batches.addAll(found);
            }
        } catch (RuntimeException e) {
            // No footer to go by: what the walk found stands.
        }
    }

    private static long rows(List<TableBatch> batches) {
        return batches.stream().mapToLong(TableBatch::rows).sum();
    }

    private @org.jspecify.annotations.Nullable TableBatch decode(Block block) {
        try {
            ArrowMessages.Located located = ArrowMessages.locate(memory, block.offset());
            return located == null ? null : ArrowMessages.decode(memory, located, table);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private boolean hasMagic(long at) {
        return at >= 0
                && memory.byteSize() - at >= ArrowFileWriter.MAGIC.length
                && Arrays.equals(memory.asSlice(at, ArrowFileWriter.MAGIC.length).toArray(ValueLayout.JAVA_BYTE), ArrowFileWriter.MAGIC);
    }
}

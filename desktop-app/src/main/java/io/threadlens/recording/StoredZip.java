package io.threadlens.recording;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Finds the entries of a ZIP archive in mapped memory, and says where their bytes are; {@link java.util.zip.ZipFile} tells everything but that.
 * Only for stored entries.
 */
final class StoredZip {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCAL_SIZE = 30;
    private static final int CENTRAL_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final int END_64_SIZE = 56;
    private static final int END_64_LOCATOR_SIZE = 20;
    private static final long NO_32 = 0xffff_ffffL;
    /** How far before the end of the file the directory may end: as much may follow it of an entry that was being appended. */
    private static final int MAX_REST = 1 << 24;

    private StoredZip() {}

    /**
     * Bytes of an entry, and the checksum that was written of them.
     *
     * @param offset where it begins, with its header
     */
    record Entry(MemorySegment bytes, int crc, long offset) {
        boolean isWhole() {
            CRC32 actual = new CRC32();
            for (long at = 0; at < bytes.byteSize(); at += 1 << 30) {
                actual.update(bytes.asSlice(at, Math.min(1 << 30, bytes.byteSize() - at)).asByteBuffer());
            }
            return (int) actual.getValue() == crc;
        }
    }

    static boolean looksLikeZip(MemorySegment file) {
        return file.byteSize() >= 4 && file.get(TableBatch.INT, 0) == LOCAL;
    }

    /** The entries by name, as the directory at the end of the archive lists them. */
    static Map<String, Entry> entries(MemorySegment file) throws IOException {
        try {
            return directory(file);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("the directory of the archive is damaged", e);
        }
    }

    private static Map<String, Entry> directory(MemorySegment file) throws IOException {
        long end = findEnd(file);
        int count = file.get(U16, end + 10) & 0xffff;
        long at = unsigned(file, end + 16);
        if (at == NO_32) {
            if (file.get(TableBatch.INT, end - 20) != END_64_LOCATOR) {
                throw new IOException("the directory of the archive is damaged");
            }
            long end64 = file.get(TableBatch.LONG, end - 20 + 8);
            if (file.get(TableBatch.INT, end64) != END_64) {
                throw new IOException("the directory of the archive is damaged");
            }
            at = file.get(TableBatch.LONG, end64 + 48);
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (file.get(TableBatch.INT, at) != CENTRAL) {
                throw new IOException("the directory of the archive is damaged");
            }
            int method = file.get(U16, at + 10);
            int crc = file.get(TableBatch.INT, at + 16);
            long size = unsigned(file, at + 24);
            int nameLength = file.get(U16, at + 28) & 0xffff;
            int extraLength = file.get(U16, at + 30) & 0xffff;
            int commentLength = file.get(U16, at + 32) & 0xffff;
            long local = unsigned(file, at + 42);
            String name = text(file, at + CENTRAL_SIZE, nameLength);
            if (size == NO_32 || local == NO_32) {
                long extra = at + CENTRAL_SIZE + nameLength + 4; // ours is the first: size, size, offset
                size = file.get(TableBatch.LONG, extra);
                local = file.get(TableBatch.LONG, extra + 16);
            }
            if (method != 0) {
                throw new RecordingException(
                        "its entries are compressed, and Threadlens reads an archive as it wrote it: pack it again without compression");
            }
            entries.put(name, new Entry(file.asSlice(dataOf(file, local), size), crc, local));
            at += CENTRAL_SIZE + nameLength + extraLength + commentLength;
        }
        return entries;
    }

    /**
     * The entries by name as they follow each other from the beginning: what is left of an archive that lost its end. The last one may
     * be cut off.
     */
    static Map<String, Entry> leftovers(MemorySegment file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        long at = 0;
        try {
            while (file.get(TableBatch.INT, at) == LOCAL) {
                int nameLength = file.get(U16, at + 26) & 0xffff;
                long size = unsigned(file, at + 22);
                if (size == NO_32) {
                    size = file.get(TableBatch.LONG, at + LOCAL_SIZE + nameLength + 4);
                }
                long data = dataOf(file, at);
                long have = Math.min(size, file.byteSize() - data);
                entries.put(text(file, at + LOCAL_SIZE, nameLength), new Entry(file.asSlice(data, have), file.get(TableBatch.INT, at + 14), at));
                at = data + size;
            }
        } catch (IndexOutOfBoundsException e) {
            // The file ends here; what came before is what is left.
        }
        return entries;
    }

    private static long dataOf(MemorySegment file, long local) throws IndexOutOfBoundsException {
        if (file.get(TableBatch.INT, local) != LOCAL) {
            throw new IndexOutOfBoundsException("no entry begins at " + local);
        }
        return local + LOCAL_SIZE + (file.get(U16, local + 26) & 0xffff) + (file.get(U16, local + 28) & 0xffff);
    }

    private static long findEnd(MemorySegment file) throws IOException {
        long first = Math.max(0, file.byteSize() - END_SIZE - MAX_REST);
        for (long at = file.byteSize() - END_SIZE; at >= first; at--) {
            if (file.get(TableBatch.INT, at) == END && endsDirectory(file, at)) {
                return at;
            }
        }
        throw new IOException("the directory of the archive is missing");
    }

    /** Whether a directory lies before what looks like its end: a table may have the same four bytes in it. */
    private static boolean endsDirectory(MemorySegment file, long end) {
        long start = unsigned(file, end + 16);
        long length = unsigned(file, end + 12);
        long first = (start == NO_32 ? end - END_64_SIZE - END_64_LOCATOR_SIZE : end) - length;
        return length > 0 && first >= 0 && (start == first || start == NO_32) && file.get(TableBatch.INT, first) == CENTRAL;
    }

    private static long unsigned(MemorySegment file, long at) {
        return file.get(TableBatch.INT, at) & NO_32;
    }

    private static String text(MemorySegment file, long at, int length) {
        return new String(file.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}

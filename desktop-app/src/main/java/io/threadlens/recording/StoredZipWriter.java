package io.threadlens.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes a ZIP archive of stored entries, the bytes of each at a multiple of 64, from the beginning to the end without going back. An entry's size and
 * checksum stand before its bytes, so that an archive that lost its end can be read up to there.
 */
final class StoredZipWriter implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final long MAX_32 = 0xffff_fffeL;
    private static final int NO_32 = -1;
    private static final short VERSION = 45; // ZIP64 is understood from 4.5 on
    private static final short UTF_8_NAMES = 1 << 11;
    private static final short ZIP64 = 1;
    /** Id of the extra field that only takes up room, as Android's zipalign has it. */
    private static final short PADDING = (short) 0xd935;
    private static final int DOS_1980 = 0x0021;

    private final FileChannel out;
    private final List<Entry> entries = new ArrayList<>();
    private long position;

    StoredZipWriter(FileChannel out) {
        this.out = out;
    }

    /**
     * Goes on with an archive: what is added from now on comes at the channel's position, and the directory lists it in the place of an entry of before with the
     * same name.
     */
    static StoredZipWriter append(FileChannel out, Map<String, StoredZip.Entry> before) throws IOException {
        StoredZipWriter writer = new StoredZipWriter(out);
        writer.position = out.position();
        before.forEach((name, entry) -> writer.entries.add(new Entry(name.getBytes(StandardCharsets.UTF_8), entry.offset(), entry.bytes().byteSize(), entry.crc())));
        return writer;
    }

    private record Entry(byte[] name, long offset, long size, int crc) {}

    /** The bytes of an entry. Asked for twice, and must be the same both times: once to be counted and summed, once to be written. */
    interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes the bytes of some buffers, one after the other. */
    interface Sink {
        void write(ByteBuffer... parts) throws IOException;
    }

    /** Adds an entry. */
    void add(String name, Content content) throws IOException {
        CRC32 crc = new CRC32();
        long[] size = {0};
        content.writeTo(parts -> {
            for (ByteBuffer part : parts) {
                size[0] += part.remaining();
                crc.update(part);
            }
        });
        Entry entry = new Entry(name.getBytes(StandardCharsets.UTF_8), position, size[0], (int) crc.getValue());
        entries.removeIf(before -> Arrays.equals(before.name, entry.name));
        entries.add(entry);
        write(localHeader(entry));
        content.writeTo(this::write);
    }

    /** Writes the directory; nothing may follow. */
    void finish() throws IOException {
        long start = position;
        for (Entry entry : entries) {
            write(centralHeader(entry));
        }
        write(end(start, position - start));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private ByteBuffer localHeader(Entry entry) {
        boolean large = entry.size > MAX_32;
        int fixed = 30 + entry.name.length + (large ? 20 : 0) + 4;
        int padding = (int) (-(position + fixed) & ALIGNMENT - 1);
        ByteBuffer b = buffer(fixed + padding);
        b.putInt(0x04034b50).putShort(VERSION).putShort(UTF_8_NAMES).putShort((short) 0).putInt(DOS_1980 << 16);
        b.putInt(entry.crc);
        b.putInt(large ? NO_32 : (int) entry.size).putInt(large ? NO_32 : (int) entry.size);
        b.putShort((short) entry.name.length).putShort((short) (fixed + padding - 30 - entry.name.length)).put(entry.name);
        if (large) {
            b.putShort(ZIP64).putShort((short) 16).putLong(entry.size).putLong(entry.size);
        }
        b.putShort(PADDING).putShort((short) padding).position(b.limit());
        return b.flip();
    }

    private ByteBuffer centralHeader(Entry entry) {
        boolean large = entry.size > MAX_32 || entry.offset > MAX_32;
        ByteBuffer b = buffer(46 + entry.name.length + (large ? 28 : 0));
        b.putInt(0x02014b50).putShort(VERSION).putShort(VERSION).putShort(UTF_8_NAMES).putShort((short) 0).putInt(DOS_1980 << 16);
        b.putInt(entry.crc);
        b.putInt(large ? NO_32 : (int) entry.size).putInt(large ? NO_32 : (int) entry.size);
        b.putShort((short) entry.name.length).putShort((short) (large ? 28 : 0)).putShort((short) 0);
        b.putShort((short) 0).putShort((short) 0).putInt(0).putInt(large ? NO_32 : (int) entry.offset).put(entry.name);
        if (large) {
            b.putShort(ZIP64).putShort((short) 24).putLong(entry.size).putLong(entry.size).putLong(entry.offset);
        }
        return b.flip();
    }

    private ByteBuffer end(long start, long length) {
        boolean large = start > MAX_32;
        ByteBuffer b = buffer(22 + (large ? 76 : 0));
        short count = (short) entries.size();
        if (large) {
            b.putInt(0x06064b50).putLong(44).putShort(VERSION).putShort(VERSION).putInt(0).putInt(0);
            b.putLong(count).putLong(count).putLong(length).putLong(start);
            b.putInt(0x07064b50).putInt(0).putLong(position).putInt(1);
        }
        b.putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
        b.putInt(large ? NO_32 : (int) length).putInt(large ? NO_32 : (int) start).putShort((short) 0);
        return b.flip();
    }

    private void write(ByteBuffer... parts) throws IOException {
        int first = 0;
        while (first < parts.length) {
            position += out.write(parts, first, parts.length - first);
            while (first < parts.length && !parts[first].hasRemaining()) {
                first++;
            }
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package io.threadlens.wire;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Where the bytes of one column go; grows to the largest it has seen and stays there. */
final class ColumnSink extends OutputStream {
    private byte[] bytes = new byte[256];
    private int size;

    static ColumnSink[] of(int n) {
        ColumnSink[] sinks = new ColumnSink[n];
        Arrays.setAll(sinks, i -> new ColumnSink());
        return sinks;
    }

    void reset() {
        size = 0;
    }

    int size() {
        return size;
    }

    MemorySegment segment() {
        return MemorySegment.ofArray(bytes).asSlice(0, size);
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}

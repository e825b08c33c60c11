package io.threadlens.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into messages. The bytes of a message are valid until the next one is read: the buffer is used again.
 */
final class FrameReader {
    /** How much is read before more memory is taken, so that a length alone costs the reader nothing. */
    private static final int STEP = 1 << 20;

    private final InputStream in;
    private final byte[] prefix = new byte[4];
    private byte[] buffer = new byte[4_096];
    private boolean first = true;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** Checks the first eight bytes of the stream. */
    void readPreface() throws IOException {
        byte[] preface = new byte[Protocol.PREFACE.length];
        int got = in.readNBytes(preface, 0, preface.length);
        if (got == 0) {
            throw new NothingSaid();
        }
        if (got < preface.length) {
            throw new WireException("the stream ended before its first message");
        }
        if (!Arrays.equals(preface, Protocol.PREFACE)) {
            throw new WireException("this is not a Threadlens stream: it does not begin with TLSTREAM");
        }
    }

    /** Reads the next message and returns its length, or −1 at the end of the stream. */
    int next() throws IOException {
        int got = in.readNBytes(prefix, 0, prefix.length);
        if (got == 0) {
            return -1;
        }
        if (got < prefix.length) {
            throw new WireException("the stream was cut off in the middle of a message");
        }
        long length = (prefix[0] & 0xffL) | (prefix[1] & 0xffL) << 8 | (prefix[2] & 0xffL) << 16 | (prefix[3] & 0xffL) << 24;
        int limit = first ? Protocol.MAX_FIRST : Protocol.MAX_MESSAGE;
        if (length < 1 || length > limit) {
            throw new WireException("a message of " + length + " bytes; allowed are 1 to " + limit);
        }
        first = false;
        fill((int) length);
        return (int) length;
    }

    byte[] bytes() {
        return buffer;
    }

    private void fill(int length) throws IOException {
        int have = 0;
        while (have < length) {
            int want = Math.min(length, have + STEP);
            if (buffer.length < want) {
                buffer = Arrays.copyOf(buffer, Math.min(length, Math.max(want, buffer.length * 2)));
            }
            int got = in.readNBytes(buffer, have, Math.min(buffer.length, length) - have);
            have += got;
            if (have < length && got == 0) {
                throw new WireException("the stream was cut off in the middle of a message");
            }
        }
    }

    /** The stream ended before it began: not worth a word where somebody only looked in. */
    static final class NothingSaid extends WireException {
        private static final long serialVersionUID = 1L;

        NothingSaid() {
            super("the stream ended before its first message");
        }
    }
}

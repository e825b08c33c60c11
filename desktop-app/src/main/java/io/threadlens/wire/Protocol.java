package io.threadlens.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The numbers of docs/wire-protocol.md, and what both directions share. */
final class Protocol {
    static final int VERSION = 1;
    static final byte[] PREFACE = "TLSTREAM".getBytes(StandardCharsets.US_ASCII);
    static final int MAX_FIRST = 65_536;
    static final int MAX_MESSAGE = 16_777_216;
    static final int MAX_MARK = 1_000;

    private static final int TOKEN_BYTES = 32;

    private Protocol() {}

    static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Compares in a time that does not depend on where the two differ. */
    static boolean sameToken(String expected, String shown) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}

package io.threadlens.wire;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;

/** One Jackson factory for the package, with limits on what a message may be. */
final class Cbor {
    private static final CBORFactory FACTORY = CBORFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(Protocol.MAX_MESSAGE)
                    .maxNameLength(256)
                    .build())
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private Cbor() {}

    static CBORParser parser(byte[] bytes, int length) throws IOException {
        return FACTORY.createParser(bytes, 0, length);
    }

    static JsonNode tree(byte[] bytes, int length) throws WireException {
        try (CBORParser parser = parser(bytes, length)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null || !node.isObject()) {
                throw new WireException("a message that is not a map");
            }
            if (parser.nextToken() != null) {
                throw new WireException("a message with something after its end");
            }
            return node;
        } catch (WireException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Whatever the parser makes of hostile bytes, to the caller they are one thing: not a message.
            throw new WireException("a message that is not CBOR", e);
        }
    }
}

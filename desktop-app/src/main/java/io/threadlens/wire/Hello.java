package io.threadlens.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first message of an agent: what it looks at, and what it can see.
 *
 * @param agent    the agent's version
 * @param features what it can do: name to {@code "ok"}, or to the reason why not
 */
public record Hello(
        String agent, ProcessInfo process, long startedUnixNs, long startedMonoNs, double rateHz, Map<String, String> features) {
    private static final double MAX_RATE = 20_000;

    /**
     * Reads and checks the first message.
     *
     * @param token what must be shown, or null where none is needed (a file)
     */
    static Hello decode(byte[] bytes, int length, @Nullable String token) throws WireException {
        JsonNode root = Cbor.tree(bytes, length);
        if (!"hello".equals(root.path("type").textValue())) {
            throw new WireException("the first message is not a hello");
        }
        long protocol = integer(root, "protocol");
        if (protocol != Protocol.VERSION) {
            throw new Refused("the agent speaks version " + protocol + " of the protocol, this app version " + Protocol.VERSION
                    + ": use an agent and an app of the same release");
        }
        if (token != null && !Protocol.sameToken(token, text(root, "token"))) {
            throw new Refused("the token is wrong");
        }
        JsonNode process = map(root, "process");
        JsonNode recording = map(root, "recording");
        JsonNode rate = recording.path("rateHz");
        if (!rate.isNumber() || !(rate.doubleValue() > 0 && rate.doubleValue() <= MAX_RATE)) {
            throw new WireException("hello: rateHz must be more than 0 and at most 20000");
        }
        return new Hello(
                text(root, "agent"),
                new ProcessInfo(
                        (int) integer(process, "pid"),
                        texts(process, "command"),
                        text(process, "executable"),
                        text(process, "python"),
                        flag(process, "freeThreadedBuild"),
                        flag(process, "gilEnabled"),
                        (int) Math.clamp(integer(process, "cores"), 1, Short.MAX_VALUE),
                        text(process, "host")),
                integer(recording, "startedUnixNs"),
                integer(recording, "startedMonoNs"),
                rate.doubleValue(),
                textMap(root, "features"));
    }

    private static JsonNode map(JsonNode node, String key) throws WireException {
        JsonNode value = node.path(key);
        if (!value.isObject()) {
            throw new WireException("hello: " + key + " is missing or not a map");
        }
        return value;
    }

    private static String text(JsonNode node, String key) throws WireException {
        String value = node.path(key).textValue();
        if (value == null) {
            throw new WireException("hello: " + key + " is missing or not a text");
        }
        return value;
    }

    private static long integer(JsonNode node, String key) throws WireException {
        JsonNode value = node.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new WireException("hello: " + key + " is missing or not an integer");
        }
        return value.longValue();
    }

    private static boolean flag(JsonNode node, String key) throws WireException {
        JsonNode value = node.path(key);
        if (!value.isBoolean()) {
            throw new WireException("hello: " + key + " is missing or not true or false");
        }
        return value.booleanValue();
    }

    private static List<String> texts(JsonNode node, String key) throws WireException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.path(key)) {
            if (!item.isTextual()) {
                throw new WireException("hello: " + key + " has an item that is not a text");
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    private static Map<String, String> textMap(JsonNode node, String key) throws WireException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(key).properties()) {
            if (!entry.getValue().isTextual()) {
                throw new WireException("hello: " + key + " has a value that is not a text");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return Map.copyOf(texts);
    }

    /** The other side is an agent, but not one to talk to: it is told so. */
    static final class Refused extends WireException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }
}

package io.threadlens.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.RecordingInfo.Counters;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code meta.json}, to and fro. */
final class Meta {
    static final String FILE_NAME = "meta.json";
    private static final String FAMILY = "threadlens-recording/";
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Meta() {}

    static byte[] write(RecordingInfo info, long endNs) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FAMILY + VERSION);
        ObjectNode process = root.putObject("process");
        process.put("pid", info.process().pid());
        info.process().command().forEach(process.putArray("command")::add);
        process.put("executable", info.process().executable());
        process.put("python", info.process().python());
        process.put("freeThreadedBuild", info.process().freeThreadedBuild());
        process.put("gilEnabled", info.process().gilEnabled());
        process.put("cores", info.process().cores());
        process.put("host", info.process().host());
        ObjectNode recording = root.putObject("recording");
        recording.put("startedUnixNs", info.startedUnixNs());
        recording.put("startedMonoNs", info.startedMonoNs());
        recording.put("rateHz", info.rateHz());
        ObjectNode features = root.putObject("features");
        info.features().forEach(features::put);
        ObjectNode counters = root.putObject("counters");
        counters.put("missedTicks", info.counters().missedTicks());
        counters.put("samples", info.counters().samples());
        counters.put("tornSamples", info.counters().tornSamples());
        counters.put("trimmedSamples", info.counters().trimmedSamples());
        counters.put("agentCpuNs", info.counters().agentCpuNs());
        counters.put("droppedBatches", info.counters().droppedBatches());
        End end = info.end();
        if (end == null) {
            root.putNull("end");
        } else {
            ObjectNode node = root.putObject("end");
            node.put("reason", end.reason());
            node.put("exitCode", end.exitCode());
            node.put("message", end.message());
        }
        root.put("complete", info.complete());
        root.put("endNs", endNs);
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    static RecordingInfo read(byte[] json) throws RecordingException {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new RecordingException("its meta.json is damaged", e);
        }
        checkFormat(root.path("format").asText());
        JsonNode process = root.path("process");
        JsonNode recording = root.path("recording");
        JsonNode counters = root.path("counters");
        double rate = recording.path("rateHz").asDouble();
        if (!(rate > 0)) {
            throw new RecordingException("its meta.json is damaged: it does not say at what rate was sampled");
        }
        List<String> command = new ArrayList<>();
        process.path("command").forEach(word -> command.add(word.asText()));
        Map<String, String> features = new LinkedHashMap<>();
        root.path("features").properties().forEach(entry -> features.put(entry.getKey(), entry.getValue().asText()));
        JsonNode end = root.path("end");
        return new RecordingInfo(
                new ProcessInfo(
                        process.path("pid").asInt(),
                        List.copyOf(command),
                        process.path("executable").asText(),
                        process.path("python").asText(),
                        process.path("freeThreadedBuild").asBoolean(),
                        process.path("gilEnabled").asBoolean(),
                        Math.max(1, process.path("cores").asInt()),
                        process.path("host").asText()),
                recording.path("startedUnixNs").asLong(),
                recording.path("startedMonoNs").asLong(),
                rate,
                features,
                new Counters(
                        counters.path("missedTicks").asLong(),
                        counters.path("samples").asLong(),
                        counters.path("tornSamples").asLong(),
                        counters.path("trimmedSamples").asLong(),
                        counters.path("agentCpuNs").asLong(),
                        counters.path("droppedBatches").asLong()),
                end.isObject()
                        ? new End(
                                end.path("reason").asText(),
                                end.path("exitCode").isInt() ? (Integer) end.path("exitCode").intValue() : null,
                                end.path("message").textValue())
                        : null,
                root.path("complete").asBoolean(),
                false);
    }

    private static void checkFormat(String format) throws RecordingException {
        if (format.equals(FAMILY + VERSION)) {
            return;
        }
        if (format.startsWith(FAMILY)) {
            throw new RecordingException("it is of a newer version (" + format + ", this app reads " + FAMILY + VERSION
                    + "): open it with a newer release of Threadlens");
        }
        throw new RecordingException("its meta.json does not say that it is a Threadlens recording");
    }
}

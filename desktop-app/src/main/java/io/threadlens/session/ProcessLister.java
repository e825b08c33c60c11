package io.threadlens.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the agent which Python processes run on this machine. Takes about a second; not for the JavaFX thread. */
public final class ProcessLister {
    private static final String FORMAT = "threadlens-processes/1";
    private static final long PATIENCE_SECONDS = 20;

    private ProcessLister() {}

    public static List<PythonProcess> list() throws IOException, InterruptedException {
        ProcessBuilder builder = AgentCommand.of(List.of("list", "--json"), null);
        Process process;
        try {
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new IOException("cannot run the agent with " + builder.command().getFirst()
                    + ": install Python 3.10 or newer, or set THREADLENS_AGENT_PYTHON", e);
        }
        try {
            String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the agent could not list the Python processes");
            }
            return parse(json);
        } finally {
            process.destroy();
        }
    }

    static List<PythonProcess> parse(String json) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        if (!FORMAT.equals(root.path("format").asText())) {
            throw new IOException("the agent is of another release than the app");
        }
        List<PythonProcess> processes = new ArrayList<>();
        for (JsonNode node : root.path("processes")) {
            List<String> command = new ArrayList<>();
            node.path("command").forEach(word -> command.add(word.asText()));
            processes.add(new PythonProcess(
                    node.path("pid").asInt(),
                    node.path("python").textValue(),
                    flag(node.path("freeThreadedBuild")),
                    flag(node.path("gilEnabled")),
                    node.path("threads").asInt(),
                    node.path("cpuPercent").isNumber() ? (Double) node.path("cpuPercent").doubleValue() : null,
                    List.copyOf(command),
                    node.path("user").textValue(),
                    node.path("refused").textValue()));
        }
        return processes;
    }

    private static @Nullable Boolean flag(JsonNode node) {
        return node.isBoolean() ? (Boolean) node.booleanValue() : null;
    }
}

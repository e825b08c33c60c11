package io.threadlens.session;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the agent is started: with which Python, and where its package is. */
final class AgentCommand {
    private static final String PYTHON = "THREADLENS_AGENT_PYTHON";
    private static final String PATH = "THREADLENS_AGENT_PATH";
    private static final String TOKEN = "THREADLENS_TOKEN";
    private static final String PACKAGE = "threadlens_agent";

    private AgentCommand() {}

    /**
     * A process that runs {@code python -m threadlens_agent} with these arguments; it is not started yet.
     *
     * @param token what the agent is to show, or null
     */
    static ProcessBuilder of(List<String> arguments, @Nullable String token) throws IOException {
        Map<String, String> environment = System.getenv();
        List<String> command = new ArrayList<>();
        command.add(environment.getOrDefault(PYTHON, "python3"));
        command.add("-m");
        command.add(PACKAGE);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Path folder = packageFolder(environment.get(PATH));
        if (folder != null) {
            String before = environment.get("PYTHONPATH");
            builder.environment().put("PYTHONPATH", before == null || before.isEmpty() ? folder.toString() : folder + ":" + before);
        }
        if (token != null) {
            builder.environment().put(TOKEN, token);
        }
        return builder;
    }

    /** The folder that has the package: as the environment says, or beside the app; null leaves it to Python, where it may be installed. */
    private static @Nullable Path packageFolder(@Nullable String fromEnvironment) throws IOException {
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            Path folder = Path.of(fromEnvironment);
            if (!Files.isDirectory(folder.resolve(PACKAGE))) {
                throw new IOException(PATH + " is " + fromEnvironment + ", but there is no agent in it");
            }
            return folder;
        }
        for (Path up = home(); up != null; up = up.getParent()) {
            for (String place : List.of("agent", "profiler-agent-py/src")) {
                if (Files.isDirectory(up.resolve(place).resolve(PACKAGE))) {
                    return up.resolve(place);
                }
            }
        }
        return null;
    }

    /** Where the app itself is. */
    private static @Nullable Path home() {
        try {
            return Path.of(AgentCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException | RuntimeException e) {
            return null;
        }
    }
}

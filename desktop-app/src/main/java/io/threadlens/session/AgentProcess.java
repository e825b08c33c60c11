package io.threadlens.session;

import io.threadlens.wire.AgentServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The agent that this app has started for one recording. */
final class AgentProcess {
    private static final String OWN = "threadlens-agent: ";
    private static final String ERROR = OWN + "error: ";
    private static final int KEPT_LINES = 50;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final Thread errorReader;

    private AgentProcess(Process process, @Nullable PrintStream passOn) {
        this.process = process;
        // The program that is recorded writes to the same stderr: its lines go on, the agent's own are kept.
        errorReader = Thread.ofVirtual().name("agent-errors").start(() -> readErrors(passOn));
    }

    /**
     * Starts the agent, to connect to {@code server}.
     *
     * @param terminal whether the recorded program has this process's terminal: input, and output that goes to no log
     */
    static AgentProcess start(Target target, AgentServer server, boolean terminal) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("record", "--connect", "127.0.0.1:" + server.port()));
        arguments.addAll(target.asArguments());
        ProcessBuilder builder = AgentCommand.of(arguments, server.token());
        target.environment().forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Path log = target.log();
        builder.redirectInput(terminal ? Redirect.INHERIT : Redirect.from(new File("/dev/null")));
        builder.redirectOutput(log != null ? Redirect.appendTo(log.toFile()) : terminal ? Redirect.INHERIT : Redirect.DISCARD);
        PrintStream errors = log != null ? new PrintStream(new FileOutputStream(log.toFile(), true), true, StandardCharsets.UTF_8) : terminal ? System.err : null;
        try {
            return new AgentProcess(builder.start(), errors);
        } catch (IOException e) {
            throw new IOException("cannot run the agent with " + builder.command().getFirst()
                    + ": install Python 3.10 or newer, or set THREADLENS_AGENT_PYTHON", e);
        }
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** What the agent said was wrong, in a sentence. Waits a moment for its last words. */
    String complaint() throws InterruptedException {
        errorReader.join(LAST_WORDS);
        List<String> lines = List.copyOf(errors);
        for (String line : lines.reversed()) {
            if (line.startsWith(ERROR)) {
                return line.substring(ERROR.length());
            }
        }
        return lines.isEmpty() ? "the agent ended without a word" : "the agent ended: " + lines.getLast();
    }

    /** The last line that the program wrote to stderr, without the space around it; empty where it wrote none. Waits a moment for it. */
    String lastWords() throws InterruptedException {
        errorReader.join(LAST_WORDS);
        return List.copyOf(errors).reversed().stream().filter(line -> !line.startsWith(OWN) && !line.isBlank()).findFirst().orElse("").strip();
    }

    /** Waits for the agent, at most so long; then its program is killed, with what that has started, and it has a moment to see that. */
    void end(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            if (!process.waitFor(LAST_WORDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** Waits for the agent and returns its exit code; ends it where it takes too long. */
    int await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            kill();
        }
        return await();
    }

    /** Waits for as long as it takes, and a moment for the last lines of its program. */
    int await() throws InterruptedException {
        int code = process.waitFor();
        errorReader.join(LAST_WORDS);
        return code;
    }

    /** Sends the signal that Ctrl+C would send; the agent passes it on where its program has not had it from the terminal. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
        } catch (IOException e) {
            kill(); // a machine without kill(1): SIGTERM is the one signal that Java sends
        }
    }

    void kill() {
        process.destroy();
    }

    private void readErrors(@Nullable PrintStream passOn) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (errors.size() >= KEPT_LINES) {
                    errors.removeFirst();
                }
                errors.add(line);
                if (passOn != null && !line.startsWith(passOn == System.err ? ERROR : OWN)) {
                    passOn.println(line);
                }
            }
        } catch (IOException e) {
            // The agent is gone.
        } finally {
            if (passOn != null && passOn != System.err) {
                passOn.close();
            }
        }
    }
}

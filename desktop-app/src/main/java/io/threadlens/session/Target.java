package io.threadlens.session;

import io.threadlens.model.CommandWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded, and how: a running process or a program to start.
 *
 * @param pid          the process to attach to, or null where {@code command} is to be started
 * @param command      the program and its arguments; empty where {@code pid} is given
 * @param seconds      after how long to end, or null: when the program ends or somebody stops it
 * @param leaveRunning whether a program that was started goes on after {@code seconds}
 * @param refcounts    whether reference counts are looked at
 * @param environment  variables of a program that is started, beside those of this process; one with an empty value is taken away
 * @param log          the file to which the output of a program that is started is added, or null
 */
public record Target(
        @Nullable Integer pid,
        List<String> command,
        double rateHz,
        @Nullable Double seconds,
        boolean leaveRunning,
        boolean refcounts,
        Map<String, String> environment,
        @Nullable Path log) {
    public static final double DEFAULT_RATE_HZ = 1_000;

    /** A program that inherits the environment, and whose output is kept nowhere. */
    public Target(@Nullable Integer pid, List<String> command, double rateHz, @Nullable Double seconds, boolean leaveRunning, boolean refcounts) {
        this(pid, command, rateHz, seconds, leaveRunning, refcounts, Map.of(), null);
    }

    public static Target process(int pid) {
        return new Target(pid, List.of(), DEFAULT_RATE_HZ, null, false, true);
    }

    public static Target program(List<String> command) {
        return new Target(null, command, DEFAULT_RATE_HZ, null, false, true);
    }

    /** A short name for people and for files: {@code "app"} for {@code python3.14t app.py}, {@code "pid-4242"}, {@code "python"} for {@code -c CODE}. */
    public String shortName() {
        if (pid != null) {
            return "pid-" + pid;
        }
        return CommandWords.of(command).shortName();
    }

    /** The words of the agent's command line that say all this. */
    List<String> asArguments() {
        List<String> words = new ArrayList<>();
        words.add("--rate");
        words.add(String.format(Locale.ROOT, "%s", rateHz));
        if (seconds != null) {
            words.add("--duration");
            words.add(String.format(Locale.ROOT, "%s", seconds));
        }
        if (leaveRunning) {
            words.add("--leave-running");
        }
        if (!refcounts) {
            words.add("--no-refcounts");
        }
        if (pid != null) {
            words.add("--pid");
            words.add(String.valueOf(pid));
        } else {
            words.add("--");
            words.addAll(command);
        }
        return words;
    }
}

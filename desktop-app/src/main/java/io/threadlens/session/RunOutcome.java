package io.threadlens.session;

import io.threadlens.model.RecordingInfo.End;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a program ended.
 *
 * @param message why it is not whole, in a line; null where it is
 */
public record RunOutcome(Kind kind, @Nullable String message) {
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

    /** What that means for a comparison. */
    public enum Kind {
        /** It ended by itself and well. */
        WHOLE,
        /** It was ended when its time was up. */
        LIMITED,
        /** It failed, or could not be recorded. */
        FAILED,
        /** A person has stopped it. */
        STOPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether what was recorded may be compared with other runs. */
        public boolean comparable() {
            return this == WHOLE || this == LIMITED;
        }
    }

    static final RunOutcome STOPPED = new RunOutcome(Kind.STOPPED, "stopped before its end");

    /**
     * From what is known of it.
     *
     * @param end       how the recording ended; null where it did not begin, or broke off
     * @param trouble   what the session has to say; null where nothing
     * @param lastWords the last line of the program's stderr; empty where there is none
     */
    static RunOutcome of(@Nullable End end, @Nullable String trouble, String lastWords) {
        String words = lastWords.isEmpty() ? "" : ": " + lastWords;
        if (end == null) {
            return new RunOutcome(Kind.FAILED, (trouble == null ? "it was not recorded" : trouble) + words);
        }
        Integer code = end.exitCode();
        return switch (end.reason()) {
            case "exited" -> code == null || code == 0 ? new RunOutcome(Kind.WHOLE, null) : new RunOutcome(Kind.FAILED, "exit code " + code + words);
            case "killed" -> new RunOutcome(Kind.FAILED, "killed by " + (code == null ? "a signal" : SIGNALS.getOrDefault(-code, "signal " + -code)) + words);
            case "duration" -> new RunOutcome(Kind.LIMITED, "ended when its time was up");
            case "stopped" -> STOPPED;
            case "exec" -> new RunOutcome(Kind.FAILED, "it became another program, up to which it was recorded");
            default -> new RunOutcome(Kind.FAILED, end.message() == null ? "the recording ended: " + end.reason() : end.message());
        };
    }
}

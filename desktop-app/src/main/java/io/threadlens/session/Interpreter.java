package io.threadlens.session;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interpreter that was asked what it is.
 *
 * @param version      {@code "3.14.7"}
 * @param minor        {@code "3.14"}
 * @param freeThreaded whether it was built so
 */
record Interpreter(String path, String version, String minor, boolean freeThreaded) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 200;
    private static final int OLDEST_MINOR = 13;
    private static final String QUESTION =
            "import sys, sysconfig; print(sys.version.split()[0], int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))))";
    private static final Pattern ANSWER = Pattern.compile("((\\d{1,3})\\.(\\d{1,3})\\S{0,40}) ([01])\\s*");

    /** Asks one. Waits. Throws with a sentence that says why it cannot be used. */
    static Interpreter ask(String path) throws IOException, InterruptedException {
        Matcher answer = ANSWER.matcher(answer(path));
        if (!answer.matches()) {
            throw new IOException(path + " is not a Python that runs");
        }
        int major = Integer.parseInt(answer.group(2));
        int minor = Integer.parseInt(answer.group(3));
        if (major < 3 || major == 3 && minor < OLDEST_MINOR) {
            throw new IOException(path + " is Python " + answer.group(1) + "; the first that can be recorded is 3." + OLDEST_MINOR);
        }
        return new Interpreter(path, answer.group(1), major + "." + minor, answer.group(4).equals("1"));
    }

    private static String answer(String path) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(path, "-I", "-c", QUESTION)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(path + " is not a Python that runs: there is no such program, or it may not be run", e);
        }
        try {
            // What it says fits into the pipe; what does not fit is no answer.
            boolean ended = process.waitFor(PATIENCE);
            return ended ? new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8) : "";
        } finally {
            process.destroyForcibly();
        }
    }
}

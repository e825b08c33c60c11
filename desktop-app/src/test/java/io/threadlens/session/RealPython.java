package io.threadlens.session;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The interpreter that tests with a real program use: the first of {@code THREADLENS_TEST_PYTHONS}. */
public final class RealPython {
    private RealPython() {}

    /** Its path; skips the test where there is none. */
    public static String path() {
        String pythons = System.getenv("THREADLENS_TEST_PYTHONS");
        Assumptions.assumeTrue(
                pythons != null && !pythons.isBlank(), "no interpreter to record: THREADLENS_TEST_PYTHONS names none");
        String first = pythons.split(":")[0];
        Assumptions.assumeTrue(Files.isExecutable(Path.of(first)), "there is no interpreter at " + first);
        return first;
    }
}

package io.threadlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.wire.TestStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void catchOutput() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveOutputBack() throws Exception {
        System.setOut(realOut);
        System.setErr(realErr);
        LogManager.getLogManager().readConfiguration();
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsTwoAndOneLine() {
        String[][] wrong = {
            {"record"},
            {"record", "--pid", "x"},
            {"record", "--pid", "1", "--", "python3", "app.py"},
            {"record", "--rate", "0", "--pid", "1"},
            {"record", "--rate", "NaN", "--pid", "1"},
            {"record", "--duration", "-1", "--pid", "1"},
            {"record", "--pid", "-5"},
            {"attach", "0"},
            {"attach", "127.0.0.1:0"},
            {"attach", "somewhere"},
            {"report"},
            {"report", "--xml", "x"},
            {"dance"},
        };
        for (String[] words : wrong) {
            err.reset();
            assertThat(Main.run(words)).as(String.join(" ", words)).isEqualTo(2);
            assertThat(errors().strip().lines()).as(String.join(" ", words)).hasSize(1);
            assertThat(errors()).startsWith("threadlens: ");
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void aFileThatIsNoneIsOneAndOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.threadlens"), "hello");
        assertThat(Main.run("report", text.toString())).isEqualTo(1);
        assertThat(errors().strip().lines()).hasSize(1);
        assertThat(errors()).contains("it is not a Threadlens recording").doesNotContain("\tat ");
        err.reset();
        assertThat(Main.run("report", "--debug", text.toString())).isEqualTo(1);
        assertThat(errors()).contains("\tat ");
    }

    @Test
    void aReportIsTextOrJson() throws Exception {
        Path file = Files.write(folder.resolve("app.tlstream"), new TestStream().greet("").batch().end("exited").bytes());
        assertThat(Main.run("report", file.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("MainThread").contains("wörk");
        out.reset();
        assertThat(Main.run("report", file.toString(), "--json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{").contains("\"threadlens-report/1\"");
        assertThat(errors()).isEmpty();
    }

    @Test
    void helpIsZero() {
        assertThat(Main.run("record", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--leave-running");
    }
}

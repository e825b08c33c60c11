package io.threadlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.wire.TestStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final byte[] PREFACE = "TLSTREAM".getBytes(StandardCharsets.US_ASCII);

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
            {"compare"},
            {"compare", "a", "b", "c"},
            {"compare", "--repeat", "2", "a", "b"},
            {"compare", "--gil-python", "python3", "a"},
            {"compare", "--run"},
            {"compare", "--run", "--", "python3", "app.py"},
            {"compare", "--run", "--", "-X", "gil=0", "app.py"},
            {"compare", "--run", "--repeat", "0", "--", "app.py"},
            {"compare", "--run", "--threads", "1,0", "--", "app.py"},
            {"compare", "--run", "--threads", "2,2", "--", "app.py"},
            {"compare", "--run", "--threads", "1,x", "--", "app.py"},
            {"compare", "--run", "--duration", "0", "--", "app.py"},
            {"compare", "--run", "--rate", "NaN", "--", "app.py"},
            {"report"},
            {"open"},
            {"report", "--xml", "x"},
            {"snapshot", "a.threadlens", "-o", "x.png", "--view", "compare"},
            {"snapshot", "a.threadlens", "b.threadlens", "-o", "x.png"},
            {"snapshot", "a.threadlens", "b.threadlens", "c.threadlens", "-o", "x.png", "--view", "compare"},
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

    /** Whatever is pointed at: one line that says what it is, and never a trace. */
    @Test
    void whatIsNoRecordingIsRefused() throws Exception {
        Map<String, Object> newer = TestStream.hello("");
        newer.put("protocol", 99);
        Map<Path, String> refused = new LinkedHashMap<>();
        refused.put(folder.resolve("missing.threadlens"), "no such file");
        refused.put(Files.createFile(folder.resolve("empty.threadlens")), "the file is empty");
        refused.put(Files.createDirectory(folder.resolve("folder")), "it is a folder");
        refused.put(Files.createDirectory(folder.resolve("begun.threadlens.part")), "nothing was recorded");
        refused.put(Files.writeString(folder.resolve("foreign.json"), "{\"traceEvents\": []}"), "not a Threadlens recording");
        refused.put(zip("foreign.zip", "a.txt", "a"), "not a Threadlens recording");
        refused.put(zip("newer.threadlens", "meta.json", "{\"format\": \"threadlens-recording/99\"}"), "newer");
        refused.put(Files.writeString(folder.resolve("stub.tlstream"), "TLSTREAM"), "ended before its first message");
        refused.put(Files.write(folder.resolve("newer.tlstream"), new TestStream().raw(PREFACE).message(newer).bytes()), "version 99 of the protocol");
        for (String command : new String[] {"report", "open"}) {
            for (Map.Entry<Path, String> one : refused.entrySet()) {
                if (command.equals("open") && one.getKey().toString().endsWith(".part")) {
                    continue; // the window offers to remove it
                }
                err.reset();
                assertThat(Main.run(command, one.getKey().toString())).as("%s %s", command, one).isEqualTo(1);
                assertThat(errors().strip().lines()).as("%s %s: %s", command, one, errors()).hasSize(1);
                assertThat(errors()).startsWith("threadlens: cannot open " + one.getKey()).contains(one.getValue());
            }
        }
        assertThat(out.size()).isZero();
    }

    private Path zip(String name, String entry, String text) throws Exception {
        Path file = folder.resolve(name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry header = new ZipEntry(entry);
        header.setMethod(ZipEntry.STORED);
        header.setSize(bytes.length);
        header.setCrc(checksum.getValue());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(header);
            zip.write(bytes);
        }
        return file;
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

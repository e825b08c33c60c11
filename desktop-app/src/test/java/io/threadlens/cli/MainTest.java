package io.threadlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{").contains("\"threadlens-report/1\"", "\"predicted\" : null");
        assertThat(errors()).isEmpty();
    }

    @Test
    void helpIsZero() {
        assertThat(Main.run("record", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--leave-running");
    }

    /** Two folders of recordings of one configuration, one of them in two files. */
    private Path[] sides() throws Exception {
        Path a = Files.createDirectories(folder.resolve("a"));
        Path b = Files.createDirectories(folder.resolve("b"));
        byte[] app = new TestStream().greet("").batch().batch().end("exited").bytes();
        Files.write(a.resolve("1.tlstream"), app);
        Files.write(b.resolve("10.tlstream"), app);
        Files.write(b.resolve("2.tlstream"), app);
        Files.writeString(b.resolve("1.log"), "what the program wrote");
        return new Path[] {a, b};
    }

    @Test
    void aComparisonIsTextOrJson() throws Exception {
        Path[] sides = sides();
        assertThat(Main.run("compare", sides[0].toString(), sides[1].toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("B is 1.00 times as fast as A", "1 run", "2 runs", "Where B's time went");
        out.reset();
        assertThat(Main.run("compare", "--json", sides[0].resolve("1.tlstream").toString(), sides[1].toString())).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.path("format").asText()).isEqualTo("threadlens-compare/1");
        assertThat(json.at("/b/runs")).extracting(file -> Path.of(file.asText()).getFileName().toString()).containsExactly("2.tlstream", "10.tlstream");
        assertThat(errors()).isEmpty();
    }

    @Test
    void aComparisonFailsBelowARatio() throws Exception {
        String file = sides()[0].resolve("1.tlstream").toString();
        assertThat(Main.run("compare", file, file, "--fail-below", "1")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("A recording of A is also one of B");
        assertThat(errors()).isEmpty();
        assertThat(Main.run("compare", file, file, "--fail-below", "1.5")).isEqualTo(1);
        assertThat(errors().strip()).isEqualTo("threadlens: 1.000 times as fast, which is less than 1.5");
    }

    @Test
    void whatCannotBeComparedIsRefused() throws Exception {
        String file = sides()[0].resolve("1.tlstream").toString();
        Map<Path, String> refused = new LinkedHashMap<>();
        refused.put(folder.resolve("missing.threadlens"), "no such file");
        refused.put(Files.writeString(folder.resolve("text.threadlens"), "hello"), "not a Threadlens recording");
        refused.put(Files.createDirectories(folder.resolve("nothing")), "there is no recording in");
        for (Map.Entry<Path, String> one : refused.entrySet()) {
            for (String[] pair : new String[][] {{file, one.getKey().toString()}, {one.getKey().toString(), file}}) {
                err.reset();
                assertThat(Main.run("compare", pair[0], pair[1])).isEqualTo(1);
                assertThat(errors().strip().lines()).as("%s: %s", one, errors()).hasSize(1);
                assertThat(errors()).startsWith("threadlens: ").contains(one.getValue());
            }
        }
        for (String ratio : new String[] {"0", "-1", "NaN", "x"}) {
            assertThat(Main.run("compare", file, file, "--fail-below", ratio)).as(ratio).isEqualTo(2);
        }
        assertThat(out.size()).isZero();
    }
}

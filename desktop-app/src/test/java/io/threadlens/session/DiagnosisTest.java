package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.threadlens.analysis.ReportBuilder;
import io.threadlens.analysis.ReportJson;
import io.threadlens.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each program of {@code samples/}, recorded for some seconds: the report names the fault that the program knows of itself, with its lines, its type and
 * its cause, and claims nothing else of weight. What is expected is in the program's last line, as {@code samples/_sample.py} has it.
 */
@Timeout(180)
class DiagnosisTest {
    private static final String SECONDS = "3";
    private static final int MOST_TRIES = 3;
    private static final String TRUTH = "truth ";
    private static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<Arguments> samples() throws IOException {
        List<Arguments> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".py") && !name.startsWith("_") && !name.equals("first_look.py"))
                    .sorted()
                    .forEach(name -> samples.add(Arguments.of(name, Map.of())));
        }
        samples.add(Arguments.of("compute.py", Map.of("PYTHON_GIL", "1")));
        return samples;
    }

    /** A fault is chance as well: threads that a busy machine never lets run together do not fight. A false alarm is none. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void theReportSaysWhatTheProgramKnows(String sample, Map<String, String> environment) throws Exception {
        for (int tries = 1; ; tries++) {
            Path stream = folder.resolve("sample-" + tries + ".tlstream");
            JsonNode expected = record(sample, environment, stream).get("expected");
            JsonNode report = report(stream);
            assertNoFalseAlarm(expected, report);
            try {
                assertFound(expected, report);
                return;
            } catch (AssertionError missed) {
                if (tries == MOST_TRIES) {
                    throw missed;
                }
            }
        }
    }

    private static void assertNoFalseAlarm(JsonNode expected, JsonNode report) {
        Set<String> mayBeClaimed = texts(expected.get("classes"));
        mayBeClaimed.addAll(texts(expected.get("also")));
        List<JsonNode> findings = items(report.get("findings"));
        assertThat(findings).filteredOn(DiagnosisTest::isOfWeight).as("of weight: %s", findings).allSatisfy(finding ->
                assertThat(finding.get("class").asText()).isIn(mayBeClaimed));
    }

    private static void assertFound(JsonNode expected, JsonNode report) {
        Set<String> classes = texts(expected.get("classes"));
        List<JsonNode> findings = items(report.get("findings"));
        List<JsonNode> right = findings.stream().filter(finding -> classes.contains(finding.get("class").asText())).toList();
        double busy = report.at("/busyCores/mean").asDouble();
        Assumptions.assumeTrue(!right.isEmpty() || busy >= expected.get("busyCores").asDouble(), "nothing to be seen with " + busy + " busy cores");
        assertThat(right).as("%s among %s", classes, findings).isNotEmpty();
        if (!classes.contains("none")) {
            assertThat(places(right)).as("lines named by %s", right).containsAll(places(List.of(expected)));
            assertNames(expected.get("type"), right, report);
            assertNames(expected.get("cause"), right, report);
        }
    }

    /** Runs a sample under the agent alone, into a stream; returns the truth that it tells. */
    private JsonNode record(String sample, Map<String, String> environment, Path stream) throws Exception {
        Path out = folder.resolve("out.txt");
        Path errors = folder.resolve("errors.txt");
        String program = SAMPLES.resolve(sample).toString();
        ProcessBuilder agent = AgentCommand.of(
                List.of("record", "-o", stream.toString(), "--", RealPython.path(), program, "--seconds", SECONDS), null);
        agent.environment().putAll(environment);
        Process process = agent.redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("%s ends by itself", sample).isTrue();
        } finally {
            process.destroy(); // the agent passes it on to the program
        }
        String said = Files.readString(errors);
        Assumptions.assumeFalse(said.contains(sample + " needs "), said); // a compiler, say
        assertThat(process.exitValue()).as(said).isZero();
        String last = Files.readAllLines(out).getLast();
        assertThat(last).startsWith(TRUTH);
        return JSON.readTree(last.substring(TRUTH.length()));
    }

    private static JsonNode report(Path stream) throws IOException {
        try (Recording recording = RecordingOpener.open(stream)) {
            return JSON.readTree(ReportJson.write(ReportBuilder.of(recording, stream.toString())));
        }
    }

    private static boolean isOfWeight(JsonNode finding) {
        return !finding.get("severity").asText().equals("low");
    }

    private static Set<String> places(List<JsonNode> named) {
        Set<String> places = new HashSet<>();
        for (JsonNode where : named) {
            where.get("where").forEach(place -> places.add(place.get("function").asText() + ":" + place.get("line").asInt()));
        }
        return places;
    }

    /** What is not null is in the words of a finding, or the type of what they are about. */
    private static void assertNames(JsonNode name, List<JsonNode> findings, JsonNode report) {
        if (!name.isNull()) {
            Set<String> classes = new HashSet<>();
            StringBuilder told = new StringBuilder();
            for (JsonNode finding : findings) {
                classes.add(finding.get("class").asText());
                told.append(finding.get("title").asText()).append(' ').append(finding.get("evidence").asText()).append('\n');
            }
            for (JsonNode entry : report.get("contention")) {
                if (classes.contains(entry.get("kind").asText())) {
                    told.append(entry.get("type").asText()).append('\n');
                }
            }
            assertThat(told.toString()).contains(name.asText());
        }
    }

    private static List<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}

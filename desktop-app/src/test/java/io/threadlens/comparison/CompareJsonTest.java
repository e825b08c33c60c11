package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareJsonTest {
    private static Program gil(int ticks) {
        Program program = new Program(2, ticks);
        program.recording.process(new ProcessInfo(1, List.of("python3.14", "app.py"), "", "3.14.7", false, true, 2, "here"));
        program.thread("w-0", RUNNING, ticks / 2, GIL, ticks / 2);
        program.thread("w-1", GIL, ticks / 2, RUNNING, ticks / 2);
        return program;
    }

    private static Program free(int ticks) {
        Program program = new Program(2, ticks);
        program.thread("w-0", RUNNING, ticks);
        program.thread("w-1", RUNNING, ticks);
        program.threadIn("extra", program.stack(-1, "other", "/app/app.py", 90), RUNNING, 1);
        return program;
    }

    private static JsonNode json(Side a, Side b) throws Exception {
        return new ObjectMapper().readTree(CompareJson.write(Comparison.of(a, b, null)));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theNamesAreThoseOfTheContract() throws Exception {
        JsonNode json = json(gil(1000).side(), free(500).side());
        assertThat(json.path("format").asText()).isEqualTo("threadlens-compare/1");
        assertThat(names(json))
                .containsExactly(
                        "format", "a", "b", "gilOn", "speedup", "speedupInterval", "cpuRatio", "busyCores", "decomposition", "lostTime", "predicted", "figures",
                        "states", "pauses", "threads", "groups", "functions", "lines", "locks", "findings", "warnings");
        assertThat(names(json.path("a"))).containsExactly("recording", "process", "configuration", "runs", "wallSeconds", "failures");
        assertThat(names(json.at("/a/recording"))).contains("file", "started", "durationSeconds", "complete", "off");
        assertThat(names(json.at("/a/process"))).contains("command", "freeThreadedBuild", "gilChanges", "cores", "host");
        assertThat(json.at("/a/configuration").asText()).isEqualTo("GIL build");
        assertThat(json.at("/b/configuration").asText()).isEqualTo("free-threaded");
        assertThat(json.path("speedup").asDouble()).isEqualTo(2, within(1e-9));
        assertThat(names(json.at("/busyCores/a"))).containsExactly("mean", "secondsAt");
        assertThat(names(json.at("/lostTime/0"))).containsExactly("class", "aSeconds", "bSeconds");
        assertThat(json.path("lostTime")).extracting(part -> part.path("class").asText())
                .containsExactly(
                        "gil", "lock", "critical-section", "interpreter-lock", "refcount", "stop-the-world", "run-delay", "imbalance", "serial", "io", "idle",
                        "slower-code", "unexplained");
        assertThat(json.at("/lostTime/0/aSeconds").asDouble()).isEqualTo(1, within(1e-9));
        assertThat(names(json.at("/functions/0"))).startsWith("function", "file", "line", "aSeconds", "bSeconds", "delta", "interval", "significant");
        assertThat(names(json.at("/threads/0"))).startsWith("a", "b", "role");
        assertThat(names(json.at("/findings/0"))).startsWith("class", "severity", "title", "evidence", "where", "costSeconds", "confidence", "advice");
        assertThat(json.at("/predicted/speedupAtMost").asDouble()).isGreaterThan(1);
    }

    @Test
    void unknownIsNull() throws Exception {
        JsonNode json = json(gil(1000).side(), free(500).side());
        assertThat(json.path("gilOn").isNull()).isTrue();
        assertThat(json.path("speedupInterval").isNull()).as("one run").isTrue();
        assertThat(json.path("cpuRatio").isNull()).as("the kernel was not asked").isTrue();
        assertThat(json.at("/figures/cpu/aSeconds").isNull()).isTrue();
        assertThat(json.at("/figures/cpu/significant").isNull()).isTrue();
        JsonNode extra = null;
        for (JsonNode thread : json.path("threads")) {
            extra = thread.path("bName").asText().equals("extra") ? thread : extra;
        }
        assertThat(extra).isNotNull();
        assertThat(extra.path("a").isNull()).isTrue();
        assertThat(extra.path("aStates").isNull()).isTrue();
        assertThat(extra.path("b").isInt()).isTrue();
    }

    @Test
    void severalRunsHaveAnInterval() throws Exception {
        Program failed = free(520);
        failed.recording.end(new End("exited", 3, null));
        JsonNode json = json(Program.side(gil(1000), gil(1100)), Program.side(free(500), failed));
        assertThat(json.at("/speedupInterval/low").asDouble()).isLessThan(json.path("speedup").asDouble());
        assertThat(json.at("/speedupInterval/high").asDouble()).isGreaterThan(json.path("speedup").asDouble());
        assertThat(json.at("/a/wallSeconds")).hasSize(2);
        assertThat(json.at("/b/failures/0/exitCode").asInt()).isEqualTo(3);
        assertThat(json.path("warnings").toString()).contains("Run 2 of B failed");
    }

    /** The work of {@link #gil} by one thread. */
    private static Program alone(boolean gil) {
        Program program = new Program(2, 1000);
        if (gil) {
            program.recording.process(new ProcessInfo(1, List.of("python3.14", "app.py"), "", "3.14.7", false, true, 2, "here"));
        }
        program.thread("w-0", RUNNING, 1000);
        return program;
    }

    @Test
    void severalThreadCountsAreOneDocumentWithTheBestInFront() throws Exception {
        ThreadSweep sweep = new ThreadSweep(List.of(
                new ThreadSweep.Count(2, Comparison.of(gil(1000).side(), free(500).side(), null)),
                new ThreadSweep.Count(1, Comparison.of(alone(true).side(), alone(false).side(), null))));
        JsonNode json = new ObjectMapper().readTree(CompareJson.write(sweep));
        assertThat(json.path("format").asText()).isEqualTo("threadlens-compare/1");
        assertThat(json.path("speedup").asDouble()).isEqualTo(2, within(1e-9));
        assertThat(json.at("/sweep/bestThreads").asInt()).isEqualTo(2);
        assertThat(json.at("/sweep/comparisons")).extracting(one -> one.path("threads").asInt()).containsExactly(1, 2);
        assertThat(json.at("/sweep/comparisons/0/comparison/speedup").asDouble()).isEqualTo(1, within(1e-9));
        assertThat(json.at("/sweep/scaling")).extracting(curve -> curve.path("configuration").asText()).containsExactly("GIL build", "free-threaded");
        assertThat(json.at("/sweep/scaling/0/points/1/throughput").asDouble()).as("the GIL lets two do what one does").isEqualTo(1, within(1e-9));
        assertThat(json.at("/sweep/scaling/0/amdahl/serial").asDouble()).isEqualTo(1, within(1e-9));
        assertThat(json.at("/sweep/scaling/1/points/1/throughput").asDouble()).isEqualTo(2, within(1e-9));
        assertThat(json.at("/sweep/scaling/1/amdahl/serial").asDouble()).isEqualTo(0, within(1e-9));
        assertThat(json.at("/sweep/scaling/1/amdahl/limit").isNull()).as("nothing limits it").isTrue();
        assertThat(json.at("/sweep/scaling/1/universal").isNull()).as("two points").isTrue();
        assertThat(SweepText.write(sweep)).contains("100 % of the work is for one thread at a time", "With 2 threads, at which B took least");
    }

    @Test
    void theGilOnIsASideOfItsOwn() throws Exception {
        Comparison comparison = Comparison.of(gil(1000).side(), free(500).side(), gil(1050).side());
        JsonNode json = new ObjectMapper().readTree(CompareJson.write(comparison));
        assertThat(names(json.path("gilOn"))).contains("recording", "process");
    }
}

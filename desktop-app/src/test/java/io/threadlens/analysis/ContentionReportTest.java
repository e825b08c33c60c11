package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a report says about locks, of a second in which one thread holds a lock and another waits for it, and in the end two are in a deadlock. */
class ContentionReportTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final Report report = report();

    private static Report report() {
        MemoryRecording recording = new MemoryRecording(1000).ticks(1000).cores(2);
        int a = recording.thread("A");
        int b = recording.thread((String) null);
        int lock = recording.lock("lock", "threading.Lock", "Store.cache_lock");
        int other = recording.lock("lock", "threading.Lock", null);
        int outer = recording.stack(-1, "outer", "/app/app.py", 10);
        int update = recording.stack(outer, "update", "/app/app.py", 20);
        int load = recording.stack(-1, "load", "/app/app.py", 30);
        recording.run(a, 0, 600, ThreadState.RUNNING, 0, update).run(a, 600, 400, ThreadState.LOCK, 0, update);
        recording.run(b, 0, 100, ThreadState.LOCK, SampleRuns.SPINS, 1, load).run(b, 100, 900, ThreadState.LOCK, 1, load);
        recording.hold(lock, a, START, START + 999 * MS, outer, 1, 0);
        recording.hold(other, b, START, START + 999 * MS, load, 1, 0);
        recording.wait(b, START, START + 999 * MS, lock, load);
        recording.wait(a, START + 600 * MS, START + 999 * MS, other, update);
        return ReportBuilder.of(recording, null);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(ReportJson.write(report));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void contentionHasTheNamesOfTheContract() throws Exception {
        JsonNode lock = json().at("/contention/0");
        assertThat(names(lock))
                .containsExactly(
                        "kind", "type", "label", "waitSeconds", "waits", "longestSeconds", "confidence", "waiters", "holders", "spinSeconds");
        assertThat(names(lock.at("/waiters/0"))).containsExactly("thread", "name", "function", "file", "line", "seconds");
        assertThat(names(lock.at("/holders/0")))
                .containsExactly("thread", "name", "function", "file", "line", "seconds", "confidence", "inferred");
        assertThat(lock.path("kind").asText()).isEqualTo("lock");
        assertThat(lock.path("type").asText()).isEqualTo("threading.Lock");
        assertThat(lock.path("label").asText()).isEqualTo("Store.cache_lock");
        assertThat(lock.path("waitSeconds").asDouble()).isEqualTo(0.999, EXACT);
        assertThat(lock.path("spinSeconds").asDouble()).isEqualTo(0.1, EXACT);
        assertThat(lock.path("confidence").asDouble()).isBetween(0.9, 0.98);
        assertThat(lock.at("/waiters/0/thread").asInt()).isEqualTo(1001);
        assertThat(lock.at("/waiters/0/name").isNull()).isTrue();
        assertThat(lock.at("/waiters/0/line").asInt()).isEqualTo(30);
        assertThat(lock.at("/holders/0/name").asText()).isEqualTo("A");
        assertThat(lock.at("/holders/0/function").asText()).as("the call that holds it").isEqualTo("outer");
        assertThat(json().at("/waitedFor/0/holder").asInt()).isEqualTo(1000);
    }

    @Test
    void deadlocksNameThreadsLocksAndLines() throws Exception {
        JsonNode deadlock = json().at("/deadlocks/0");
        assertThat(names(deadlock)).containsExactly("threads", "locks", "seconds", "links");
        assertThat(deadlock.path("threads")).extracting(JsonNode::asInt).containsExactly(1000, 1001);
        assertThat(deadlock.path("locks")).extracting(JsonNode::asText).containsExactly("threading.Lock #1", "Store.cache_lock");
        assertThat(deadlock.path("links")).extracting(link -> link.at("/waits/line").asInt()).containsExactly(20, 30);
        assertThat(deadlock.path("links")).extracting(link -> link.at("/holds/line").asInt()).containsExactly(30, 10);
    }

    @Test
    void findingsHaveTheNamesOfTheContract() throws Exception {
        JsonNode finding = json().at("/findings/0");
        assertThat(names(finding))
                .containsExactly("class", "severity", "title", "evidence", "where", "costSeconds", "confidence", "advice");
        assertThat(finding.path("class").asText()).isEqualTo("deadlock");
        assertThat(finding.path("severity").asText()).isEqualTo("high");
        assertThat(names(finding.at("/where/0"))).containsExactly("function", "file", "line");
        assertThat(finding.path("where")).extracting(place -> place.path("line").asInt()).containsExactly(20, 30, 10);
    }

    @Test
    void theTextBeginsWithWhatWasFoundAndIsAsWideAsATerminal() {
        String text = ReportText.write(report);
        assertThat(text.indexOf("Deadlock: A and thread 1001 wait for each other")).isPositive().isLessThan(text.indexOf("Busy cores"));
        assertThat(text).contains("→ outer  /app/app.py:10").contains("Store.cache_lock").contains("A held it in outer (app.py:10)");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
}

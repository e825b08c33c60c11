package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A recording small enough to be counted by hand: 1 kHz, ten ticks, two missing in the middle. */
class ReportTest {
    private static final long MS = 1_000_000;
    private static final Offset<Double> EXACT = within(1e-12);

    private final MemoryRecording recording = new MemoryRecording(1000);

    /**
     * Ticks at 0 to 4 ms and 8 to 12 ms: tick 4 stands for 2 ms, 6 to 8 ms was not seen. Thread A: running 0–3, lock 4–6, running 7–9. Thread B: running
     * 2–4, idle 5–9, from 2 ms on.
     */
    private Report report() {
        long start = MemoryRecording.START_NS;
        for (int ms : new int[] {0, 1, 2, 3, 4, 8, 9, 10, 11, 12}) {
            recording.tick(start + ms * MS);
        }
        int a = recording.thread("A");
        int b = recording.thread("B");
        recording.thread(new ThreadInfo(b, 1001, 1, "B", start + 2 * MS, start + 13 * MS));
        int main = recording.stack(-1, "main", "app.py", 1);
        int fib = recording.stack(main, "fib", "app.py", 10);
        int fibAgain = recording.stack(fib, "fib", "app.py", 10);
        recording.run(a, 0, 4, ThreadState.RUNNING, 0, fibAgain);
        recording.run(a, 4, 1, ThreadState.LOCK, 0, main);
        recording.run(b, 2, 3, ThreadState.NATIVE, 1, fib);
        recording.cut();
        recording.run(a, 5, 2, ThreadState.LOCK, 0, main);
        recording.run(a, 7, 3, ThreadState.RUNNING, 1, fib);
        recording.run(b, 5, 5, ThreadState.IDLE, 1, -1);
        recording.cpu(a, start + MS, 100 * MS, 10 * MS);
        recording.cpu(a, start + 12 * MS, 107 * MS, 11 * MS);
        recording.cpu(b, start + 12 * MS, 3 * MS, 0);
        recording.event(start + 5 * MS, "gil", 1, "some.module");
        recording.pause(start + 3 * MS, start + 4 * MS, 1, a, main);
        recording.pause(start + 9 * MS, start + 12 * MS, 0, a, main);
        return ReportBuilder.of(recording, "app.threadlens");
    }

    @Test
    void threadsAreCountedTickByTick() {
        Report report = report();
        assertThat(report.recording().durationSeconds()).isEqualTo(0.013, EXACT);
        assertThat(report.recording().ticks()).isEqualTo(10);
        assertThat(report.recording().samples()).isEqualTo(18);

        Report.ThreadPart a = report.threads().get(0);
        assertThat(a.states().of(ThreadState.RUNNING)).isEqualTo(0.007, EXACT);
        assertThat(a.states().of(ThreadState.LOCK)).isEqualTo(0.004, EXACT);
        assertThat(a.states().of(ThreadState.UNKNOWN)).isEqualTo(0.002, EXACT);
        assertThat(a.states().total()).isEqualTo(0.013, EXACT);
        assertThat(a.cpuSeconds()).isEqualTo(0.007, EXACT);
        assertThat(a.runDelaySeconds()).isEqualTo(0.001, EXACT);

        Report.ThreadPart b = report.threads().get(1);
        assertThat(b.startSeconds()).isEqualTo(0.002, EXACT);
        assertThat(b.endSeconds()).isEqualTo(0.013, EXACT);
        assertThat(b.states().of(ThreadState.NATIVE)).isEqualTo(0.004, EXACT);
        assertThat(b.states().of(ThreadState.IDLE)).isEqualTo(0.005, EXACT);
        assertThat(b.states().of(ThreadState.UNKNOWN)).isEqualTo(0.002, EXACT);
        assertThat(b.cpuSeconds()).as("it began while it was recorded").isEqualTo(0.003, EXACT);
    }

    @Test
    void busyCoresAreThreadsAtOneInstant() {
        Report.BusyCores busy = report().busyCores();
        // 0–1: A. 2–3: A and B. 4 (two long): B. 5–6: none. 7–9: A.
        assertThat(busy.secondsAt()).hasSize(3);
        assertThat(busy.secondsAt().get(0)).isEqualTo(0.002, EXACT);
        assertThat(busy.secondsAt().get(1)).isEqualTo(0.007, EXACT);
        assertThat(busy.secondsAt().get(2)).isEqualTo(0.002, EXACT);
        assertThat(busy.mean()).isEqualTo(11.0 / 11, EXACT);
        assertThat(report().cores()).extracting(Report.CorePart::core).containsExactly(0, 1);
    }

    /** A thread that takes over a core while one tick goes from thread to thread would make it two. */
    @Test
    void noMoreCoresAreBusyThanThereAre() {
        MemoryRecording crowded = new MemoryRecording(1000).ticks(10);
        int cores = crowded.info().process().cores();
        for (int i = 0; i < cores + 4; i++) {
            crowded.run(crowded.thread("T" + i), 0, 4, ThreadState.RUNNING, i % cores, -1);
        }
        Report.BusyCores busy = ReportBuilder.of(crowded, null).busyCores();
        assertThat(busy.secondsAt()).hasSize(cores + 1);
        assertThat(busy.secondsAt().get(cores)).isEqualTo(0.004, EXACT);
        assertThat(busy.mean()).isEqualTo(cores * 0.4, EXACT);
    }

    @Test
    void cpuTimeCountsFromTheFirstRowOfAThread() {
        MemoryRecording recorded = new MemoryRecording(1000).ticks(10);
        int old = recorded.thread("was there before");
        int once = recorded.thread("was asked once");
        int never = recorded.thread("was never asked");
        long start = MemoryRecording.START_NS;
        recorded.cpu(old, start + MS, 5_000 * MS, 400 * MS);
        recorded.cpu(once, start + MS, 9_000 * MS, 0);
        recorded.cpu(old, start + 4 * MS, 5_002 * MS, 400 * MS);
        recorded.cpu(old, start + 9 * MS, 5_006 * MS, 401 * MS);
        List<Report.ThreadPart> threads = ReportBuilder.of(recorded, null).threads();
        assertThat(threads.get(old).cpuSeconds()).isEqualTo(0.006, EXACT);
        assertThat(threads.get(old).runDelaySeconds()).isEqualTo(0.001, EXACT);
        assertThat(threads.get(once).cpuSeconds()).isZero();
        assertThat(threads.get(never).cpuSeconds()).as("unknown is not 0").isNull();
    }

    @Test
    void aFunctionThatCallsItselfCountsOnce() {
        Report report = report();
        Report.FunctionPart fib = report.functions().get(0);
        assertThat(fib.function()).isEqualTo("fib");
        assertThat(fib.line()).isEqualTo(10);
        assertThat(fib.self()).isEqualTo(0.011, EXACT);
        assertThat(fib.total()).isEqualTo(0.011, EXACT);
        assertThat(fib.states().of(ThreadState.NATIVE)).isEqualTo(0.004, EXACT);
        Report.FunctionPart main = report.functions().get(1);
        assertThat(main.self()).isEqualTo(0.004, EXACT);
        assertThat(main.total()).isEqualTo(0.015, EXACT);
        assertThat(report.functions()).hasSize(2);
    }

    /** From the middle of tick 1 to a quarter of tick 4. */
    @Test
    void functionsOfARangeAndAThread() {
        report();
        long start = MemoryRecording.START_NS;
        TimeRange range = new TimeRange(start + 3 * MS / 2, start + 9 * MS / 2);
        List<Report.FunctionPart> all = CallTimes.of(recording, Part.of(range)).functions();
        assertThat(all).extracting(Report.FunctionPart::function).containsExactly("fib", "main");
        assertThat(all.getFirst().self()).isEqualTo(0.005, EXACT);
        assertThat(all.get(1).self()).isEqualTo(0.0005, EXACT);
        assertThat(all.get(1).total()).isEqualTo(0.0055, EXACT);
        List<Report.FunctionPart> one = CallTimes.of(recording, Part.of(range).of(0)).functions();
        assertThat(one.getFirst().self()).isEqualTo(0.0025, EXACT);
        TimeRange whole = new TimeRange(start, start + 13 * MS);
        assertThat(CallTimes.of(recording, Part.of(whole)).functions())
                .usingRecursiveComparison()
                .isEqualTo(ReportBuilder.of(recording, null).functions());
        TimeRange unseen = new TimeRange(start + 6 * MS, start + 8 * MS);
        assertThat(CallTimes.of(recording, Part.of(unseen)).functions()).isEmpty();
    }

    @Test
    void pausesAndGilChangesAreThere() {
        Report report = report();
        assertThat(report.pauses().count()).isEqualTo(2);
        assertThat(report.pauses().seconds()).isEqualTo(0.004, EXACT);
        assertThat(report.pauses().longestSeconds()).isEqualTo(0.003, EXACT);
        assertThat(report.pauses().collections()).isEqualTo(1);
        assertThat(report.pauses().collectionSeconds()).isEqualTo(0.001, EXACT);
        assertThat(report.pauses().requesters()).singleElement().satisfies(r -> assertThat(r.place().function()).isEqualTo("main"));
        assertThat(report.process().gilChanges()).containsExactly(new Report.GilChange(0.005, true, "some.module"));
    }

    /** Runs in any chunks count the same. */
    @Test
    void chunksThatOverlapCountTheSame() {
        MemoryRecording late = new MemoryRecording(1000).ticks(10);
        int a = late.thread("A");
        int b = late.thread("B");
        late.run(a, 0, 8, ThreadState.RUNNING, 0, -1).cut();
        late.run(b, 4, 2, ThreadState.RUNNING, 1, -1).cut();
        late.run(a, 8, 2, ThreadState.IDLE, 0, -1);
        Report.BusyCores busy = ReportBuilder.of(late, null).busyCores();
        assertThat(busy.secondsAt().get(0)).isEqualTo(0.002, EXACT);
        assertThat(busy.secondsAt().get(1)).isEqualTo(0.006, EXACT);
        assertThat(busy.secondsAt().get(2)).isEqualTo(0.002, EXACT);
    }

    @Test
    void anEmptyRecordingHasAReport() {
        Report report = ReportBuilder.of(new MemoryRecording(1000), null);
        assertThat(report.recording().durationSeconds()).isZero();
        assertThat(report.busyCores().secondsAt()).isEmpty();
        assertThat(ReportText.write(report)).contains("Busy cores");
        assertThat(ReportJson.write(report)).contains("\"file\" : null");
    }

    @Test
    void theJsonHasTheNamesOfTheContract() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ReportJson.write(report()));
        assertThat(names(json))
                .containsExactly(
                        "format", "recording", "process", "threads", "busyCores", "cores", "functions", "contention", "pauses", "deadlocks",
                        "modules", "findings", "waitedFor", "signalWaits");
        assertThat(json.path("format").asText()).isEqualTo("threadlens-report/1");
        assertThat(names(json.path("recording")))
                .containsExactly(
                        "file", "started", "durationSeconds", "rateHz", "ticks", "missedTicks", "samples", "tornSamples", "complete",
                        "agentCpuSeconds", "off");
        assertThat(names(json.path("process")))
                .containsExactly("pid", "command", "python", "freeThreadedBuild", "gilEnabled", "gilChanges", "cores", "host");
        assertThat(names(json.at("/process/gilChanges/0"))).containsExactly("atSeconds", "enabled", "cause");
        assertThat(names(json.at("/threads/0")))
                .containsExactly("tid", "name", "startSeconds", "endSeconds", "samples", "cpuSeconds", "runDelaySeconds", "states");
        assertThat(names(json.at("/threads/0/states")))
                .containsExactly("running", "native", "runnable", "lock", "signal", "gil", "paused", "io", "idle", "unknown");
        assertThat(names(json.at("/busyCores"))).containsExactly("mean", "secondsAt");
        assertThat(names(json.at("/cores/0"))).containsExactly("core", "busySeconds");
        assertThat(names(json.at("/functions/0"))).containsExactly("function", "file", "line", "selfSeconds", "totalSeconds", "states");
        assertThat(names(json.at("/pauses")))
                .containsExactly("count", "seconds", "longestSeconds", "requesters", "lostSeconds", "collections");
        assertThat(names(json.at("/pauses/requesters/0"))).containsExactly("function", "file", "line", "count", "seconds");
        for (String none : List.of("contention", "deadlocks", "modules")) {
            assertThat(json.path(none).isArray()).isTrue();
            assertThat(json.path(none)).isEmpty();
        }
    }

    @Test
    void theTextSaysItInWords() {
        String text = ReportText.write(report());
        assertThat(text).contains("Python 3.14.7, free-threaded, GIL off").contains("Busy cores: 1.00 on average").contains("fib  app.py:10");
        assertThat(text).contains("GIL turned on at 0.005 s by some.module");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}

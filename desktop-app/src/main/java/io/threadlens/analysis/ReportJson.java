package io.threadlens.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as {@code threadlens-report/1}. The names are a contract: nothing here is derived from a Java name. Other documents take the parts of it that they have in
 * common with a report.
 */
public final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<ThreadState> STATE_ORDER = List.of(
            ThreadState.RUNNING, ThreadState.NATIVE, ThreadState.RUNNABLE, ThreadState.LOCK, ThreadState.SIGNAL, ThreadState.GIL,
            ThreadState.PAUSED, ThreadState.IO, ThreadState.IDLE, ThreadState.UNKNOWN);

    private ReportJson() {}

    public static String write(Report report) {
        return text(json(report));
    }

    /** The same, for who has more to say. */
    public static ObjectNode json(Report report) {
        ObjectNode root = document();
        root.put("format", "threadlens-report/1");
        recording(root.putObject("recording"), report.recording());
        process(root.putObject("process"), report.process());
        ArrayNode threads = root.putArray("threads");
        report.threads().forEach(thread -> thread(threads.addObject(), thread));
        ObjectNode busy = root.putObject("busyCores");
        busy.put("mean", report.busyCores().mean());
        report.busyCores().secondsAt().forEach(busy.putArray("secondsAt")::add);
        ArrayNode cores = root.putArray("cores");
        report.cores().forEach(core -> cores.addObject().put("core", core.core()).put("busySeconds", core.busySeconds()));
        ArrayNode functions = root.putArray("functions");
        report.functions().forEach(function -> function(functions.addObject(), function));
        ReportThreads names = new ReportThreads(report);
        ArrayNode contention = root.putArray("contention");
        report.contention().forEach(lock -> ContentionJson.write(contention.addObject(), lock, names));
        pauses(root.putObject("pauses"), report.pauses());
        ArrayNode deadlocks = root.putArray("deadlocks");
        report.deadlocks().forEach(deadlock -> ContentionJson.write(deadlocks.addObject(), deadlock, names));
        root.putArray("modules");
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> finding(findings.addObject(), finding, report.process()));
        ContentionJson.write(root.putArray("waitedFor"), WaitMatrix.of(report.contention()), names);
        ArrayNode signalWaits = root.putArray("signalWaits");
        report.signalWaits().forEach(waits -> signalWaits
                .addObject()
                .put("name", waits.name())
                .put("seconds", waits.seconds())
                .put("waits", waits.waits())
                .put("threads", waits.threads()));
        return root;
    }

    public static ObjectNode document() {
        return MAPPER.createObjectNode();
    }

    public static String text(ObjectNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    public static void recording(ObjectNode node, Report.RecordingPart recording) {
        node.put("file", recording.file());
        node.put("started", recording.started());
        node.put("durationSeconds", recording.durationSeconds());
        node.put("rateHz", recording.rateHz());
        node.put("ticks", recording.ticks());
        node.put("missedTicks", recording.missedTicks());
        node.put("samples", recording.samples());
        node.put("tornSamples", recording.tornSamples());
        node.put("complete", recording.complete());
        node.put("agentCpuSeconds", recording.agentCpuSeconds());
        ObjectNode off = node.putObject("off");
        recording.off().forEach(off::put);
    }

    public static void process(ObjectNode node, Report.ProcessPart process) {
        ProcessInfo info = process.info();
        node.put("pid", info.pid());
        info.command().forEach(node.putArray("command")::add);
        node.put("python", info.python());
        node.put("freeThreadedBuild", info.freeThreadedBuild());
        node.put("gilEnabled", info.gilEnabled());
        ArrayNode changes = node.putArray("gilChanges");
        process.gilChanges()
                .forEach(change -> changes.addObject()
                        .put("atSeconds", change.atSeconds())
                        .put("enabled", change.enabled())
                        .put("cause", change.cause()));
        node.put("cores", info.cores());
        node.put("host", info.host());
    }

    private static void thread(ObjectNode node, Report.ThreadPart thread) {
        node.put("tid", thread.tid());
        node.put("name", thread.name());
        node.put("startSeconds", thread.startSeconds());
        node.put("endSeconds", thread.endSeconds());
        node.put("samples", thread.samples());
        node.put("cpuSeconds", thread.cpuSeconds());
        node.put("runDelaySeconds", thread.runDelaySeconds());
        states(node.putObject("states"), thread.states());
    }

    private static void function(ObjectNode node, Report.FunctionPart function) {
        node.put("function", function.function());
        node.put("file", function.file());
        node.put("line", function.line());
        node.put("selfSeconds", function.self());
        node.put("totalSeconds", function.total());
        states(node.putObject("states"), function.states());
    }

    public static void states(ObjectNode node, StateSeconds states) {
        STATE_ORDER.forEach(state -> node.put(state.label(), states.of(state)));
    }

    private static void pauses(ObjectNode node, PauseSummary pauses) {
        node.put("count", pauses.count());
        node.put("seconds", pauses.seconds());
        node.put("longestSeconds", pauses.longestSeconds());
        ArrayNode requesters = node.putArray("requesters");
        for (PauseSummary.Requester requester : pauses.requesters()) {
            ObjectNode one = requesters.addObject();
            place(one, requester.place());
            one.put("count", requester.count()).put("seconds", requester.seconds());
        }
        node.put("lostSeconds", pauses.lostSeconds());
        node.putObject("collections").put("count", pauses.collections()).put("seconds", pauses.collectionSeconds());
    }

    /** @param process whose GIL a finding speaks of */
    public static void finding(ObjectNode node, Finding finding, Report.ProcessPart process) {
        node.put("class", finding.kind().label());
        node.put("severity", finding.severity().label());
        node.put("title", finding.title());
        node.put("evidence", finding.evidence());
        ArrayNode where = node.putArray("where");
        finding.where().forEach(frame -> place(where.addObject(), frame));
        node.put("costSeconds", finding.costSeconds());
        node.put("confidence", finding.confidence());
        node.put("advice", finding.advice());
        if (finding.kind() == FindingClass.GIL) {
            Report.GilChange last = process.gilChanges().isEmpty() ? null : process.gilChanges().getLast();
            node.put("cause", last == null ? null : last.cause());
        }
    }

    /** Function, file and line of a call; null where they, or the call, are unknown. */
    public static void place(ObjectNode node, @Nullable Frame frame) {
        node.put("function", frame == null ? null : frame.function());
        node.put("file", frame == null ? null : frame.file());
        node.put("line", frame == null || frame.line() == 0 ? null : (Integer) frame.line());
    }
}

package io.threadlens.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadState;
import java.util.List;

/** A report as {@code threadlens-report/1}. The names are a contract: nothing here is derived from a Java name. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<ThreadState> STATE_ORDER = List.of(
            ThreadState.RUNNING, ThreadState.NATIVE, ThreadState.RUNNABLE, ThreadState.LOCK, ThreadState.SIGNAL, ThreadState.GIL,
            ThreadState.PAUSED, ThreadState.IO, ThreadState.IDLE, ThreadState.UNKNOWN);

    private ReportJson() {}

    public static String write(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
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
        root.putArray("contention");
        pauses(root.putObject("pauses"), report.pauses());
        root.putArray("deadlocks");
        root.putArray("modules");
        root.putArray("findings");
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    private static void recording(ObjectNode node, Report.RecordingPart recording) {
        node.put("file", recording.file());
        node.put("started", recording.started());
        node.put("durationSeconds", recording.durationSeconds());
        node.put("rateHz", recording.rateHz());
        node.put("ticks", recording.ticks());
        node.put("missedTicks", recording.missedTicks());
        node.put("samples", recording.samples());
        node.put("tornSamples", recording.tornSamples());
        node.put("complete", recording.complete());
    }

    private static void process(ObjectNode node, Report.ProcessPart process) {
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

    private static void states(ObjectNode node, StateSeconds states) {
        STATE_ORDER.forEach(state -> node.put(state.label(), states.of(state)));
    }

    private static void pauses(ObjectNode node, Report.Pauses pauses) {
        node.put("count", pauses.count());
        node.put("seconds", pauses.seconds());
        node.put("longestSeconds", pauses.longestSeconds());
        ArrayNode requesters = node.putArray("requesters");
        pauses.requesters()
                .forEach(requester -> requesters.addObject()
                        .put("function", requester.function())
                        .put("file", requester.file())
                        .put("line", requester.line())
                        .put("count", requester.count())
                        .put("seconds", requester.seconds()));
    }
}

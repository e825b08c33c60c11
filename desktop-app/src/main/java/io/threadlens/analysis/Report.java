package io.threadlens.analysis;

import io.threadlens.model.RecordingInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recording says, section by section, as in {@code threadlens-report/1}. Times are seconds; what is not known is null, never 0.
 *
 * @param threads    by their numbers: what speaks of a thread's number speaks of this list
 * @param contention most time first
 * @param modules    not found out yet, empty
 * @param findings   by severity and cost
 */
public record Report(
        RecordingPart recording,
        ProcessPart process,
        List<ThreadPart> threads,
        BusyCores busyCores,
        List<CorePart> cores,
        List<FunctionPart> functions,
        List<LockContention> contention,
        List<SignalWaits> signalWaits,
        PauseSummary pauses,
        List<Deadlock> deadlocks,
        List<Object> modules,
        List<Finding> findings) {

    /**
     * @param file     where it is, or null where it is not saved
     * @param started  ISO 8601
     * @param complete false where it was cut short
     * @param agentCpuSeconds CPU time of the agent that made it
     * @param off      what was not looked for, by the names of docs/wire-protocol.md, and why
     */
    public record RecordingPart(
            @Nullable String file,
            String started,
            double durationSeconds,
            double rateHz,
            int ticks,
            long missedTicks,
            long samples,
            long tornSamples,
            boolean complete,
            double agentCpuSeconds,
            Map<String, String> off) {}

    public record ProcessPart(RecordingInfo.ProcessInfo info, List<GilChange> gilChanges) {}

    /** The GIL was turned on or off, by which module where that is known. */
    public record GilChange(double atSeconds, boolean enabled, @Nullable String cause) {}

    public record ThreadPart(
            int tid,
            @Nullable String name,
            double startSeconds,
            double endSeconds,
            long samples,
            @Nullable Double cpuSeconds,
            @Nullable Double runDelaySeconds,
            StateSeconds states) {}

    /**
     * @param mean      threads on a core, on average over the time that was seen
     * @param secondsAt seconds with none, with one, with two … of them
     */
    public record BusyCores(double mean, List<Double> secondsAt) {}

    public record CorePart(int core, double busySeconds) {}

    /**
     * @param line   first line of the function
     * @param self   seconds in which it was the innermost call
     * @param total  seconds in which it was anywhere on the stack, once for each thread however often it called itself
     * @param states what the threads did in those
     * @param own    the same of {@code self}
     */
    public record FunctionPart(
            @Nullable String function, @Nullable String file, @Nullable Integer line, double self, double total, StateSeconds states, StateSeconds own) {}
}

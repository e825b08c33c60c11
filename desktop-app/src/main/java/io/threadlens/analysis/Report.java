package io.threadlens.analysis;

import io.threadlens.model.RecordingInfo;
import io.threadlens.recording.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            Map<String, String> off) {
        /**
         * @param ticks   of which it is told: a live recording may have newer ones by now
         * @param samples that were taken; of a recording whose rows are not read those that its agent has counted
         */
        public static RecordingPart of(Recording recording, @Nullable String file, int ticks, long samples) {
            RecordingInfo info = recording.info();
            Map<String, String> off = new TreeMap<>(info.features());
            off.values().removeIf("ok"::equals);
            return new RecordingPart(
                    file,
                    Instant.ofEpochSecond(0, info.startedUnixNs()).toString(),
                    ticks == 0 ? 0 : StateSeconds.seconds(recording.tickEnd(ticks - 1) - recording.tickTime(0)),
                    info.rateHz(),
                    ticks,
                    info.counters().missedTicks(),
                    samples,
                    info.counters().tornSamples(),
                    info.complete(),
                    StateSeconds.seconds(info.counters().agentCpuNs()),
                    off);
        }
    }

    public record ProcessPart(RecordingInfo.ProcessInfo info, List<GilChange> gilChanges) {
        public static ProcessPart of(Recording recording) {
            long start = recording.tickCount() == 0 ? recording.info().startedMonoNs() : recording.tickTime(0);
            List<GilChange> changes = recording.events().stream()
                    .filter(event -> event.kind().equals("gil"))
                    .map(event -> new GilChange(StateSeconds.seconds(event.time() - start), event.value() != 0, event.text()))
                    .toList();
            return new ProcessPart(recording.info().process(), changes);
        }
    }

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

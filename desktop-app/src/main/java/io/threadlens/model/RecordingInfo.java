package io.threadlens.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recording is of, and how whole it is.
 *
 * @param features what the agent could do: name to {@code "ok"}, or to the reason why not
 * @param complete false where the recording was cut short and recovered
 * @param live     whether it is still growing
 */
public record RecordingInfo(
        ProcessInfo process,
        long startedUnixNs,
        long startedMonoNs,
        double rateHz,
        Map<String, String> features,
        Counters counters,
        @Nullable End end,
        boolean complete,
        boolean live) {

    /** From one tick to the next, where the sampler is in time, ns. */
    public long periodNs() {
        return Math.round(1e9 / rateHz);
    }

    /** The same with newer totals. */
    public RecordingInfo withCounters(Counters newer) {
        return new RecordingInfo(process, startedUnixNs, startedMonoNs, rateHz, features, newer, end, complete, live);
    }

    /** The same when it no longer grows. */
    public RecordingInfo ended(@Nullable End how, boolean whole) {
        return new RecordingInfo(process, startedUnixNs, startedMonoNs, rateHz, features, counters, how, whole, false);
    }

    /** The recorded program. */
    public record ProcessInfo(
            int pid,
            List<String> command,
            String executable,
            String python,
            boolean freeThreadedBuild,
            boolean gilEnabled,
            int cores,
            String host) {
        /** How a program runs, in words. */
        public static final String GIL_BUILD = "GIL build";

        public static final String GIL_ON = "free-threaded, GIL on";
        public static final String FREE_THREADED = "free-threaded";

        /** One of those. */
        public String configuration() {
            return !freeThreadedBuild ? GIL_BUILD : gilEnabled ? GIL_ON : FREE_THREADED;
        }
    }

    /** Totals since the start of the recording; the names are the wire's. */
    public record Counters(
            long missedTicks,
            long samples,
            long tornSamples,
            long trimmedSamples,
            long agentCpuNs,
            long droppedBatches) {
        public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0);
    }

    /** How the recording ended; {@code exitCode} is null where the agent was not the program's parent. */
    public record End(String reason, @Nullable Integer exitCode, @Nullable String message) {}
}

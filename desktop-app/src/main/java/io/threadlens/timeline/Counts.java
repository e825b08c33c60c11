package io.threadlens.timeline;

import io.threadlens.recording.Recording;
import java.util.concurrent.CompletableFuture;

/** All that is counted of a recording before it is shown. */
public record Counts(StateTimes times, BusyCores busy, CpuTimes cpu, WaitIndex waits, HoldIndex holds) {
    /** Counts it, several things at a time: a long recording has millions of waits. Not for the JavaFX thread. */
    public static Counts of(Recording recording) {
        CompletableFuture<WaitIndex> waits = CompletableFuture.supplyAsync(() -> WaitIndex.of(recording));
        CompletableFuture<HoldIndex> holds = CompletableFuture.supplyAsync(() -> HoldIndex.of(recording));
        StateTimes times = StateTimes.of(recording);
        return new Counts(times, BusyCores.of(times), CpuTimes.of(recording), waits.join(), holds.join());
    }
}

package io.threadlens.analysis;

import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import java.util.List;

/**
 * What the rules judge by, found out once for all of them.
 *
 * @param threads by number, as are {@code states}
 */
record Facts(
        Recording recording,
        List<ThreadInfo> threads,
        List<StateSeconds> states,
        long samples,
        Report.BusyCores busy,
        BusyCount.Crowd crowd,
        List<Report.GilChange> gilChanges,
        List<LockContention> contention,
        PauseSummary pauses,
        List<Deadlock> deadlocks) {
    /** Share of the time for which more threads want a core than there are. */
    private static final double CROWDED_TIME = 0.3;
    /** Threads that want a core, for each core. */
    private static final double CROWD = 2.5;

    ProcessInfo process() {
        return recording.info().process();
    }

    int cores() {
        return process().cores();
    }

    /** Time that was seen. */
    double seenSeconds() {
        return busy.secondsAt().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Time of all threads in a state. */
    double seconds(ThreadState state) {
        return states.stream().mapToDouble(thread -> thread.of(state)).sum();
    }

    /**
     * Time in which threads had something to do, and a core for it, or waited for each other. One that was without a core may have lost it to another
     * program; but one that was woken and is not on a core yet still waits.
     */
    double activeSeconds() {
        double waited = contention.stream().mapToDouble(LockContention::waitSeconds).sum();
        return seconds(ThreadState.RUNNING) + seconds(ThreadState.NATIVE) + seconds(ThreadState.IO) + Math.max(waited, waitingSeconds());
    }

    /** Time that threads waited for each other, whatever for. */
    double waitingSeconds() {
        return seconds(ThreadState.LOCK) + seconds(ThreadState.GIL) + seconds(ThreadState.PAUSED);
    }

    /** Whether many more threads want a core than there are, and lose more by it than by waiting for each other. */
    boolean isCrowded() {
        return crowd.seconds() >= CROWDED_TIME * seenSeconds() && crowd.wanted() >= CROWD * cores() && crowd.excessSeconds() >= waitingSeconds();
    }

    /**
     * A loss as a share of {@link #activeSeconds}, but at least of one thread's whole time: what has little to do can lose little of weight. In a crowd
     * the time without a core counts as well: who waits for another there would wait for a core otherwise.
     */
    double share(double costSeconds) {
        double whole = Math.max(activeSeconds() + (isCrowded() ? crowd.excessSeconds() : 0), seenSeconds());
        return whole == 0 ? 0 : costSeconds / whole;
    }

    /** A thread's name, or its native id. */
    String name(int thread) {
        if (thread >= threads.size()) {
            return "a new thread"; // of a live recording, newer than these facts
        }
        ThreadInfo info = threads.get(thread);
        return info.name() == null ? "thread " + info.tid() : info.name();
    }
}

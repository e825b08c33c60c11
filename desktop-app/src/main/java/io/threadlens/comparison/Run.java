package io.threadlens.comparison;

import io.threadlens.analysis.FoughtOver;
import io.threadlens.analysis.PauseSummary;
import io.threadlens.analysis.Report;
import io.threadlens.analysis.Report.FunctionPart;
import io.threadlens.analysis.StateSeconds;
import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is compared of one recording; the recording itself may be closed. Times are seconds.
 *
 * @param file      where it is; null where it is not saved
 * @param recording what its report would say of it, as {@code process}
 * @param wall      from the first tick to the end of the last
 * @param cpu       of the program's threads, by the kernel's count; null where there is none
 * @param states    time of all threads by state
 * @param busyCores seen time with 0, 1, 2 … busy cores; the last element also has what seemed to be more
 * @param wanted    as many threads wanted a core at once for at least 1 % of the time
 * @param losses    on as many cores as that, or as there are
 * @param functions most time of their own first
 * @param lines     the same of single lines
 * @param fought    objects whose reference counts were fought over, most time first
 * @param pauses    stop-the-world
 * @param taken     of the cores that its threads wanted, the share that other programs had: see {@link Noise}
 * @param predicted how much faster it could be without the GIL at most; null where it ran without it
 */
public record Run(
        RecordingInfo info,
        @Nullable String file,
        Report.RecordingPart recording,
        Report.ProcessPart process,
        double wall,
        @Nullable Double cpu,
        StateSeconds states,
        List<Double> busyCores,
        int wanted,
        Losses losses,
        List<ThreadFigures> threads,
        List<FunctionPart> functions,
        List<LineFigures> lines,
        List<LockFigures> locks,
        List<FoughtOver> fought,
        PauseSummary pauses,
        double taken,
        @Nullable Prediction predicted) {
    /** Share of the looks that find a change where threads do nothing but count. */
    private static final double FULL_FIGHT = 0.4;

    /** Busy cores on average over the seen time. */
    public double meanBusyCores() {
        double seen = 0;
        double sum = 0;
        for (int busy = 0; busy < busyCores.size(); busy++) {
            seen += busyCores.get(busy);
            sum += busy * busyCores.get(busy);
        }
        return seen == 0 ? 0 : sum / seen;
    }

    /** Why it does not count as a run of the whole program; null where it ended by itself, and well. */
    public @Nullable String failure() {
        RecordingInfo.End end = info.end();
        if (end == null) {
            return "it was cut short";
        }
        Integer code = end.exitCode();
        return switch (end.reason()) {
            case "exited" -> code == null || code == 0 ? null : "it ended with exit code " + code;
            case "killed" -> "it was killed" + (code == null ? "" : " by signal " + Math.abs(code));
            default -> null;
        };
    }

    /** Whether the recording ended with the program, and not when its time was up or somebody stopped it. */
    public boolean isWhole() {
        RecordingInfo.End end = info.end();
        return info.complete() && end != null && (end.reason().equals("exited") || end.reason().equals("killed"));
    }

    /**
     * What fights over reference counts cost at most: the time for which threads were at it at once, or a part of that where they were not at it all the time. Of two
     * that count as fast as they can, each look finds the count changed or as it was, as chance has it.
     */
    public double refcounts() {
        return fought.stream().mapToDouble(one -> one.seconds() / Math.max(one.share(), FULL_FIGHT)).sum();
    }

    /**
     * @param role   the function it was started for, with its file
     * @param start  since the beginning of the recording
     * @param states of its life; what nobody saw of it is unknown
     * @param top    the functions in which it had most to do, with their files' names, and for how long
     */
    public record ThreadFigures(
            int number, int tid, @Nullable String name, String role, double start, double end, StateSeconds states, Map<String, Double> top) {}

    /** A line, and the time for which it was the innermost call. */
    public record LineFigures(Frame line, StateSeconds own) {}

    /**
     * Locks that are one to a person: of one name up to an index, or of one type and waited for at the same place.
     *
     * @param label  their name; null where they have none
     * @param place  where most of the waiting is, if one place has the most of it; null unknown
     * @param holder where they are held for most of the time, likewise
     * @param seconds of waits
     */
    public record LockFigures(LossClass kind, @Nullable String type, @Nullable String label, @Nullable Frame place, @Nullable Frame holder, double seconds, long waits) {}
}

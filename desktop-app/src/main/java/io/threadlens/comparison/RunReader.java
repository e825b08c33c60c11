package io.threadlens.comparison;

import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Part;
import io.threadlens.analysis.PauseSummary;
import io.threadlens.analysis.Refcounts;
import io.threadlens.analysis.Report;
import io.threadlens.analysis.StackTimes;
import io.threadlens.analysis.StateSeconds;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.ThreadRoles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads of a recording all that is compared, from what is counted already when it is saved: its rows are not read. */
public final class RunReader {
    private final Recording recording;
    private final StateTimes times;
    private final TimeRange range;

    private RunReader(Recording recording) {
        this.recording = recording;
        times = StateTimes.of(recording);
        range = times.range();
    }

    /**
     * @param viewed a recording that was opened to be looked at: its chunks have their summaries
     * @param file   where it is, or null
     */
    public static Run read(Recording viewed, @Nullable String file) {
        return new RunReader(viewed).run(file);
    }

    private Run run(@Nullable String file) {
        ThreadRoles roles = new ThreadRoles(times);
        List<String> roleOf = times.threads().stream().map(thread -> roles.of(thread.number())).toList();
        LossReader reader = new LossReader(times);
        int cores = Math.max(1, recording.info().process().cores());
        LockClasses classes = LockClasses.of(recording);
        LossReader.Crowd crowd = reader.crowd(cores);
        int wanted = crowd.most();
        Losses losses = reader.losses(Math.min(cores, wanted), WaitShares.of(recording, classes, range), EarlyEnds.of(times, roleOf));
        CoreTime time = CoreTime.of(times, CpuTimes.of(recording));
        CallTimes calls = CallTimes.of(recording, Part.of(range));
        StateSeconds states = new StateSeconds(times.livedBetweenTogether(range.startNs(), range.endNs()));
        TopFunctions tops = TopFunctions.of(recording, times.threads().size());
        return new Run(
                recording.info(),
                file,
                Report.RecordingPart.of(recording, file, recording.tickCount(), recording.info().counters().samples()),
                Report.ProcessPart.of(recording),
                StateSeconds.seconds(range.lengthNs()),
                time.counted() ? (Double) StateSeconds.seconds(time.cpu()) : null,
                states,
                Arrays.stream(crowd.busy()).mapToObj(StateSeconds::seconds).toList(),
                wanted,
                time.counted() ? losses.withWork(StateSeconds.seconds(time.work())) : losses,
                times.threads().stream().map(thread -> thread(thread, roleOf.get(thread.number()), tops)).toList(),
                calls.functions(),
                lines(calls.stacks()),
                LockReader.locks(recording, classes),
                Refcounts.of(recording),
                PauseSummary.of(recording, states.of(ThreadState.PAUSED)),
                crowd.taken(),
                Prediction.of(times));
    }

    private Run.ThreadFigures thread(ThreadInfo thread, String role, TopFunctions tops) {
        TimeRange life = times.lifetime(thread.number());
        return new Run.ThreadFigures(
                thread.number(),
                thread.tid(),
                thread.name(),
                role,
                StateSeconds.seconds(life.startNs() - range.startNs()),
                StateSeconds.seconds(life.endNs() - range.startNs()),
                new StateSeconds(times.livedBetween(thread.number(), range.startNs(), range.endNs())),
                tops.of(thread.number()));
    }

    private List<Run.LineFigures> lines(StackTimes stacks) {
        Map<Frame, long[]> own = new HashMap<>();
        stacks.visit((stack, states) -> {
            Frame leaf = recording.leaf(stack);
            if (leaf != null && leaf.line() > 0) {
                long[] sum = own.computeIfAbsent(leaf, line -> new long[ThreadState.COUNT]);
                for (int state = 0; state < sum.length; state++) {
                    sum[state] += states[state];
                }
            }
        });
        List<Run.LineFigures> lines = new ArrayList<>();
        own.forEach((line, sum) -> lines.add(new Run.LineFigures(line, new StateSeconds(sum))));
        lines.sort(Comparator.comparingDouble((Run.LineFigures line) -> line.own().total()).reversed());
        return lines;
    }
}

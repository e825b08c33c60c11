package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a thread did in a short stretch of time: that of a pixel, say.
 *
 * @param states      time per state, what nobody saw being unknown
 * @param longest     the wait that has the most of its time in the stretch; null where there is none
 * @param longestNs   how long that went on altogether
 * @param function    the function that was innermost for the most time; null where there is none, or too much to read
 * @param functionNs  for how much of the stretch
 */
public record StretchSummary(
        TimeRange stretch, long[] states, Recording.@Nullable Wait longest, long longestNs, @Nullable Frame function, long functionNs) {
    private static final int MOST_RUNS = 4_000;

    public static StretchSummary of(StateTimes times, WaitIndex waits, int thread, TimeRange stretch) {
        Recording.Wait longest = waits.longestOf(thread, stretch);
        Map<Function, Long> byFunction = functions(times, thread, stretch);
        Map.Entry<Function, Long> most = byFunction.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        return new StretchSummary(
                stretch,
                times.livedBetween(thread, stretch.startNs(), stretch.endNs()),
                longest,
                longest == null ? 0 : longest.end() - longest.start(),
                most == null ? null : most.getKey().frame(),
                most == null ? 0 : most.getValue());
    }

    /** Without the line that was being executed. */
    private record Function(@Nullable String function, @Nullable String file, int firstLine) {
        Frame frame() {
            return new Frame(function, file, firstLine, firstLine);
        }
    }

    private static Map<Function, Long> functions(StateTimes times, int thread, TimeRange stretch) {
        Recording recording = times.recording();
        int last = times.tickAt(stretch.endNs() - 1);
        Map<Function, Long> sums = new HashMap<>();
        ThreadRows rows = times.rows(thread);
        boolean more = rows.seek(times.tickAt(stretch.startNs())) || rows.next();
        for (int seen = 0; more && rows.tick() <= last; more = rows.next()) {
            if (++seen > MOST_RUNS) {
                return Map.of();
            }
            Frame leaf = recording.leaf(rows.stack());
            long time = times.seen().until(Math.min(stretch.endNs(), recording.tickEnd(rows.endTick() - 1)))
                    - times.seen().until(Math.max(stretch.startNs(), recording.tickTime(rows.tick())));
            if (leaf != null && time > 0) {
                sums.merge(new Function(leaf.function(), leaf.file(), leaf.firstLine()), time, Long::sum);
            }
        }
        return sums;
    }
}

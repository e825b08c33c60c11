package io.threadlens.analysis;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.List;

/** The functions of a part of a recording, with their times: of a range, and of all threads or one. */
public final class RangeFunctions {
    public static final int ALL_THREADS = -1;

    private RangeFunctions() {}

    /**
     * Reads the runs of the chunks that the range touches, so a short range costs little whatever the recording's length.
     *
     * @param thread a thread's number, or {@link #ALL_THREADS}
     */
    public static List<Report.FunctionPart> of(Recording recording, TimeRange range, int thread) {
        // Asked for first: a live recording's runs may speak of newer ticks and threads; these are left out.
        int ticks = recording.tickCount();
        int threads = recording.threads().size();
        int firstTick = Math.max(0, recording.tickAt(range.startNs()));
        int endTick = Math.min(ticks, recording.tickAt(range.endNs()) + 1);
        FunctionTimes functions = new FunctionTimes();
        for (SampleChunk chunk : recording.chunks()) {
            int from = Math.max(firstTick, chunk.firstTick());
            int to = Math.min(endTick, chunk.endTick());
            if (from >= to) {
                continue;
            }
            TickTimes times = new TickTimes(recording, from, to, range);
            for (int t = 0; t < threads; t++) {
                if (thread == ALL_THREADS || thread == t) {
                    add(functions, chunk, t, from, to, times);
                }
            }
        }
        return functions.result(recording);
    }

    private static void add(FunctionTimes functions, SampleChunk chunk, int thread, int from, int to, TickTimes times) {
        int end = chunk.endRow(thread);
        for (int row = chunk.firstRow(thread); row < end; row++) {
            int first = Math.max(from, chunk.tick(row));
            int last = Math.min(to, chunk.tick(row) + chunk.count(row));
            long ns = first < last ? times.of(first, last - first) : 0;
            if (ns > 0) {
                functions.add(chunk.stack(row), chunk.state(row), ns);
            }
        }
    }
}

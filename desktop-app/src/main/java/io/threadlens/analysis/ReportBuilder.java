package io.threadlens.analysis;

import io.threadlens.model.RecordingInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes a {@link Report}: what the runs say in one pass over them, then contention, deadlocks and findings. */
public final class ReportBuilder {
    private final Recording recording;
    private final int ticks;
    private final List<ThreadInfo> threads;
    private final long[][] states;
    private final long[] samples;
    private final Map<Integer, Long> coreNs = new TreeMap<>();
    private final StackTimes stacks = new StackTimes();
    private final BusyCount busy;
    private long sampleCount;

    private ReportBuilder(Recording recording) {
        this.recording = recording;
        // Asked for after the threads and ticks, a live recording's runs may speak of newer ones; these are left out.
        ticks = recording.tickCount();
        threads = recording.threads();
        states = new long[threads.size()][ThreadState.COUNT];
        samples = new long[threads.size()];
        busy = new BusyCount(recording);
    }

    /**
     * @param file where the recording is, or null
     */
    public static Report of(Recording recording, @Nullable String file) {
        ReportBuilder builder = new ReportBuilder(recording);
        builder.readRuns();
        return builder.report(file);
    }

    private void readRuns() {
        List<SampleChunk> chunks = recording.chunks();
        int[] settled = BusyCount.settledBefore(chunks);
        for (int i = 0; i < settled.length; i++) {
            SampleChunk chunk = chunks.get(i);
            if (chunk.endTick() > ticks) {
                break;
            }
            busy.settle(settled[i]);
            TickTimes times = new TickTimes(recording, chunk.firstTick(), chunk.endTick());
            for (int thread = 0; thread < states.length; thread++) {
                readRuns(chunk, thread, times);
            }
        }
        busy.settle(ticks);
    }

    private void readRuns(SampleChunk chunk, int thread, TickTimes times) {
        int end = chunk.endRow(thread);
        for (int row = chunk.firstRow(thread); row < end; row++) {
            int tick = chunk.tick(row);
            int count = chunk.count(row);
            int state = chunk.state(row);
            long ns = times.of(tick, count);
            states[thread][state] += ns;
            samples[thread] += count;
            sampleCount += count;
            stacks.add(chunk.stack(row), state, ns);
            if (ThreadState.of(state).isBusy()) {
                busy.addBusy(tick, count);
                int core = chunk.core(row);
                if (core >= 0) {
                    coreNs.merge(core, ns, Long::sum);
                }
            } else if (state == ThreadState.RUNNABLE.code()) {
                busy.addReady(tick, count);
            }
        }
    }

    private Report report(@Nullable String file) {
        RecordingInfo info = recording.info();
        long start = ticks == 0 ? info.startedMonoNs() : recording.tickTime(0);
        long end = ticks == 0 ? start : recording.tickEnd(ticks - 1);
        List<Report.ThreadPart> threadParts = threadParts(start, end);
        List<StateSeconds> threadStates = threadParts.stream().map(Report.ThreadPart::states).toList();
        double lostToPauses = threadStates.stream().mapToDouble(thread -> thread.of(ThreadState.PAUSED)).sum();
        Report.ProcessPart process = Report.ProcessPart.of(recording);
        Facts facts = new Facts(
                recording,
                threads,
                threadStates,
                sampleCount,
                busy.result(),
                busy.crowd(),
                process.gilChanges(),
                Contention.of(recording),
                PauseSummary.of(recording, lostToPauses),
                Deadlocks.of(recording));
        return new Report(
                Report.RecordingPart.of(recording, file, ticks, sampleCount),
                process,
                threadParts,
                facts.busy(),
                coreNs.entrySet().stream()
                        .map(entry -> new Report.CorePart(entry.getKey(), StateSeconds.seconds(entry.getValue())))
                        .toList(),
                CallTimes.of(recording, stacks, new FunctionTree.Growing(recording)).functions(),
                facts.contention(),
                SignalWaits.of(recording),
                facts.pauses(),
                facts.deadlocks(),
                List.of(),
                Findings.of(facts));
    }

    private List<Report.ThreadPart> threadParts(long start, long end) {
        Recording.CpuRow[] first = new Recording.CpuRow[threads.size()];
        Recording.CpuRow[] last = new Recording.CpuRow[threads.size()];
        for (Recording.CpuRow row : recording.cpu()) {
            if (row.thread() < last.length) {
                first[row.thread()] = first[row.thread()] == null ? row : first[row.thread()];
                last[row.thread()] = row;
            }
        }
        List<Report.ThreadPart> parts = new ArrayList<>();
        for (ThreadInfo thread : threads) {
            int number = thread.number();
            long from = Math.clamp(thread.startNs(), start, end);
            long to = thread.endNs() < 0 ? end : Math.clamp(thread.endNs(), from, end);
            Recording.CpuRow a = first[number];
            Recording.CpuRow b = last[number];
            // What a thread used before the recording began is not part of it; one that began later brought nothing along.
            boolean young = thread.startNs() > start;
            parts.add(new Report.ThreadPart(
                    thread.tid(),
                    thread.name(),
                    StateSeconds.seconds(from - start),
                    StateSeconds.seconds(to - start),
                    samples[number],
                    a == null ? null : (Double) StateSeconds.seconds(b.cpu() - (young ? 0 : a.cpu())),
                    a == null ? null : (Double) StateSeconds.seconds(b.delay() - (young ? 0 : a.delay())),
                    new StateSeconds(withUnseen(states[number], to - from))));
        }
        return parts;
    }

    /** What of a thread's life no sample speaks of is unknown as well. */
    private static long[] withUnseen(long[] seen, long lifeNs) {
        long[] all = seen.clone();
        long sum = 0;
        for (long ns : seen) {
            sum += ns;
        }
        all[ThreadState.UNKNOWN.code()] += Math.max(0, lifeNs - sum);
        return all;
    }
}

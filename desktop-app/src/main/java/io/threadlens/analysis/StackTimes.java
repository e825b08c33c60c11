package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Profile;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Time by stack and state of a part of a recording: what functions, call trees and flame graphs are made of. */
public final class StackTimes {
    /** Is told the times of one stack, ns by {@link ThreadState#code()}; the array is used again. */
    public interface Visitor {
        void stack(int stack, long[] states);
    }

    private long[][] byStack = new long[256][];
    private final long[] unknown = new long[ThreadState.COUNT];

    StackTimes() {}

    /**
     * Of a chunk that lies in the part as a whole the profile says it all, where it is saved; of the others the rows in the part are read. So
     * a range costs little whatever its length; moments cost a look at all rows.
     */
    public static StackTimes of(Recording recording, Part part) {
        // Asked for first: a live recording's runs may speak of newer ticks and threads; these are left out.
        int ticks = recording.tickCount();
        int threads = recording.threads().size();
        int firstTick = Math.max(0, recording.tickAt(part.range().startNs()));
        int endTick = Math.min(ticks, recording.tickAt(part.range().endNs()) + 1);
        List<SampleChunk> touched = recording.chunks().stream()
                .filter(chunk -> Math.max(firstTick, chunk.firstTick()) < Math.min(endTick, chunk.endTick()))
                .toList();
        return touched.parallelStream()
                .collect(StackTimes::new, (sum, chunk) -> sum.add(recording, chunk, firstTick, endTick, threads, part), StackTimes::add);
    }

    private void add(Recording recording, SampleChunk chunk, int firstTick, int endTick, int threads, Part part) {
        Summary summary = chunk.summary();
        if (summary != null && part.moments() == null && isWithin(recording, chunk, part.range(), endTick)) {
            add(summary.profile(), part);
            return;
        }
        int from = Math.max(firstTick, chunk.firstTick());
        int to = Math.min(endTick, chunk.endTick());
        TickTimes times = new TickTimes(recording, from, to, part);
        for (int i = 0; i < chunk.threads(); i++) {
            int thread = chunk.thread(i);
            if (thread < threads && part.has(thread)) {
                add(chunk, thread, from, to, times);
            }
        }
    }

    /** Whether all the time that the ticks of a chunk stand for is in a range. */
    private static boolean isWithin(Recording recording, SampleChunk chunk, TimeRange range, int endTick) {
        return chunk.endTick() <= endTick
                && range.startNs() <= recording.tickTime(chunk.firstTick())
                && recording.tickEnd(chunk.endTick() - 1) <= range.endNs();
    }

    private void add(Profile profile, Part part) {
        Set<Integer> threads = part.threads();
        if (threads == null) {
            add(profile, 0, profile.rows());
        } else {
            for (int thread : threads) {
                add(profile, profile.firstRow(thread), profile.endRow(thread));
            }
        }
    }

    private void add(Profile profile, int from, int to) {
        for (int row = from; row < to; row++) {
            add(profile.stack(row), profile.state(row), profile.time(row));
        }
    }

    private void add(SampleChunk chunk, int thread, int from, int to, TickTimes times) {
        int end = chunk.endRow(thread);
        for (int row = SampleRuns.firstRow(chunk, thread, from); row < end && chunk.tick(row) < to; row++) {
            int first = Math.max(from, chunk.tick(row));
            int last = Math.min(to, chunk.tick(row) + chunk.count(row));
            add(chunk.stack(row), chunk.state(row), times.of(first, last - first));
        }
    }

    private void add(StackTimes more) {
        more.visit((stack, states) -> {
            for (int state = 0; state < states.length; state++) {
                add(stack, state, states[state]);
            }
        });
        for (int state = 0; state < unknown.length; state++) {
            unknown[state] += more.unknown[state];
        }
    }

    void add(int stack, int state, long ns) {
        if (ns == 0) {
            return;
        }
        if (stack < 0) {
            unknown[state] += ns;
            return;
        }
        if (stack >= byStack.length) {
            byStack = Arrays.copyOf(byStack, Math.max(stack + 1, byStack.length * 2));
        }
        if (byStack[stack] == null) {
            byStack[stack] = new long[ThreadState.COUNT];
        }
        byStack[stack][state] += ns;
    }

    /** The stacks that have time, in ascending order; a caller's number is less than that of what it calls. */
    public void visit(Visitor visitor) {
        for (int stack = 0; stack < byStack.length; stack++) {
            if (byStack[stack] != null) {
                visitor.stack(stack, byStack[stack]);
            }
        }
    }

    /** Time by state of samples whose stack is not known. */
    public long[] unknown() {
        return unknown.clone();
    }
}

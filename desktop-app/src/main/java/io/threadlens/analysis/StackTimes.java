package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.Arrays;

/** Time by stack and state of a part of a recording: what functions, call trees and flame graphs are made of. */
public final class StackTimes {
    /** Is told the times of one stack, ns by {@link ThreadState#code()}; the array is used again. */
    public interface Visitor {
        void stack(int stack, long[] states);
    }

    private long[][] byStack = new long[256][];
    private final long[] unknown = new long[ThreadState.COUNT];

    StackTimes() {}

    /** Reads the runs of the chunks that the range touches, so a short range costs little whatever the recording's length. */
    public static StackTimes of(Recording recording, Part part) {
        // Asked for first: a live recording's runs may speak of newer ticks and threads; these are left out.
        int ticks = recording.tickCount();
        int threads = recording.threads().size();
        int firstTick = Math.max(0, recording.tickAt(part.range().startNs()));
        int endTick = Math.min(ticks, recording.tickAt(part.range().endNs()) + 1);
        StackTimes sum = new StackTimes();
        for (SampleChunk chunk : recording.chunks()) {
            int from = Math.max(firstTick, chunk.firstTick());
            int to = Math.min(endTick, chunk.endTick());
            if (from >= to) {
                continue;
            }
            TickTimes times = new TickTimes(recording, from, to, part);
            for (int thread = 0; thread < threads; thread++) {
                if (part.has(thread)) {
                    sum.add(chunk, thread, from, to, times);
                }
            }
        }
        return sum;
    }

    private void add(SampleChunk chunk, int thread, int from, int to, TickTimes times) {
        int end = chunk.endRow(thread);
        for (int row = chunk.firstRow(thread); row < end; row++) {
            int first = Math.max(from, chunk.tick(row));
            int last = Math.min(to, chunk.tick(row) + chunk.count(row));
            long ns = first < last ? times.of(first, last - first) : 0;
            if (ns > 0) {
                add(chunk.stack(row), chunk.state(row), ns);
            }
        }
    }

    void add(int stack, int state, long ns) {
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

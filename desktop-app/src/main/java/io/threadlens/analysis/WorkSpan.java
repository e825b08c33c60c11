package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import org.jspecify.annotations.Nullable;

/**
 * From when to when a thread had something to do.
 *
 * @param endTick the tick at which nearly all of it was done: being told that there is no more does not count
 * @param ticks   at which it had
 * @param entry   the function that the thread was started with; null where no stack is known
 */
record WorkSpan(int thread, int startTick, int endTick, int ticks, @Nullable Function entry) {
    private static final double NEARLY_ALL = 0.98;

    static WorkSpan of(SampleRuns runs, Stacks stacks, int thread, TickAxis axis) {
        Reader reader = new Reader(stacks);
        runs.visit(thread, axis.first(), axis.end(), reader::count);
        reader.works = false;
        runs.visit(thread, axis.first(), axis.end(), reader::findEnd);
        return new WorkSpan(thread, reader.start, reader.end, reader.ticks, reader.entry);
    }

    private static final class Reader {
        private final Stacks stacks;
        private int start = -1;
        private int end;
        private int ticks;
        private int soFar;
        private boolean works;
        private @Nullable Function entry;

        Reader(Stacks stacks) {
            this.stacks = stacks;
        }

        void count(int from, int to, byte state, byte flags, int stack) {
            if (works(state)) {
                ticks += to - from;
                start = start < 0 ? from : start;
            }
            if (entry == null) {
                entry = entryOf(stack);
            }
        }

        void findEnd(int from, int to, byte state, byte flags, int stack) {
            int until = (int) Math.ceil(NEARLY_ALL * ticks);
            if (works(state) && soFar < until) {
                end = from + Math.min(to - from, until - soFar);
                soFar += to - from;
            }
        }

        /** Without a core it is as before: one that was woken does not know yet whether there is something to do. */
        private boolean works(byte state) {
            if (state != ThreadState.RUNNABLE.code()) {
                works = ThreadState.of(state).isActive();
            }
            return works;
        }

        private @Nullable Function entryOf(int stack) {
            for (Frame call : stacks.calls(stack)) {
                if (call.file() == null || !call.file().endsWith("threading.py")) {
                    return Function.of(call);
                }
            }
            return null;
        }
    }
}

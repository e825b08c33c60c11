package io.threadlens.synthetic;

import io.threadlens.model.ThreadState;
import java.util.Arrays;

/** What a made-up thread does from where it has been written on: stretches of ticks without a gap, in order. */
final class Script {
    private final int thread;
    private int[] until = new int[16];
    private byte[] state = new byte[16];
    private short[] core = new short[16];
    private int[] stack = new int[16];
    private int count;
    /** From which tick on nothing has been written. */
    private int from;
    private int end;

    Script(int thread) {
        this.thread = thread;
    }

    int thread() {
        return thread;
    }

    /** The first tick for which nothing is said yet. */
    int end() {
        return end;
    }

    void add(int ticks, ThreadState newState, int newCore, int newStack) {
        if (count == until.length) {
            until = Arrays.copyOf(until, 2 * count);
            state = Arrays.copyOf(state, 2 * count);
            core = Arrays.copyOf(core, 2 * count);
            stack = Arrays.copyOf(stack, 2 * count);
        }
        end += ticks;
        until[count] = end;
        state[count] = newState.code();
        core[count] = (short) newCore;
        stack[count] = newStack;
        count++;
    }

    /** Writes what is said of the ticks up to the end of a batch; what is said beyond stays. */
    void writeTo(Batch batch) {
        int endTick = batch.endTick();
        int done = 0;
        while (from < endTick) {
            int to = Math.min(until[done], endTick);
            batch.run(thread, from, to, ThreadState.of(state[done]), core[done], stack[done]);
            from = to;
            if (to == until[done]) {
                done++;
            }
        }
        count -= done;
        System.arraycopy(until, done, until, 0, count);
        System.arraycopy(state, done, state, 0, count);
        System.arraycopy(core, done, core, 0, count);
        System.arraycopy(stack, done, stack, 0, count);
    }
}

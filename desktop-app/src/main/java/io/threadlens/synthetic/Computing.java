package io.threadlens.synthetic;

import io.threadlens.model.ThreadState;
import java.util.SplittableRandom;

/** Writes of a thread that it is on a core, in one stack after another. */
final class Computing {
    static final int CORES = 32;

    private static final int STACKS = 48;
    /** Of a hundred stretches, how many are native, and how many wait for a core. */
    private static final int NATIVE = 10;

    private static final int RUNNABLE = 5;
    private static final int MOVES_EVERY = 30;

    private final Script script;
    private final int[] stacks;
    private final SplittableRandom random;
    private final int longest;
    private int core;

    /** @param longest ticks after which the stack is another at the latest */
    Computing(Script script, int[] stacks, int longest, SplittableRandom random) {
        this.script = script;
        this.stacks = stacks;
        this.longest = longest;
        this.random = random;
        core = random.nextInt(CORES);
    }

    static Computing of(Script script, Role role, int longest, StackTree tree, SplittableRandom random) {
        return new Computing(script, tree.some(role, STACKS, random), longest, random);
    }

    void go(int ticks) {
        for (int left = ticks; left > 0; ) {
            int length = Math.min(left, 1 + random.nextInt(longest));
            stretch(length);
            left -= length;
        }
    }

    private void stretch(int length) {
        if (random.nextInt(MOVES_EVERY) == 0) {
            core = random.nextInt(CORES);
        }
        int kind = random.nextInt(100);
        if (kind < RUNNABLE) {
            script.add(length, ThreadState.RUNNABLE, -1, stack());
        } else {
            script.add(length, kind < RUNNABLE + NATIVE ? ThreadState.NATIVE : ThreadState.RUNNING, core, stack());
        }
    }

    /** One of its stacks; some far more often than others. */
    int stack() {
        return stacks[(int) (random.nextDouble() * random.nextDouble() * stacks.length)];
    }
}

package io.threadlens.recording;

import io.threadlens.model.Frame;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stacks and their calls, as they were at a moment. Immutable; a later one shares what both have. */
final class StackTable {
    private final Frame[] frames;
    private final int frameCount;
    private final int[] parents;
    private final int[] leaves;
    private final int stackCount;

    StackTable(Frame[] frames, int frameCount, int[] parents, int[] leaves, int stackCount) {
        this.frames = frames;
        this.frameCount = frameCount;
        this.parents = parents;
        this.leaves = leaves;
        this.stackCount = stackCount;
    }

    int frameCount() {
        return frameCount;
    }

    int stackCount() {
        return stackCount;
    }

    int parent(int stack) {
        return stack < 0 ? -1 : parents[check(stack)];
    }

    int frameOf(int stack) {
        return stack < 0 ? -1 : leaves[check(stack)];
    }

    @Nullable Frame leaf(int stack) {
        return stack < 0 ? null : frames[leaves[check(stack)]];
    }

    List<Frame> calls(int stack) {
        if (stack < 0) {
            return List.of();
        }
        int depth = 0;
        for (int id = check(stack); id >= 0; id = parents[id]) {
            depth++;
        }
        Frame[] calls = new Frame[depth];
        for (int id = stack; id >= 0; id = parents[id]) {
            calls[--depth] = frames[leaves[id]];
        }
        return Collections.unmodifiableList(Arrays.asList(calls));
    }

    private int check(int stack) {
        if (stack >= stackCount) {
            throw new IndexOutOfBoundsException("stack " + stack + " of " + stackCount);
        }
        return stack;
    }

    /** Collects stacks; one thread. */
    static final class Growing {
        private Frame[] frames = new Frame[256];
        private int frameCount;
        private int[] parents = new int[256];
        private int[] leaves = new int[256];
        private int stackCount;

        void addFrame(Frame frame) {
            if (frameCount == frames.length) {
                frames = Arrays.copyOf(frames, frameCount * 2);
            }
            frames[frameCount++] = frame;
        }

        void addStack(int parent, int frame) {
            if (stackCount == parents.length) {
                parents = Arrays.copyOf(parents, stackCount * 2);
                leaves = Arrays.copyOf(leaves, stackCount * 2);
            }
            parents[stackCount] = parent;
            leaves[stackCount++] = frame;
        }

        int frameCount() {
            return frameCount;
        }

        int stackCount() {
            return stackCount;
        }

        StackTable snapshot() {
            return new StackTable(frames, frameCount, parents, leaves, stackCount);
        }
    }
}

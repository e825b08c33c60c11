package io.threadlens.synthetic;

import io.threadlens.model.Frame;
import io.threadlens.recording.RecordingWriter;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The code of the made-up program: a few thousand stacks, {@value #SHALLOWEST} to {@value #DEEPEST} calls deep. Each role has a part of the tree; most
 * stacks grow out of a recent one, so that siblings and long chains both occur.
 */
final class StackTree {
    private static final int SHALLOWEST = 5;
    private static final int DEEPEST = 40;
    private static final int STACKS = 6_000;
    private static final int FUNCTIONS = 900;
    private static final int FILES = 60;
    private static final int LINES = 4;
    /** One stack in so many begins a new branch near the root. */
    private static final int NEW_BRANCH = 40;
    private static final int RECENT = 12;

    private final Role[] roles = Role.values();
    private final int[][] ofRole = new int[roles.length][];

    /** Makes the tree and writes it. */
    StackTree(RecordingWriter writer, SplittableRandom random) {
        for (int function = 0; function < FUNCTIONS; function++) {
            int file = function % FILES;
            for (int line = 0; line < LINES; line++) {
                int first = 10 + 25 * (function / FILES);
                writer.frame(new Frame("Part" + function / 9 + ".step_" + function, "/app/lib/part_" + file + ".py", first, first + 2 + 5 * line));
            }
        }
        int stacks = 0;
        int each = STACKS / roles.length;
        for (int r = 0; r < roles.length; r++) {
            int[] depth = new int[each];
            int[] leaves = new int[each];
            int found = 0;
            for (int i = 0; i < each; i++) {
                int parent = i < SHALLOWEST
                        ? i - 1
                        : random.nextInt(NEW_BRANCH) == 0 ? SHALLOWEST - 1 : Math.max(SHALLOWEST - 1, i - 1 - random.nextInt(RECENT));
                while (parent >= 0 && depth[parent] == DEEPEST) {
                    parent--;
                }
                depth[i] = parent < 0 ? 1 : depth[parent] + 1;
                writer.stack(parent < 0 ? -1 : stacks + parent, random.nextInt(FUNCTIONS * LINES));
                if (depth[i] >= SHALLOWEST) {
                    leaves[found++] = stacks + i;
                }
            }
            stacks += each;
            ofRole[r] = Arrays.copyOf(leaves, found);
        }
    }

    /** Some of a role's stacks, those that a thread is in again and again. */
    int[] some(Role role, int count, SplittableRandom random) {
        int[] all = ofRole[role.ordinal()];
        int from = random.nextInt(all.length - count);
        return Arrays.copyOfRange(all, from, from + count);
    }
}

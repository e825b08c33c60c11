package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees of calls the other way round: a function, who called it, who called those. A node keeps the places of the tree of functions that it was reached from, and
 * where the walk up from each has come to; who is next is found when it is asked for.
 */
final class Callers {
    private final FunctionTree tree;
    /** The time of a place that is walked up from. */
    private final StateColumns times;

    Callers(FunctionTree tree, StateColumns times) {
        this.tree = tree;
        this.times = times;
    }

    /** Everything, by the innermost call. */
    CallNode root(int[] from) {
        long[] sum = sum(from);
        return new CallNode(null, sum, new long[ThreadState.COUNT], () -> split(from, from));
    }

    /** One function and its callers. */
    CallNode of(Function function, int[] from) {
        return node(function, from, from);
    }

    private CallNode node(@Nullable Function function, int[] from, int[] at) {
        int[] callers = new int[at.length];
        long[] self = new long[ThreadState.COUNT];
        int called = 0;
        int[] fromCalled = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            int caller = tree.parent(at[i]);
            if (caller == FunctionTree.ROOT) {
                times.addTo(self, from[i]);
            } else {
                fromCalled[called] = from[i];
                callers[called++] = caller;
            }
        }
        int[] stillFrom = Arrays.copyOf(fromCalled, called);
        int[] callersAt = Arrays.copyOf(callers, called);
        return new CallNode(function, sum(from), self, () -> split(stillFrom, callersAt));
    }

    /** A node for each function that the walks have come to. */
    private List<CallNode> split(int[] from, int[] at) {
        long[] order = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            order[i] = (long) tree.functionOf(at[i]) << 32 | i;
        }
        Arrays.sort(order);
        List<CallNode> found = new ArrayList<>();
        for (int start = 0, end; start < order.length; start = end) {
            int function = (int) (order[start] >> 32);
            end = start;
            while (end < order.length && (int) (order[end] >> 32) == function) {
                end++;
            }
            int[] partFrom = new int[end - start];
            int[] partAt = new int[end - start];
            for (int i = start; i < end; i++) {
                partFrom[i - start] = from[(int) order[i]];
                partAt[i - start] = at[(int) order[i]];
            }
            found.add(node(tree.function(function), partFrom, partAt));
        }
        return found;
    }

    private long[] sum(int[] from) {
        long[] sum = new long[ThreadState.COUNT];
        for (int place : from) {
            times.addTo(sum, place);
        }
        return sum;
    }
}

package io.threadlens.analysis;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree of calls: a function, reached by the functions above it. In a tree from the root its children are what it calls, in an inverted one those that
 * call it. Children are found when they are asked for. Safe from any thread; the arrays must not be changed.
 */
public final class CallNode implements CallPlace<CallNode> {
    private final @Nullable Function function;
    private final long[] times;
    private final long[] self;
    private final Supplier<List<CallNode>> open;
    private volatile @Nullable List<CallNode> children;

    CallNode(@Nullable Function function, long[] times, long[] self, Supplier<List<CallNode>> open) {
        this.function = function;
        this.times = times;
        this.self = self;
        this.open = open;
    }

    @Override
    public @Nullable Function function() {
        return function;
    }

    /** Time by state, ns. */
    public long[] times() {
        return times;
    }

    /** What of it none of the children has: there the function was the innermost call, or in an inverted tree the outermost. */
    public long[] self() {
        return self;
    }

    @Override
    public List<CallNode> children() {
        List<CallNode> found = children;
        if (found == null) {
            found = open.get();
            children = found;
        }
        return found;
    }
}

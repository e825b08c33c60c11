package io.threadlens.comparison;

import io.threadlens.analysis.CallPlace;
import io.threadlens.analysis.Function;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in the call trees of both sides: a function, reached by the functions above it. One side may not have it; its times are 0 there then. Safe from any
 * thread.
 */
public final class DifferenceNode implements CallPlace<DifferenceNode> {
    private final @Nullable Function inA;
    private final @Nullable Function inB;
    private final SideTimes times;
    private final SideTimes self;
    private final Supplier<List<DifferenceNode>> open;
    private volatile @Nullable List<DifferenceNode> children;

    DifferenceNode(@Nullable Function inA, @Nullable Function inB, SideTimes times, SideTimes self, Supplier<List<DifferenceNode>> open) {
        this.inA = inA;
        this.inB = inB;
        this.times = times;
        this.self = self;
        this.open = open;
    }

    /** As b has it, else as a has it. */
    @Override
    public @Nullable Function function() {
        return inB != null ? inB : inA;
    }

    /** Null where a does not have it, and at the root. */
    public @Nullable Function inA() {
        return inA;
    }

    /** Null where b does not have it, and at the root. */
    public @Nullable Function inB() {
        return inB;
    }

    /** With all that it called. */
    public SideTimes times() {
        return times;
    }

    /** As the innermost call. */
    public SideTimes self() {
        return self;
    }

    @Override
    public List<DifferenceNode> children() {
        List<DifferenceNode> found = children;
        if (found == null) {
            found = open.get();
            children = found;
        }
        return found;
    }
}

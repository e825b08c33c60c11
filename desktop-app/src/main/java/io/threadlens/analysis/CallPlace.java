package io.threadlens.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree of calls, whatever is known of it beside its function: what flame graphs are made of, and what is searched. Safe from any thread.
 *
 * @param <N> what the places of the tree are
 */
public interface CallPlace<N extends CallPlace<N>> {
    /** Null at the root, which stands for everything. */
    @Nullable Function function();

    /** In no order that means something; never two of one function. */
    List<N> children();
}

package io.threadlens.analysis;

import java.util.ArrayList;
import java.util.List;

/** The tree of calls from the root: who was called by whom. Leaves out what has no time. */
final class Callees {
    private final FunctionTree tree;
    private final StateColumns self;
    private final StateColumns total;
    /** The children of a node are those in {@code children} from {@code firstChild[node]} up to {@code firstChild[node + 1]}. */
    private final int[] firstChild;

    private final int[] children;

    Callees(FunctionTree tree, StateColumns self, StateColumns total) {
        this.tree = tree;
        this.self = self;
        this.total = total;
        int nodes = tree.nodes();
        int[] end = new int[nodes + 1];
        for (int node = 1; node < nodes; node++) {
            if (!total.isEmpty(node)) {
                end[tree.parent(node) + 1]++;
            }
        }
        for (int node = 0; node < nodes; node++) {
            end[node + 1] += end[node];
        }
        firstChild = end.clone();
        children = new int[end[nodes]];
        for (int node = 1; node < nodes; node++) {
            if (!total.isEmpty(node)) {
                children[end[tree.parent(node)]++] = node;
            }
        }
    }

    CallNode root() {
        return node(FunctionTree.ROOT);
    }

    private CallNode node(int node) {
        Function function = node == FunctionTree.ROOT ? null : tree.function(tree.functionOf(node));
        return new CallNode(function, total.row(node), self.row(node), () -> childrenOf(node));
    }

    private List<CallNode> childrenOf(int node) {
        List<CallNode> found = new ArrayList<>();
        for (int i = firstChild[node]; i < firstChild[node + 1]; i++) {
            found.add(node(children[i]));
        }
        return found;
    }
}

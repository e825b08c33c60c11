package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a part of a recording went, by who called whom: what call trees, flame graphs, tables of functions and the costs of lines are taken from. Times
 * by state, ns; they add up to those of the part's samples. Immutable.
 */
public final class CallTimes {
    private final Recording recording;
    private final StackTimes stacks;
    private final FunctionTree tree;
    /** Of each node of the tree, as the innermost call, and with all that it called. */
    private final StateColumns self;

    private final StateColumns total;
    /** What of the trees was opened once stays open. */
    private volatile @Nullable CallNode topDown;

    private volatile @Nullable CallNode bottomUp;

    private CallTimes(Recording recording, StackTimes stacks, FunctionTree tree, StateColumns self) {
        this.recording = recording;
        this.stacks = stacks;
        this.tree = tree;
        this.self = self;
        total = self.summedUp(tree::parent);
    }

    /** Counts a part by itself; who counts many of one recording has a {@link CallCounter}. */
    public static CallTimes of(Recording recording, Part part) {
        return new CallCounter().count(recording, part);
    }

    static CallTimes of(Recording recording, StackTimes stacks, FunctionTree.Growing merged) {
        // Merged first, for the columns are as long as the tree is then.
        stacks.visit((stack, times) -> merged.nodeOf(stack));
        FunctionTree tree = merged.snapshot();
        StateColumns self = new StateColumns(tree.nodes());
        stacks.visit((stack, times) -> self.add(merged.nodeOf(stack), times));
        self.add(FunctionTree.NOT_KNOWN, stacks.unknown());
        return new CallTimes(recording, stacks, tree, self);
    }

    /** Time by state of all samples of the part. */
    public long[] all() {
        return total.row(FunctionTree.ROOT);
    }

    /** How far apart the recording's samples are, ns. */
    public long periodNs() {
        return recording.info().periodNs();
    }

    /** What was called by whom, from the root on. */
    public CallNode topDown() {
        CallNode root = topDown;
        if (root == null) {
            root = new Callees(tree, self, total).root();
            topDown = root;
        }
        return root;
    }

    /** The innermost calls, and who called them. */
    public CallNode bottomUp() {
        CallNode root = bottomUp;
        if (root == null) {
            root = new Callers(tree, self).root(nodes(node -> !self.isEmpty(node)));
            bottomUp = root;
        }
        return root;
    }

    /** A function with all that it called, and who called it. Where it calls itself, only the outermost call counts. */
    public CallNode callersOf(Function function) {
        int number = numberOf(function);
        int[] outermost = nodes(node -> tree.functionOf(node) == number && !tree.repeats(node) && !total.isEmpty(node));
        return new Callers(tree, total).of(function, outermost);
    }

    /** Time by state of the stacks that have a function on them whose name or file has a text in it. */
    public long[] matching(String text) {
        boolean[] functions = new boolean[tree.functionCount()];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = tree.function(i).matches(text);
        }
        boolean[] within = new boolean[tree.nodes()];
        long[] sum = new long[ThreadState.COUNT];
        for (int node = 1; node < within.length; node++) {
            boolean above = within[tree.parent(node)];
            within[node] = above || functions[tree.functionOf(node)];
            if (within[node] && !above) {
                total.addTo(sum, node);
            }
        }
        return sum;
    }

    /** Time by stack, of which all this is made. */
    public StackTimes stacks() {
        return stacks;
    }

    /** Every function that has time, most of its own first. */
    public List<Report.FunctionPart> functions() {
        return FunctionTimes.of(tree, self, total);
    }

    /** What each line of a file costs. */
    public LineTimes lines(String file) {
        return LineTimes.of(recording, stacks, file);
    }

    /** −1 for one that is on no stack; the root alone has that number, and is no node of a function. */
    private int numberOf(Function function) {
        for (int number = 0; number < tree.functionCount(); number++) {
            if (tree.function(number).equals(function)) {
                return number;
            }
        }
        return -1;
    }

    private int[] nodes(IntPredicate wanted) {
        return IntStream.range(1, tree.nodes()).filter(wanted).toArray();
    }
}

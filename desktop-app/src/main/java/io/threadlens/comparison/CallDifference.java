package io.threadlens.comparison;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.analysis.Report;
import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of two sides as one tree. Functions are the same when their names are and their files are ({@link SameFiles}), whatever line they begin at: functions of
 * one name in one file that are called from one place, as nameless ones are, are one. The trees of both sides stay readable only as long as their recordings are
 * open. Safe from any thread.
 */
public final class CallDifference {
    /** Two runs of the same program differ by so much, as a share of the larger. An assumption, until runs are repeated. */
    private static final double BETWEEN_RUNS = 0.05;
    /** So many standard errors of counting samples are no difference either: 95 of 100 times there is none. */
    private static final double STANDARD_ERRORS = 2;

    /** Nodes of all runs of both sides that are one place. */
    private record Nodes(List<CallNode> a, List<CallNode> b) {
        Nodes() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final List<CallTimes> a;
    private final List<CallTimes> b;
    private final SameFiles files;
    private final DifferenceNode root;

    private CallDifference(List<CallTimes> a, List<CallTimes> b) {
        this.a = a;
        this.b = b;
        files = SameFiles.of(files(a), files(b));
        root = node(new Nodes(a.stream().map(CallTimes::topDown).toList(), b.stream().map(CallTimes::topDown).toList()));
    }

    public static CallDifference of(CallTimes a, CallTimes b) {
        return of(List.of(a), List.of(b));
    }

    /** Of several runs of a side the mean counts; at least one on each. */
    public static CallDifference of(List<CallTimes> a, List<CallTimes> b) {
        if (a.isEmpty() || b.isEmpty()) {
            throw new IllegalArgumentException("a side without a run");
        }
        return new CallDifference(List.copyOf(a), List.copyOf(b));
    }

    /** What was called by whom, from the root on. */
    public DifferenceNode topDown() {
        return root;
    }

    /** Time of the stacks that have a function on them whose name or file has a text in it. */
    public SideTimes matching(String text) {
        return new SideTimes(
                mean(a.stream().map(times -> times.matching(text)).toList(), a.size()), mean(b.stream().map(times -> times.matching(text)).toList(), b.size()));
    }

    /**
     * How two times differ. Allowed for as noise are 5 % of the larger, for no two runs are alike, or twice the standard error of counting samples, whichever is
     * more: what fewer than five samples have seen is never called a difference.
     */
    public CallChange change(SideTimes times, Measure measure, ComparedBy by) {
        double wholeA = by == ComparedBy.TIME ? 1 : Math.max(1, root.times().a(measure));
        double wholeB = by == ComparedBy.TIME ? 1 : Math.max(1, root.times().b(measure));
        double inA = times.a(measure) / wholeA;
        double inB = times.b(measure) / wholeB;
        // Samples are counted, so the variance of a count is the count; of the mean of runs, as if all were one run.
        double variance = inA / wholeA * a.getFirst().periodNs() / a.size() + inB / wholeB * b.getFirst().periodNs() / b.size();
        return new CallChange(inA, inB, Math.max(BETWEEN_RUNS * Math.max(inA, inB), STANDARD_ERRORS * Math.sqrt(variance)));
    }

    private static List<String> files(List<CallTimes> runs) {
        return runs.stream().flatMap(run -> run.functions().stream()).map(Report.FunctionPart::file).filter(Objects::nonNull).distinct().toList();
    }

    private DifferenceNode node(Nodes nodes) {
        return new DifferenceNode(
                first(nodes.a()), first(nodes.b()), means(nodes, CallNode::times), means(nodes, CallNode::self), () -> childrenOf(nodes));
    }

    private List<DifferenceNode> childrenOf(Nodes parent) {
        Map<Function, Nodes> byFunction = new LinkedHashMap<>();
        for (CallNode node : parent.a()) {
            node.children().forEach(child -> byFunction.computeIfAbsent(key(child, true), key -> new Nodes()).a().add(child));
        }
        for (CallNode node : parent.b()) {
            node.children().forEach(child -> byFunction.computeIfAbsent(key(child, false), key -> new Nodes()).b().add(child));
        }
        return byFunction.values().stream().map(this::node).toList();
    }

    private Function key(CallNode node, boolean ofA) {
        Function function = Objects.requireNonNull(node.function());
        return new Function(function.name(), ofA ? files.inB(function.file()) : function.file(), 0);
    }

    private static @Nullable Function first(List<CallNode> nodes) {
        return nodes.stream()
                .map(CallNode::function)
                .flatMap(Stream::ofNullable)
                .min(Comparator.comparingInt(Function::firstLine))
                .orElse(null);
    }

    private SideTimes means(Nodes nodes, java.util.function.Function<CallNode, long[]> times) {
        return new SideTimes(mean(nodes.a().stream().map(times).toList(), a.size()), mean(nodes.b().stream().map(times).toList(), b.size()));
    }

    private static long[] mean(List<long[]> times, int runs) {
        long[] mean = new long[ThreadState.COUNT];
        for (long[] part : times) {
            for (int state = 0; state < mean.length; state++) {
                mean[state] += part[state];
            }
        }
        for (int state = 0; state < mean.length; state++) {
            mean[state] = (mean[state] + runs / 2) / runs;
        }
        return mean;
    }
}

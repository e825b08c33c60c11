package io.threadlens.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.threadlens.analysis.ReportJson;
import io.threadlens.comparison.Run.ThreadFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A comparison as {@code threadlens-compare/1}. The names are a contract, described in docs/compare.md: nothing here is derived from a Java name. */
public final class CompareJson {
    private CompareJson() {}

    public static String write(Comparison comparison) {
        return ReportJson.text(json(comparison));
    }

    /** The thread count at which b took least, and under {@code sweep} how the program scales, and all the others. */
    public static String write(ThreadSweep sweep) {
        ObjectNode root = json(sweep.best().comparison());
        SweepJson.write(root.putObject("sweep"), sweep, CompareJson::json);
        return ReportJson.text(root);
    }

    private static ObjectNode json(Comparison comparison) {
        ObjectNode root = ReportJson.document();
        root.put("format", "threadlens-compare/1");
        side(root.putObject("a"), comparison.a());
        side(root.putObject("b"), comparison.b());
        Side gilOn = comparison.gilOn();
        if (gilOn == null) {
            root.putNull("gilOn");
        } else {
            side(root.putObject("gilOn"), gilOn);
        }
        Figures figures = comparison.figures();
        estimate(root, "speedup", comparison.speedup());
        root.put("cpuRatio", ratio(figures.cpu().b(), figures.cpu().a()));
        busyCores(root.putObject("busyCores"), comparison);
        decomposition(root, comparison.decomposition());
        predicted(root, comparison);
        figures(root.putObject("figures"), figures);
        ObjectNode states = root.putObject("states");
        figures.states().forEach((state, difference) -> difference(states.putObject(state.label()), difference));
        pauses(root.putObject("pauses"), comparison, figures.pauses());
        threads(root.putArray("threads"), root.putArray("groups"), comparison.threads());
        ArrayNode functions = root.putArray("functions");
        comparison.functions().forEach(function -> function(functions.addObject(), function));
        ArrayNode lines = root.putArray("lines");
        comparison.lines().forEach(line -> {
            ObjectNode one = lines.addObject();
            ReportJson.place(one, line.line());
            difference(one, line.own());
        });
        ArrayNode locks = root.putArray("locks");
        comparison.locks().forEach(lock -> lock(locks.addObject(), lock));
        ArrayNode findings = root.putArray("findings");
        comparison.findings().forEach(finding -> ReportJson.finding(findings.addObject(), finding, comparison.b().first().process()));
        comparison.warnings().forEach(root.putArray("warnings")::add);
        return root;
    }

    /** The first run's recording and program, and what tells the other runs from it. */
    private static void side(ObjectNode node, Side side) {
        ReportJson.recording(node.putObject("recording"), side.first().recording());
        ReportJson.process(node.putObject("process"), side.first().process());
        node.put("configuration", side.configuration());
        ArrayNode files = node.putArray("runs");
        side.runs().forEach(run -> files.add(run.file()));
        ArrayNode walls = node.putArray("wallSeconds");
        side.runs().forEach(run -> walls.add(run.wall()));
        ArrayNode failures = node.putArray("failures");
        for (Run run : side.runs()) {
            String failure = run.failure();
            if (failure != null) {
                failures.addObject().put("file", run.file()).put("reason", failure).put("exitCode", run.info().end() == null ? null : run.info().end().exitCode());
            }
        }
    }

    private static void busyCores(ObjectNode node, Comparison comparison) {
        busyCores(node.putObject("a"), comparison.a());
        busyCores(node.putObject("b"), comparison.b());
    }

    private static void busyCores(ObjectNode node, Side side) {
        node.put("mean", side.mean(Run::meanBusyCores));
        int most = side.runs().stream().mapToInt(run -> run.busyCores().size()).max().orElse(0);
        ArrayNode secondsAt = node.putArray("secondsAt");
        for (int busy = 0; busy < most; busy++) {
            int cores = busy;
            secondsAt.add(side.mean(run -> cores < run.busyCores().size() ? run.busyCores().get(cores) : 0));
        }
    }

    private static void decomposition(ObjectNode root, Decomposition parts) {
        ObjectNode node = root.putObject("decomposition");
        node.put("cores", parts.cores());
        node.put("coresA", parts.coresA());
        node.put("workSeconds", parts.work());
        node.put("wallSecondsA", parts.wallA());
        node.put("wallSecondsB", parts.wallB());
        node.put("idealWallSeconds", parts.idealWall());
        node.put("idealSpeedup", known(parts.idealSpeedup()));
        ArrayNode lost = root.putArray("lostTime");
        for (Decomposition.Part part : parts.parts()) {
            lost.addObject().put("class", part.kind().label()).put("aSeconds", part.a()).put("bSeconds", part.b());
        }
    }

    private static void predicted(ObjectNode root, Comparison comparison) {
        Estimate predicted = comparison.predicted();
        Prediction first = comparison.a().first().predicted();
        if (predicted == null || first == null) {
            root.putNull("predicted");
            return;
        }
        ObjectNode node = root.putObject("predicted");
        estimate(node, "speedupAtMost", predicted);
        first.assumptions().forEach(node.putArray("assumptions")::add);
    }

    private static void figures(ObjectNode node, Figures figures) {
        difference(node.putObject("wall"), figures.wall());
        difference(node.putObject("cpu"), figures.cpu());
        difference(node.putObject("work"), figures.work());
        ObjectNode busy = node.putObject("busyCores");
        busy.put("a", known(figures.busyCores().a())).put("b", known(figures.busyCores().b()));
        change(busy, figures.busyCores());
    }

    private static void pauses(ObjectNode node, Comparison comparison, Difference seconds) {
        difference(node, seconds);
        node.put("aCount", comparison.a().mean(run -> run.pauses().count())).put("bCount", comparison.b().mean(run -> run.pauses().count()));
        node.put("aLongestSeconds", longest(comparison.a())).put("bLongestSeconds", longest(comparison.b()));
    }

    private static double longest(Side side) {
        return side.runs().stream().mapToDouble(run -> run.pauses().longestSeconds()).max().orElse(0);
    }

    private static void threads(ArrayNode threads, ArrayNode groups, ThreadMatches matches) {
        List<ThreadMatches.Group> all = matches.groups();
        for (int number = 0; number < all.size(); number++) {
            ThreadMatches.Group group = all.get(number);
            group(groups.addObject(), group);
            for (ThreadMatches.Pair pair : group.threads()) {
                ObjectNode node = threads.addObject();
                node.put("a", pair.a() == null ? null : (Integer) pair.a().tid()).put("b", pair.b() == null ? null : (Integer) pair.b().tid());
                node.put("role", group.any().role()).put("group", number);
                thread(node, "aName", "aStates", pair.a());
                thread(node, "bName", "bStates", pair.b());
            }
        }
    }

    private static void thread(ObjectNode node, String name, String states, @Nullable ThreadFigures thread) {
        if (thread == null) {
            node.putNull(name).putNull(states);
        } else {
            ReportJson.states(node.put(name, thread.name()).putObject(states), thread.states());
        }
    }

    private static void group(ObjectNode node, ThreadMatches.Group group) {
        node.put("role", group.any().role()).put("matchedBy", group.by().words());
        group(node.putObject("a"), group.a());
        group(node.putObject("b"), group.b());
        difference(node.putObject("onCore"), group.onCore());
        difference(node.putObject("waiting"), group.waiting());
    }

    private static void group(ObjectNode node, @Nullable RoleGroup group) {
        node.put("name", group == null ? null : group.name());
        node.put("threads", group == null ? 0 : group.threads());
        if (group == null) {
            node.putNull("states");
        } else {
            ReportJson.states(node.putObject("states"), group.states());
        }
    }

    private static void function(ObjectNode node, FunctionChange function) {
        node.put("function", function.function());
        node.put("file", function.file());
        node.put("line", function.line());
        difference(node, function.own());
        node.put("aCoreSeconds", function.onCoreA()).put("bCoreSeconds", function.onCoreB());
        node.put("aTotalSeconds", function.totalA()).put("bTotalSeconds", function.totalB());
    }

    private static void lock(ObjectNode node, LockChange lock) {
        node.put("kind", lock.kind().label());
        node.put("type", lock.type());
        node.put("label", lock.label());
        difference(node, lock.waited());
        node.put("aWaits", lock.waitsA()).put("bWaits", lock.waitsB());
        ReportJson.place(node.putObject("waits"), lock.place());
        ReportJson.place(node.putObject("holds"), lock.holder());
    }

    /** A difference in seconds. */
    private static void difference(ObjectNode node, Difference difference) {
        node.put("aSeconds", known(difference.a())).put("bSeconds", known(difference.b()));
        change(node, difference);
    }

    private static void change(ObjectNode node, Difference difference) {
        node.put("delta", known(difference.by()));
        interval(node.putObject("interval"), difference.low(), difference.high());
        node.put("significant", difference.significant());
    }

    /** A figure and, beside it, its interval; both null where it is not known, the interval also where there is one run only. */
    private static void estimate(ObjectNode node, String name, @Nullable Estimate estimate) {
        node.put(name, estimate == null ? null : known(estimate.value()));
        if (estimate == null || !estimate.hasInterval()) {
            node.putNull(name + "Interval");
        } else {
            interval(node.putObject(name + "Interval"), estimate.low(), estimate.high());
        }
    }

    private static void interval(ObjectNode node, double low, double high) {
        node.put("low", known(low)).put("high", known(high));
    }

    private static @Nullable Double ratio(double part, double whole) {
        return known(whole > 0 ? part / whole : Double.NaN);
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}

package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.Frame;
import io.threadlens.model.Moments;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Trees of calls against a program whose times are known, and against counting stack by stack. */
class CallTimesTest {
    private static final long MS = 1_000_000;
    private static final String FILE = "/srv/app.py";
    private static final ThreadState[] STATES = {ThreadState.RUNNING, ThreadState.LOCK, ThreadState.IO};

    private final MemoryRecording recording = new MemoryRecording(1_000);

    /** A call of a function at a line; functions of one name are one function. */
    private int call(int parent, String function, int line) {
        return recording.stack(parent, new Frame(function, FILE, 1, line));
    }

    private static TimeRange all(MemoryRecording recording) {
        return new TimeRange(MemoryRecording.START_NS, MemoryRecording.START_NS + recording.tickCount() * MS);
    }

    /** 100 ms: main calls parse at two lines (30 and 20 ms on a core), and walk, which calls itself (40 ms for a lock); 10 ms are not known. */
    private CallTimes known() {
        recording.ticks(100);
        int thread = recording.thread("MainThread");
        int main5 = call(-1, "main", 5);
        int main6 = call(-1, "main", 6);
        int parse = call(main5, "parse", 20);
        int parseToo = call(main6, "parse", 22);
        int walk = call(main6, "walk", 30);
        int again = call(walk, "walk", 31);
        int parseInWalk = call(again, "parse", 20);
        recording.run(thread, 0, 30, ThreadState.RUNNING, 0, parse).run(thread, 30, 20, ThreadState.NATIVE, 0, parseToo);
        recording.run(thread, 50, 25, ThreadState.LOCK, 0, again).run(thread, 75, 15, ThreadState.LOCK, 0, parseInWalk);
        recording.run(thread, 90, 10, ThreadState.IO, 0, -1);
        return CallTimes.of(recording, Part.of(all(recording)));
    }

    @Test
    void callsAtDifferentLinesAreOneNode() {
        assertThat(text(known().topDown(), Measure.WALL)).isEqualTo("""
                all 100 (0)
                 main 90 (0)
                  parse 50 (50)
                  walk 40 (0)
                   walk 40 (25)
                    parse 15 (15)
                 (stack not known) 10 (10)
                """);
    }

    @Test
    void theMeasureChoosesTheStates() {
        CallNode root = known().topDown();
        assertThat(text(root, Measure.ON_CORE)).isEqualTo("""
                all 50 (0)
                 main 50 (0)
                  parse 50 (50)
                """);
        assertThat(Measure.of(Set.of(ThreadState.LOCK)).of(root.times())).isEqualTo(40 * MS);
        assertThat(Measure.ON_CORE.of(root.times())).isEqualTo(50 * MS);
    }

    @Test
    void bottomUpBeginsWithTheInnermostCalls() {
        assertThat(text(known().bottomUp(), Measure.WALL)).isEqualTo("""
                all 100 (0)
                 parse 65 (0)
                  main 50 (50)
                  walk 15 (0)
                   walk 15 (0)
                    main 15 (15)
                 walk 25 (0)
                  walk 25 (0)
                   main 25 (25)
                 (stack not known) 10 (10)
                """);
    }

    @Test
    void callersOfAFunctionCountItOnceHoweverOftenItCallsItself() {
        CallTimes times = known();
        assertThat(text(times.callersOf(new Function("walk", FILE, 1)), Measure.WALL)).isEqualTo("""
                walk 40 (0)
                 main 40 (40)
                """);
        assertThat(text(times.callersOf(new Function("parse", FILE, 1)), Measure.WALL)).startsWith("parse 65 (0)\n main 50 (50)\n walk 15 (0)\n  walk 15 (0)\n");
        assertThat(text(times.callersOf(new Function("nobody", FILE, 1)), Measure.WALL)).isEqualTo("nobody 0 (0)\n");
    }

    @Test
    void whatMatchesCountsOnceForEachStack() {
        CallTimes times = known();
        assertThat(Measure.WALL.of(times.matching("WALK"))).isEqualTo(40 * MS);
        assertThat(Measure.WALL.of(times.matching("parse"))).isEqualTo(65 * MS);
        assertThat(Measure.WALL.of(times.matching("app.py"))).isEqualTo(90 * MS);
        assertThat(Measure.WALL.of(times.matching("zip"))).isZero();
    }

    @Test
    void theSearchFindsThePlaceWithTheMostTimeFirst() {
        CallSearch search = new CallSearch(known().topDown(), Measure.WALL, "Parse");
        assertThat(search.next()).extracting(Function::name).containsExactly("main", "parse");
        assertThat(search.next()).extracting(Function::name).containsExactly("main", "walk", "walk", "parse");
        assertThat(search.next()).isNull();
        CallSearch onCore = new CallSearch(known().topDown(), Measure.ON_CORE, "walk");
        assertThat(onCore.next()).as("it has none of the measure").isNull();
    }

    @Test
    void linesOfAFile() {
        LineTimes lines = known().lines(FILE);
        assertThat(lines.lines()).extracting(LineTimes.Line::number).containsExactly(5, 6, 20, 22, 30, 31);
        assertThat(lines.lines()).extracting(line -> Measure.WALL.of(line.self()) / MS).containsExactly(0L, 0L, 45L, 20L, 0L, 25L);
        assertThat(lines.lines()).extracting(line -> Measure.WALL.of(line.total()) / MS).containsExactly(30L, 60L, 45L, 20L, 40L, 40L);
        assertThat(lines.lastLine()).isEqualTo(31);
        assertThat(known().lines("/srv/other.py").lines()).isEmpty();
    }

    @Test
    void aCounterCountsWhatARecordingHasGrownBy() {
        CallCounter counter = new CallCounter();
        recording.ticks(10);
        int thread = recording.thread("MainThread");
        int main = call(-1, "main", 1);
        recording.run(thread, 0, 10, ThreadState.RUNNING, 0, main).cut();
        Part part = Part.of(new TimeRange(MemoryRecording.START_NS, MemoryRecording.START_NS + 20 * MS));
        CallTimes first = counter.count(recording, part);
        assertThat(counter.count(recording, part)).as("nothing new").isSameAs(first);
        recording.ticks(10).run(thread, 10, 10, ThreadState.RUNNING, 0, call(main, "late", 2));
        assertThat(text(counter.count(recording, part).topDown(), Measure.WALL)).isEqualTo("all 20 (0)\n main 20 (10)\n  late 10 (10)\n");
        assertThat(text(first.topDown(), Measure.WALL)).isEqualTo("all 10 (0)\n main 10 (10)\n");
    }

    @Test
    void allTreesAgreeWithCountingStackByStack() {
        Random random = new Random(4);
        recording.ticks(4_000);
        List<Integer> stacks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int parent = i < 3 ? -1 : stacks.get(random.nextInt(i));
            stacks.add(call(parent, "f" + random.nextInt(12), 1 + random.nextInt(30)));
        }
        for (int t = 0; t < 3; t++) {
            int thread = recording.thread("t" + t);
            for (int at = 0; at < 4_000; at += 5) {
                int stack = random.nextInt(20) == 0 ? -1 : stacks.get(random.nextInt(600));
                recording.run(thread, at, 5, STATES[random.nextInt(STATES.length)], 0, stack);
            }
        }
        Moments moments = new Moments.Builder().add(100, 1_000).add(1_500, 3_100).build();
        for (Part part : List.of(Part.of(all(recording)), new Part(new TimeRange(MemoryRecording.START_NS + 700 * MS + 1, MemoryRecording.START_NS + 2_000 * MS), Set.of(0, 2), moments))) {
            check(CallTimes.of(recording, part), StackTimes.of(recording, part));
        }
    }

    private void check(CallTimes times, StackTimes stacks) {
        Map<String, Long> down = new TreeMap<>();
        Map<String, Long> up = new TreeMap<>();
        Map<String, Long> callers = new TreeMap<>();
        Map<String, Long> lines = new TreeMap<>();
        long[] sum = stacks.unknown();
        stacks.visit((stack, states) -> {
            List<Frame> calls = recording.stack(stack);
            long wall = Measure.WALL.of(states);
            addPath(down, calls, wall);
            addPath(up, calls.reversed(), wall);
            int first = calls.stream().map(Frame::function).toList().indexOf("f3");
            if (first >= 0) {
                addPath(callers, calls.subList(0, first + 1).reversed(), wall);
            }
            Set<Integer> seen = new HashSet<>();
            calls.stream().map(Frame::line).filter(seen::add).forEach(line -> lines.merge("total " + line, wall, Long::sum));
            lines.merge("self " + calls.getLast().line(), wall, Long::sum);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += states[i];
            }
        });
        long unknown = Measure.WALL.of(stacks.unknown());
        assertThat(times.all()).isEqualTo(sum);
        assertThat(down).as("something was counted").hasSizeGreaterThan(100);
        callers.keySet().forEach(path -> assertThat(path).startsWith("/f3"));
        assertThat(paths(times.topDown(), "", unknown)).isEqualTo(down);
        assertThat(paths(times.bottomUp(), "", unknown)).isEqualTo(up);
        assertThat(paths(times.callersOf(new Function("f3", FILE, 1)), "/f3", 0)).isEqualTo(callers);
        Map<String, Long> counted = new TreeMap<>();
        times.lines(FILE).lines().forEach(line -> {
            counted.put("total " + line.number(), Measure.WALL.of(line.total()));
            if (Measure.WALL.of(line.self()) > 0) {
                counted.put("self " + line.number(), Measure.WALL.of(line.self()));
            }
        });
        assertThat(counted).isEqualTo(lines);
        double self = times.functions().stream().mapToDouble(Report.FunctionPart::self).sum();
        assertThat(Math.round(self * 1e9)).isEqualTo(Measure.WALL.of(sum) - unknown);
    }

    private static void addPath(Map<String, Long> times, List<Frame> calls, long time) {
        String path = "";
        for (Frame call : calls) {
            path += "/" + call.function();
            times.merge(path, time, Long::sum);
        }
    }

    /** Every node's time by its path; checks that what the children have and what is the node's own add up to it. */
    private static Map<String, Long> paths(CallNode node, String path, long unknown) {
        Map<String, Long> found = new TreeMap<>();
        long time = Measure.WALL.of(node.times());
        if (node.function() != null) {
            found.put(path, time);
        }
        long sum = Measure.WALL.of(node.self());
        for (CallNode child : node.children()) {
            sum += Measure.WALL.of(child.times());
            if (!Function.NOT_KNOWN.equals(child.function())) {
                found.putAll(paths(child, path + "/" + child.function().name(), 0));
            } else {
                assertThat(Measure.WALL.of(child.times())).isEqualTo(unknown);
            }
        }
        assertThat(sum).as(path).isEqualTo(time);
        return found;
    }

    /** A tree in lines, most time first: name, ms, and in brackets what of it is the node's own. */
    private static String text(CallNode node, Measure measure) {
        return text(node, measure, "");
    }

    private static String text(CallNode node, Measure measure, String indent) {
        String name = node.function() == null ? "all" : node.function().name();
        String line = indent + name + " " + measure.of(node.times()) / MS + " (" + measure.of(node.self()) / MS + ")\n";
        return line + node.children().stream()
                .filter(child -> measure.of(child.times()) > 0)
                .sorted(Comparator.comparingLong((CallNode child) -> -measure.of(child.times())))
                .map(child -> text(child, measure, indent + " "))
                .collect(Collectors.joining());
    }
}

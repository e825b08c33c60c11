package io.threadlens.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.analysis.Part;
import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two programs whose times are known, merged. */
class CallDifferenceTest {
    private static final long MS = 1_000_000;

    /** 1 kHz: main calls shared, and a function that only this side has. */
    private static CallTimes known(String file, int line, int shared, ThreadState state, String own, int ownTicks) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(shared + ownTicks);
        int thread = recording.thread("MainThread");
        int main = recording.stack(-1, new Frame("main", file, line, line + 2));
        int sharedStack = recording.stack(main, new Frame("shared", file, line + 10, line + 12));
        int ownStack = recording.stack(main, new Frame(own, file, line + 20, line + 21));
        recording.run(thread, 0, shared, state, 0, sharedStack).run(thread, shared, ownTicks, ThreadState.IO, 0, ownStack);
        return all(recording);
    }

    private static CallTimes all(MemoryRecording recording) {
        return CallTimes.of(recording, Part.of(new TimeRange(MemoryRecording.START_NS, MemoryRecording.START_NS + recording.tickCount() * MS)));
    }

    @Test
    void callsOfBothSidesAreOneTreeAndWhatOneHasAloneIsThere() {
        CallDifference difference = CallDifference.of(
                known("/old/app/run.py", 1, 400, ThreadState.GIL, "gone", 100), known("/new/app/run.py", 7, 200, ThreadState.RUNNING, "added", 50));
        assertThat(text(difference.topDown())).isEqualTo("""
                all 500 250
                 main 500 250
                  added 0 50
                  gone 100 0
                  shared 400 200
                """);
        DifferenceNode main = difference.topDown().children().getFirst();
        assertThat(main.function()).isEqualTo(new Function("main", "/new/app/run.py", 7));
        assertThat(main.inA()).isEqualTo(new Function("main", "/old/app/run.py", 1));
        DifferenceNode gone = child(main, "gone");
        assertThat(gone.inB()).isNull();
        assertThat(gone.function()).isEqualTo(new Function("gone", "/old/app/run.py", 21));
        DifferenceNode shared = child(main, "shared");
        assertThat(shared.times().a()[ThreadState.GIL.code()]).isEqualTo(400 * MS);
        assertThat(shared.times().b()[ThreadState.GIL.code()]).isZero();
        assertThat(shared.self().b(Measure.ON_CORE)).isEqualTo(200 * MS);
        assertThat(main.self().a(Measure.WALL)).isZero();
        assertThat(difference.matching("gone").a(Measure.WALL)).isEqualTo(100 * MS);
        assertThat(difference.matching("gone").b(Measure.WALL)).isZero();
    }

    @Test
    void byTimeAndByShareAreTwoThings() {
        // Half as much of everything: less by time, and as much as before by share.
        CallDifference halved = CallDifference.of(known("a.py", 1, 4_000, ThreadState.RUNNING, "own", 1_000), known("a.py", 1, 2_000, ThreadState.RUNNING, "own", 500));
        DifferenceNode shared = child(halved.topDown().children().getFirst(), "shared");
        CallChange time = halved.change(shared.times(), Measure.WALL, ComparedBy.TIME);
        assertThat(time.difference()).isEqualTo(-2_000.0 * MS);
        assertThat(time.ratio()).isEqualTo(0.5);
        assertThat(time.strength()).isCloseTo(-1, within(1e-9));
        CallChange share = halved.change(shared.times(), Measure.WALL, ComparedBy.SHARE);
        assertThat(share.a()).isCloseTo(0.8, within(1e-9));
        assertThat(share.difference()).isCloseTo(0, within(1e-9));
        assertThat(share.isWithinNoise()).isTrue();
        assertThat(share.strength()).isZero();
    }

    @Test
    void theColourSaysHowManyTimesAsMuchUpToTwice() {
        CallDifference difference = CallDifference.of(known("a.py", 1, 10_000, ThreadState.RUNNING, "own", 1_000), known("a.py", 1, 14_142, ThreadState.RUNNING, "own", 9_000));
        DifferenceNode main = difference.topDown().children().getFirst();
        assertThat(difference.change(child(main, "shared").times(), Measure.WALL, ComparedBy.TIME).strength()).isCloseTo(0.5, within(1e-3));
        assertThat(difference.change(child(main, "own").times(), Measure.WALL, ComparedBy.TIME).strength()).isEqualTo(1);
        assertThat(difference.change(child(main, "own").times(), Measure.ON_CORE, ComparedBy.TIME).ratio()).as("neither has any").isEqualTo(1);
    }

    @Test
    void whatNoiseMayHaveMadeIsNoDifference() {
        CallDifference few = CallDifference.of(known("a.py", 1, 1_000, ThreadState.RUNNING, "own", 4), known("a.py", 1, 1_040, ThreadState.RUNNING, "new", 5));
        DifferenceNode main = few.topDown().children().getFirst();
        assertThat(few.change(child(main, "shared").times(), Measure.WALL, ComparedBy.TIME).isWithinNoise()).as("4 %").isTrue();
        assertThat(few.change(child(main, "own").times(), Measure.WALL, ComparedBy.TIME).isWithinNoise()).as("four samples are none").isTrue();
        assertThat(few.change(child(main, "new").times(), Measure.WALL, ComparedBy.TIME).strength()).as("five are").isEqualTo(1);
        assertThat(few.change(child(main, "new").times(), Measure.WALL, ComparedBy.SHARE).strength()).as("of a share as well").isEqualTo(1);
    }

    @Test
    void ofSeveralRunsTheMeanCounts() {
        CallDifference difference = CallDifference.of(
                List.of(known("a.py", 1, 100, ThreadState.RUNNING, "own", 50), known("a.py", 1, 300, ThreadState.RUNNING, "other", 50)),
                List.of(known("a.py", 1, 100, ThreadState.RUNNING, "own", 50)));
        assertThat(text(difference.topDown())).isEqualTo("""
                all 250 150
                 main 250 150
                  other 25 0
                  own 25 50
                  shared 200 100
                """);
    }

    @Test
    void functionsOfOneNameInOneFileThatAreCalledFromOnePlaceAreOne() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(30);
        int thread = recording.thread("MainThread");
        int main = recording.stack(-1, "main", "a.py", 1);
        recording.run(thread, 0, 10, ThreadState.RUNNING, 0, recording.stack(main, "<lambda>", "a.py", 20));
        recording.run(thread, 10, 20, ThreadState.RUNNING, 0, recording.stack(main, "<lambda>", "a.py", 10));
        CallTimes times = all(recording);
        DifferenceNode lambda = CallDifference.of(times, times).topDown().children().getFirst().children().getFirst();
        assertThat(lambda.times().b(Measure.WALL)).isEqualTo(30 * MS);
        assertThat(lambda.function()).isEqualTo(new Function("<lambda>", "a.py", 10));
    }

    @Test
    void aSideWithNothingInItIsNoTrouble() {
        MemoryRecording empty = new MemoryRecording(1_000);
        empty.thread("MainThread");
        CallDifference difference = CallDifference.of(all(empty), known("a.py", 1, 100, ThreadState.RUNNING, "own", 50));
        assertThat(difference.topDown().times().a(Measure.WALL)).isZero();
        CallChange change = difference.change(difference.topDown().times(), Measure.WALL, ComparedBy.SHARE);
        assertThat(change.difference()).isEqualTo(1);
        assertThat(change.ratio()).isInfinite();
        assertThat(change.strength()).isEqualTo(1);
    }

    @Test
    void everyNodeHasWhatItsSidesHaveAndTheSameTwiceDiffersNowhere() {
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            CallTimes a = any(random);
            CallTimes b = any(random);
            DifferenceNode both = CallDifference.of(a, b).topDown();
            assertThat(both.times().a()).isEqualTo(a.all());
            assertThat(both.times().b()).isEqualTo(b.all());
            addUp(both);
            for (DifferenceNode node : nodes(CallDifference.of(a, a).topDown())) {
                assertThat(node.times().a()).isEqualTo(node.times().b());
                assertThat(node.self().a()).isEqualTo(node.self().b());
                assertThat(node.inA()).isEqualTo(node.inB());
            }
        }
    }

    private static void addUp(DifferenceNode root) {
        for (DifferenceNode node : nodes(root)) {
            for (Measure measure : List.of(Measure.WALL, Measure.ON_CORE, Measure.of(Set.of(ThreadState.LOCK)))) {
                assertThat(node.self().a(measure) + node.children().stream().mapToLong(child -> child.times().a(measure)).sum()).isEqualTo(node.times().a(measure));
                assertThat(node.self().b(measure) + node.children().stream().mapToLong(child -> child.times().b(measure)).sum()).isEqualTo(node.times().b(measure));
            }
            assertThat(node.children()).extracting(DifferenceNode::function).doesNotHaveDuplicates();
        }
    }

    /** Random stacks of few functions, so that sides share some. */
    private static CallTimes any(Random random) {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(200);
        int thread = recording.thread("MainThread");
        List<Integer> stacks = new ArrayList<>(List.of(-1));
        for (int i = 0; i < 60; i++) {
            int parent = stacks.get(random.nextInt(stacks.size()));
            stacks.add(recording.stack(parent, "f" + random.nextInt(4), random.nextInt(3) + ".py", 1 + random.nextInt(2)));
        }
        ThreadState[] states = {ThreadState.RUNNING, ThreadState.LOCK, ThreadState.IO};
        for (int tick = 0; tick < 200; tick++) {
            recording.run(thread, tick, 1, states[random.nextInt(states.length)], 0, stacks.get(random.nextInt(stacks.size())));
        }
        return all(recording);
    }

    private static List<DifferenceNode> nodes(DifferenceNode root) {
        List<DifferenceNode> nodes = new ArrayList<>(List.of(root));
        for (int i = 0; i < nodes.size(); i++) {
            nodes.addAll(nodes.get(i).children());
        }
        return nodes;
    }

    private static DifferenceNode child(DifferenceNode node, String function) {
        return node.children().stream().filter(child -> child.function() != null && function.equals(child.function().name())).findFirst().orElseThrow();
    }

    private static String text(DifferenceNode root) {
        StringBuilder text = new StringBuilder();
        write(root, "", text);
        return text.toString();
    }

    private static void write(DifferenceNode node, String indent, StringBuilder text) {
        text.append(indent).append(node.function() == null ? "all" : node.function().name());
        text.append(' ').append(node.times().a(Measure.WALL) / MS).append(' ').append(node.times().b(Measure.WALL) / MS).append('\n');
        node.children().stream()
                .sorted(Comparator.comparing(child -> String.valueOf(child.function() == null ? null : child.function().name())))
                .forEach(child -> write(child, indent + " ", text));
    }
}

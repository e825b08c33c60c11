package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.threadlens.session.Configuration.Kind;
import io.threadlens.session.PairPlan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSetTest {
    @TempDir
    Path folder;

    private PairPlan plan() {
        Interpreters two = new Interpreters(
                List.of(
                        new Configuration(Kind.FREE_THREADED_GIL_ON, List.of("/x/python3.14t", "-X", "gil=1"), "3.14.7"),
                        new Configuration(Kind.FREE_THREADED, List.of("/x/python3.14t"), "3.14.7")),
                List.of(new Interpreters.Missing(Kind.GIL_BUILD, "none was found")),
                "a note");
        return new PairPlan(two, new Script(List.of("äpp.py", "{threads}")), 2, List.of(1, 4), 2.5, 500);
    }

    private RunSet written() throws IOException {
        PairPlan plan = plan();
        List<RunSet.Run> runs = new ArrayList<>();
        for (Step step : plan.steps()) {
            boolean fails = step.configuration().kind() == Kind.FREE_THREADED && step.round() == 2;
            Files.createDirectories(RunSet.recording(folder, step).getParent());
            Files.createFile(RunSet.recording(folder, step));
            if (fails) {
                Files.writeString(RunSet.log(folder, step), "ValueError: no\n");
            }
            runs.add(RunSet.found(folder, step, fails ? new RunOutcome(RunOutcome.Kind.FAILED, "exit code 1: ValueError: no") : new RunOutcome(RunOutcome.Kind.WHOLE, null)));
        }
        RunSet set = new RunSet(folder, plan, runs);
        RunSetFile.write(set);
        return set;
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        assertThat(RunSet.is(folder)).isFalse();
        RunSet set = written();
        assertThat(RunSet.is(folder)).isTrue();
        assertThat(RunSet.read(folder)).isEqualTo(set);
        assertThat(set.groups()).extracting(group -> group.threads() + " " + group.configuration().kind() + " " + group.recordings().size() + " " + group.failures().size())
                .containsExactly("1 FREE_THREADED_GIL_ON 2 0", "1 FREE_THREADED 1 1", "4 FREE_THREADED_GIL_ON 2 0", "4 FREE_THREADED 1 1");
        assertThat(set.groups().get(1).failures().getFirst()).satisfies(run -> {
            assertThat(run.outcome().message()).isEqualTo("exit code 1: ValueError: no");
            assertThat(run.recording()).isNotNull();
            assertThat(run.log()).hasContent("ValueError: no");
            assertThat(run.comparable()).isFalse();
        });
    }

    @Test
    void aRecordingThatWasTakenAwayIsAFailure() throws Exception {
        Step first = written().runs().getFirst().step();
        Files.delete(RunSet.recording(folder, first));
        RunSet.Run run = RunSet.read(folder).runs().getFirst();
        assertThat(run.recording()).isNull();
        assertThat(run.outcome()).isEqualTo(new RunOutcome(RunOutcome.Kind.FAILED, "its recording is not there any more"));
    }

    @Test
    void aSetIsNoSideAndOfItsFoldersOnlyWhatEndedWellIs() throws Exception {
        written();
        assertThatThrownBy(() -> SideReader.recordings(folder)).hasMessageContaining("recordings of several configurations");
        Path one = folder.resolve("free-threaded-4-threads");
        assertThat(SideReader.recordings(one)).containsExactly(one.resolve("1.threadlens"));
        Files.delete(one.resolve("1.threadlens"));
        assertThatThrownBy(() -> SideReader.recordings(one)).isInstanceOf(IOException.class).hasMessageContaining("no run in " + one + " ended well: exit code 1");
        assertThat(SideReader.recordings(folder.resolve("gil-on-1-threads"))).hasSize(2);
    }

    @Test
    void whatIsNoSetIsRefused() throws Exception {
        assertRefused(folder, "is not what compare --run has recorded");
        assertRefused(folder.resolve("nothing"), "is not what compare --run has recorded");
        assertRefused(Files.createFile(folder.resolve("file")), "is not what compare --run has recorded");
        written();
        Path file = folder.resolve("compare.json");
        String good = Files.readString(file);
        for (Map.Entry<String, String> change : Map.of(
                "\"threadlens-compare-set/1\"", "\"threadlens-compare-set/9\"",
                "\"repeats\" : 2", "\"repeats\" : -2",
                "\"round\" : 2", "\"round\" : 1",
                "\"round\" : 1", "\"round\" : \"../../1\"",
                "\"kind\" : \"gil-on\"", "\"kind\" : \"../gil-on\"",
                "\"outcome\" : \"whole\"", "\"outcome\" : \"fine\"",
                "\"threads\" : 4", "\"threads\" : 4.5",
                "\"runs\" : [", "\"runs\" : 7, \"x\" : [",
                "\"version\" : \"3.14.7\"", "\"version\" : {}").entrySet()) {
            assertThat(good).contains(change.getKey());
            Files.writeString(file, good.replace(change.getKey(), change.getValue()));
            assertRefused(folder, "cannot read " + file + ": ");
        }
        for (String text : List.of("", "{", "[]", "null", "hello", good.substring(0, good.length() / 2), "[".repeat(100_000))) {
            Files.writeString(file, text);
            assertRefused(folder, "cannot read " + file + ": ");
        }
        Files.write(file, new byte[17 << 20]);
        assertRefused(folder, "it is too large");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused(folder, "cannot read " + file);
    }

    private static void assertRefused(Path folder, String why) {
        assertThatThrownBy(() -> RunSet.read(folder)).isInstanceOf(IOException.class).hasMessageContaining(why).message().doesNotContain("\n");
    }
}

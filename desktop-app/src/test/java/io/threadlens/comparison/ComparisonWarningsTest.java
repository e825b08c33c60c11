package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonWarningsTest {
    private final Program a = new Program(4, 1000);
    private final Program b = new Program(4, 1200);

    @BeforeEach
    void twoThatCanBeCompared() {
        gilBuild(a, "python3.14 app.py --fast", 1);
        freeThreaded(b, "python3.14t /elsewhere/app.py --fast", 2);
        a.thread("w-0", RUNNING, 1000);
        b.thread("w-0", RUNNING, 1200);
    }

    private static void gilBuild(Program program, String command, int pid) {
        program.recording.process(new ProcessInfo(pid, List.of(command.split(" ")), "", "3.14.7", false, true, 4, "here"));
    }

    private static void freeThreaded(Program program, String command, int pid) {
        program.recording.process(new ProcessInfo(pid, List.of(command.split(" ")), "", "3.14.7", true, false, 4, "here"));
    }

    private List<String> warnings() {
        return Comparison.of(a.side(), b.side(), null).warnings();
    }

    private void assertWarns(String... words) {
        assertThat(warnings()).singleElement().satisfies(warning -> assertThat(warning).contains(words));
    }

    @Test
    void nothingIsWrongWithTheGilAndWithout() {
        assertThat(warnings()).isEmpty();
    }

    @Test
    void anotherProgram() {
        freeThreaded(b, "python3.14t -X gil=0 other.py --fast", 2);
        assertWarns("A ran app.py and B ran other.py");
    }

    @Test
    void otherArguments() {
        freeThreaded(b, "python3.14t app.py", 2);
        assertWarns("--fast for A", "nothing for B");
    }

    @Test
    void theSameConfiguration() {
        freeThreaded(a, "python3.14t app.py --fast", 1);
        assertWarns("same configuration, free-threaded");
    }

    @Test
    void theOtherWayRound() {
        freeThreaded(a, "python3.14t app.py --fast", 1);
        gilBuild(b, "python3.14 app.py --fast", 2);
        assertWarns("A ran without the GIL and B with it");
    }

    @Test
    void anotherMachineVersionAndRate() {
        b.recording.process(new ProcessInfo(2, List.of("python3.14t", "app.py", "--fast"), "", "3.13.1", true, false, 8, "there"));
        assertThat(warnings())
                .anyMatch(warning -> warning.contains("Python 3.14.7 and B on 3.13.1"))
                .anyMatch(warning -> warning.contains("recorded on here and B on there"))
                .anyMatch(warning -> warning.contains("A had 4 cores and B had 8"))
                .hasSize(3);
        MemoryRecording slow = new MemoryRecording(100).ticks(120).process(b.recording.info().process());
        slow.run(slow.thread("w-0"), 0, 120, RUNNING, 0, -1);
        Side side = new Side(List.of(Program.run(slow, "slow")));
        assertThat(Comparison.of(a.side(), side, null).warnings()).anyMatch(warning -> warning.contains("A was looked at 1000 times a second and B 100"));
    }

    @ParameterizedTest
    @CsvSource({
        "duration, , ended before the program (duration)",
        "stopped, , ended before the program (stopped)",
        "exited, 3, 'failed, it ended with exit code 3'",
        "killed, -9, 'failed, it was killed by signal 9'",
        "exited, , was attached to",
    })
    void aRunThatIsNotWhole(String reason, Integer code, String words) {
        b.recording.end(new End(reason, code, null));
        assertWarns("B", words);
    }

    @Test
    void aRecordingThatWasCutShort() {
        b.recording.end(null);
        assertWarns("The recording of B was cut short");
    }

    @Test
    void whatWasNotSeen() {
        MemoryRecording recording = new MemoryRecording(1_000).process(b.recording.info().process());
        for (int tick = 0; tick < 600; tick++) {
            recording.tick(Program.at(2 * tick + (tick > 300 ? 400 : 0)));
        }
        recording.run(recording.thread("w-0"), 0, 600, RUNNING, 0, -1);
        Side side = new Side(List.of(Program.run(recording, "holes")));
        assertThat(Comparison.of(a.side(), side, null).warnings()).singleElement().asString().contains("What B did is not known for 25 %");
    }

    @Test
    void featuresThatAreOff() {
        a.recording.feature("waits", "no permission");
        assertWarns("A: which lock", "(no permission)", "The other side has it");
        b.recording.feature("waits", "no permission");
        assertWarns("A and B: which lock");
    }

    @Test
    void countsUnderTheGilAreNotMissed() {
        a.recording.feature("refcounts", "a GIL build counts references without contention");
        assertThat(warnings()).isEmpty();
        b.recording.feature("refcounts", "switched off");
        assertWarns("B: what fights over reference counts cost");
    }

    @Test
    void aProgramThatRunsForAFixedTime() {
        Program server = new Program(4, 1010);
        freeThreaded(server, "python3.14t app.py --fast", 2);
        for (int i = 0; i < 3; i++) {
            server.thread("w-" + i, RUNNING, 1010);
        }
        assertThat(Comparison.of(a.side(), server.side(), null).warnings()).singleElement().asString().contains("run for a fixed time", "1.00 s and 3.03 s");
    }

    @Test
    void theGilThatIsTurnedOn() {
        b.recording.event(Program.at(300), "gil", 1, "some.module");
        assertWarns("turned on in B at 300 ms by some.module");
    }

    @Test
    void moreRunsOfOne() {
        Program again = new Program(4, 1000);
        gilBuild(again, "python3.14 app.py --fast", 3);
        again.thread("w-0", RUNNING, 1000);
        assertThat(Comparison.of(Program.side(a, again), b.side(), null).warnings()).singleElement().asString().contains("A has 2 runs and B 1 run");
    }

    @Test
    void theSameRecordingTwice() {
        Side side = a.side();
        assertThat(Comparison.of(side, side, null).warnings()).anyMatch(warning -> warning.contains("also one of B"));
    }

    @Test
    void runsOfTwoConfigurationsOnOneSide() {
        assertThat(Comparison.of(Program.side(a, b), Program.side(a, b), null).warnings()).anyMatch(warning -> warning.contains("not all of one configuration"));
    }
}

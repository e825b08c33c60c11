package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.IDLE;
import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.analysis.Finding;
import io.threadlens.analysis.FindingClass;
import io.threadlens.model.Frame;
import io.threadlens.recording.MemoryRecording;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonFindingsTest {
    private final Program a = gil(1000);

    private static Program gil(int ticks) {
        Program program = new Program(2, ticks);
        program.thread("w-0", RUNNING, ticks / 2, GIL, ticks / 2);
        program.thread("w-1", GIL, ticks / 2, RUNNING, ticks / 2);
        return program;
    }

    private List<Finding> findings(Program b) {
        return Comparison.of(a.side(), b.side(), null).findings();
    }

    @Test
    void whatWasReachedComesFirstAndWhereNothingIsLeftThatIsSaid() {
        Program b = new Program(2, 500);
        b.thread("w-0", RUNNING, 500);
        b.thread("w-1", RUNNING, 500);
        List<Finding> findings = findings(b);
        assertThat(findings).extracting(Finding::kind).containsExactly(FindingClass.SPEEDUP, FindingClass.NONE);
        assertThat(findings.getFirst().title()).isEqualTo("2.00 times as fast; 2.00 at best");
        assertThat(findings.getFirst().evidence()).contains("A lost time to what B does not, or hardly: queued for the GIL.");
    }

    @Test
    void aLockWithItsLineAndItsHolderAndWhatItWouldBring() {
        Program b = new Program(2, 800);
        int update = b.stack(-1, "update", "/app/app.py", 20);
        int hold = b.stack(-1, "hold", "/app/app.py", 30);
        int lock = b.recording.lock("lock", "threading.Lock", "STORE");
        int holder = b.threadIn("w-0", hold, RUNNING, 800);
        int waiter = b.threadIn("w-1", update, RUNNING, 200, LOCK, 600);
        b.recording.wait(waiter, Program.at(200), Program.at(800), lock, update);
        b.recording.hold(lock, holder, Program.at(200), Program.at(800), hold, 1, 0);
        List<Finding> findings = findings(b);
        assertThat(findings).extracting(Finding::kind).containsExactly(FindingClass.SPEEDUP, FindingClass.LOCK);
        assertThat(findings.getFirst().evidence()).contains("New in B: waited for locks");
        Finding locks = findings.getLast();
        assertThat(locks.costSeconds()).isEqualTo(0.6, within(1e-9));
        assertThat(locks.severity()).isEqualTo(Finding.Severity.HIGH);
        assertThat(locks.where()).extracting(Frame::function).containsExactly("update", "hold");
        assertThat(locks.evidence()).contains("Without it B would take 500 ms, and be 2.00 times as fast as A", "100 % of the waiting was for STORE in update (app.py:20)",
                "while hold (app.py:30) held it");
    }

    @Test
    void slowerCodeWithTheFunctionsThatGrew() {
        Program b = new Program(2, 750);
        int slow = b.stack(-1, "slow", "/app/app.py", 40);
        b.threadIn("w-0", slow, RUNNING, 750);
        b.thread("w-1", RUNNING, 750);
        Finding slower = findings(b).getLast();
        assertThat(slower.kind()).isEqualTo(FindingClass.SLOWER_CODE);
        assertThat(slower.costSeconds()).isEqualTo(0.5, within(1e-9));
        assertThat(slower.where()).extracting(Frame::function).containsExactly("slow");
    }

    @Test
    void theGreatestLossFirstAndNoneBelowTheWeight() {
        Program b = new Program(2, 1000);
        b.thread("w-0", RUNNING, 500, IDLE, 500);
        b.thread("w-1", RUNNING, 480, LOCK, 20, IDLE, 500);
        assertThat(findings(b)).extracting(Finding::kind).containsExactly(FindingClass.SPEEDUP, FindingClass.IDLE);
        assertThat(findings(b).getFirst().title()).startsWith("1.00 times as fast");
    }

    @Test
    void ofNothingNothingIsFound() {
        Side nothing = new Side(List.of(Program.run(new MemoryRecording(1_000), "nothing")));
        Comparison comparison = Comparison.of(nothing, a.side(), null);
        assertThat(comparison.findings()).isEmpty();
        assertThat(comparison.speedup()).isNull();
        assertThat(CompareText.write(comparison)).contains("Nothing was recorded of one of them.");
        assertThat(CompareJson.write(comparison)).contains("\"speedup\" : null").doesNotContain("NaN", "Infinity");
    }
}

package io.threadlens.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.RecordingInfo.End;
import io.threadlens.session.RunOutcome.Kind;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {
    @Test
    void howARunEndedIsToldInALine() {
        assertThat(RunOutcome.of(new End("exited", 0, null), null, "a warning")).isEqualTo(new RunOutcome(Kind.WHOLE, null));
        assertThat(RunOutcome.of(new End("exited", 3, null), null, "")).isEqualTo(new RunOutcome(Kind.FAILED, "exit code 3"));
        assertThat(RunOutcome.of(new End("exited", 1, null), null, "ValueError: x")).isEqualTo(new RunOutcome(Kind.FAILED, "exit code 1: ValueError: x"));
        assertThat(RunOutcome.of(new End("killed", -11, null), null, "")).isEqualTo(new RunOutcome(Kind.FAILED, "killed by SIGSEGV"));
        assertThat(RunOutcome.of(new End("killed", -40, null), null, "")).isEqualTo(new RunOutcome(Kind.FAILED, "killed by signal 40"));
        assertThat(RunOutcome.of(new End("duration", null, null), null, "").kind()).isEqualTo(Kind.LIMITED);
        assertThat(RunOutcome.of(new End("exec", null, null), null, "").kind()).isEqualTo(Kind.FAILED);
        assertThat(RunOutcome.of(new End("failed", null, "the disk is full"), null, "")).isEqualTo(new RunOutcome(Kind.FAILED, "the disk is full"));
        assertThat(RunOutcome.of(null, "it did not begin", "SyntaxError")).isEqualTo(new RunOutcome(Kind.FAILED, "it did not begin: SyntaxError"));
    }

    @Test
    void onlyWholeAndLimitedRunsAreCompared() {
        assertThat(Kind.values()).filteredOn(Kind::comparable).containsExactly(Kind.WHOLE, Kind.LIMITED);
    }
}

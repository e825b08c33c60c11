package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.RecordingInfo.ProcessInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareTextTest {
    @Test
    void itSaysWhatWasReachedAndWhereTheRestWent() {
        Program a = new Program(2, 1000);
        a.recording.process(new ProcessInfo(1, List.of("python3.14", "app.py"), "", "3.14.7", false, true, 2, "here"));
        a.thread("w-0", RUNNING, 500, GIL, 500);
        a.thread("w-1", GIL, 500, RUNNING, 500);
        Program b = new Program(2, 625);
        b.thread("w-0", RUNNING, 625);
        int waiter = b.thread("w-1", LOCK, 250, RUNNING, 375);
        b.wait(waiter, 0, 250, b.recording.lock("lock", "threading.Lock", "STORE"));
        String text = CompareText.write(Comparison.of(a.side(), b.side(), null));
        assertThat(text)
                .contains("A  python3.14 app.py", "GIL build, Python 3.14.7 · 1 run · 1.00 s · 1.00 busy cores")
                .contains("B is 1.60 times as fast as A; at best 2.00 on 2 cores; from A alone, at most")
                .contains("decided by an allowance")
                .containsPattern("A's work, on 2 cores +0\\.500 +1\\.000 +1\\.000  ▇+")
                .containsPattern("  waited for locks +0\\.125 +0\\.250 +0\\.000 +▇+")
                .containsPattern("  queued for the GIL +0\\.000 +0\\.000 +1\\.000\n")
                .containsPattern("B +0\\.625 +1\\.250 +2\\.000  ▇+")
                .containsPattern("  gil +1\\.000 +0\\.000 +-1\\.000 ≠")
                .containsPattern("w-… +2 +2 +1\\.00 +1\\.00 +1\\.00 +0\\.25≠ same names and function")
                .containsPattern("0\\.00 +0\\.25 +\\+0\\.25 ≠ lock +STORE, waited for in work \\(app\\.py:10\\)")
                .contains("1.60 times as fast; 2.00 at best")
                .contains("Threads wait for locks: 20 % of the cores' time");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }
}

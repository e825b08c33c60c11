package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording;
import org.junit.jupiter.api.Test;

class InstantsTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
    private final int main = recording.thread("MainThread");
    private final int run = recording.stack(-1, "run", "a.py", 1);
    private final int put = recording.stack(run, "put", "a.py", 10);
    private final int get = recording.stack(run, "get", "a.py", 20);

    private ThreadChange change(int firstMs, int secondMs) {
        return ThreadChange.between(StateTimes.of(recording), CpuTimes.of(recording), main, START + firstMs * MS, START + secondMs * MS);
    }

    @Test
    void aThreadsStackIsComparedWithThatOfALaterMoment() {
        recording.run(main, 0, 30, ThreadState.RUNNING, 0, put).run(main, 30, 20, ThreadState.LOCK, 0, put).run(main, 50, 40, ThreadState.IO, 0, get);
        recording.cpu(main, START, 0, 0);
        recording.cpu(main, START + 100 * MS, 40 * MS, 0);
        ThreadChange same = change(10, 40);
        assertThat(same.what()).isEqualTo(ThreadChange.What.SAME);
        assertThat(same.states()[ThreadState.RUNNING.code()]).isEqualTo(20 * MS);
        assertThat(same.states()[ThreadState.LOCK.code()]).isEqualTo(10 * MS);
        assertThat(same.mostly()).isEqualTo(ThreadState.RUNNING);
        assertThat(same.used()).isEqualTo(new CpuTimes.Used(12 * MS, 0));

        ThreadChange other = change(10, 80);
        assertThat(other.what()).isEqualTo(ThreadChange.What.CHANGED);
        assertThat(other.common()).isEqualTo(1);
        assertThat(other.before()).extracting("function").containsExactly("run", "put");
        assertThat(other.after()).extracting("function").containsExactly("run", "get");

        assertThat(change(10, 95).what()).as("not seen at the second").isEqualTo(ThreadChange.What.UNKNOWN);
        assertThat(change(10, 95).states()[ThreadState.UNKNOWN.code()]).isEqualTo(5 * MS);
    }

    @Test
    void theLongestWaitOfAStretchHasTheMostOfIt() {
        recording.run(main, 0, 30, ThreadState.RUNNING, 0, put).run(main, 30, 20, ThreadState.LOCK, 0, put).run(main, 50, 40, ThreadState.LOCK, 0, get);
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        recording.wait(main, START + 30 * MS, START + 50 * MS, lock, put);
        recording.wait(main, START + 50 * MS, START + 90 * MS, lock, get);
        Recording.Wait longest = WaitIndex.of(recording).longestOf(main, new TimeRange(START + 20 * MS, START + 60 * MS));
        assertThat(longest).as("the most of it in the stretch").isNotNull().extracting("start").isEqualTo(START + 30 * MS);
    }
}

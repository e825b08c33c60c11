package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.IDLE;
import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.RUNNABLE;
import static io.threadlens.model.ThreadState.RUNNING;
import static io.threadlens.model.ThreadState.SIGNAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.timeline.StateTimes;
import io.threadlens.timeline.ThreadRoles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyEndsTest {
    private final Program program = new Program(4, 1000);

    /** At each of some ticks. */
    private List<Integer> at(int... ticks) {
        StateTimes times = StateTimes.of(program.recording);
        ThreadRoles roles = new ThreadRoles(times);
        EarlyEnds ends = EarlyEnds.of(times, times.threads().stream().map(thread -> roles.of(thread.number())).toList());
        return Arrays.stream(ticks).mapToObj(tick -> ends.at(Program.at(tick))).toList();
    }

    @Test
    void whoIsDoneIsWaitedForByNobody() {
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", RUNNING, 600);
        program.thread("w-2", LOCK, 300, RUNNING, 100, SIGNAL, 600);
        assertThat(at(0, 200, 390, 401, 580, 601, 970, 990)).containsExactly(0, 0, 0, 1, 1, 2, 2, 0);
    }

    /** One batch of threads after another: those of the first do not wait for the second. */
    @Test
    void threadsThatWereNeverThereTogether() {
        program.thread("w-0", RUNNING, 500);
        program.thread("w-1", RUNNING, 400);
        program.thread("w-2", IDLE, 501, RUNNING, 499);
        assertThat(at(385, 401, 485, 501, 700)).containsExactly(0, 1, 1, 0, 0);
    }

    @Test
    void whatIsToldThatThereIsNoMore() {
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", RUNNING, 500, SIGNAL, 495, RUNNING, 5);
        assertThat(at(485, 501, 900)).containsExactly(0, 1, 1);
    }

    /** Two that take things from a queue: it is chance which of them gets the last ones. */
    @Test
    void whoIsWokenNowAndThenDoesNotGoOn() {
        List<Object> few = new ArrayList<>();
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.addAll(List.of(SIGNAL, 5, RUNNABLE, 3, RUNNING, 2));
            few.addAll(i < 50 ? List.of(RUNNABLE, 3, RUNNING, 2, SIGNAL, 5) : List.of(SIGNAL, 10));
        }
        program.thread("w-0", few.toArray());
        program.thread("w-1", many.toArray());
        assertThat(at(485, 501, 900)).containsExactly(0, 0, 0);
    }

    @Test
    void oneThatDidHardlyAnythingHadNoPart() {
        program.thread("w-0", RUNNING, 1000);
        program.thread("w-1", RUNNING, 40);
        assertThat(at(100)).containsExactly(0);
    }
}

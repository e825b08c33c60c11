package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.GIL;
import static io.threadlens.model.ThreadState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.comparison.ThreadMatches.By;
import io.threadlens.model.ThreadState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadMatchesTest {
    private final Program a = new Program(4, 100);
    private final Program b = new Program(4, 100);

    private List<ThreadMatches.Group> groups() {
        return Comparison.of(a.side(), b.side(), null).threads().groups();
    }

    private static int stack(Program program, String... functions) {
        int stack = -1;
        for (String function : functions) {
            stack = program.stack(stack, function, "/app/app.py", 10);
        }
        return stack;
    }

    private static void thread(Program program, String name, int stack, int ticks) {
        program.threadIn(name, stack, RUNNING, ticks);
    }

    @Test
    void theSameNamesAndFunctionComeFirst() {
        int ofA = stack(a, "work");
        int ofB = stack(b, "work");
        thread(a, "reader-0", ofA, 50);
        thread(a, "writer-0", ofA, 100);
        thread(b, "writer-0", ofB, 100);
        thread(b, "reader-0", ofB, 50);
        assertThat(groups())
                .extracting(group -> group.a().name(), group -> group.b().name(), ThreadMatches.Group::by)
                .containsExactly(tuple("writer-0", "writer-0", By.NAME_AND_FUNCTION), tuple("reader-0", "reader-0", By.NAME_AND_FUNCTION));
    }

    @Test
    void thenTheSameFunction() {
        thread(a, "Thread-1 (work)", stack(a, "work"), 100);
        thread(b, "pool-0", stack(b, "work"), 100);
        thread(a, "MainThread", stack(a, "main"), 10);
        thread(b, "MainThread", stack(b, "main"), 10);
        assertThat(groups()).extracting(ThreadMatches.Group::by).containsExactly(By.FUNCTION, By.NAME_AND_FUNCTION);
    }

    @Test
    void thenTheSameNames() {
        thread(a, "worker-0", stack(a, "work"), 100);
        thread(b, "worker-0", stack(b, "work_faster"), 100);
        assertThat(groups()).singleElement().satisfies(group -> assertThat(group.by()).isEqualTo(By.NAME));
    }

    @Test
    void thenLikeness() {
        int[] ofA = {stack(a, "run_old", "parse"), stack(a, "start_old", "store")};
        int[] ofB = {stack(b, "run_new", "parse"), stack(b, "start_new", "store")};
        thread(a, "alpha", ofA[0], 100);
        thread(a, "beta", ofA[1], 60);
        thread(b, "gamma", ofB[1], 60);
        thread(b, "delta", ofB[0], 100);
        assertThat(groups())
                .extracting(group -> group.a().name(), group -> group.b().name(), ThreadMatches.Group::by)
                .containsExactly(tuple("alpha", "delta", By.LIKENESS), tuple("beta", "gamma", By.LIKENESS));
    }

    @Test
    void andWhatIsLikeNothingHasNoPartner() {
        thread(a, "alpha", stack(a, "one"), 100);
        thread(b, "beta", stack(b, "other"), 50);
        assertThat(groups()).extracting(ThreadMatches.Group::by).containsExactly(By.NOTHING, By.NOTHING);
        assertThat(groups().get(0).b()).isNull();
        assertThat(groups().get(1).a()).isNull();
        assertThat(groups().get(0).threads()).singleElement().satisfies(pair -> assertThat(pair.b()).isNull());
    }

    /** In the order in which a person counts, and what is more on one side has no partner. */
    @Test
    void threadsOfAGroupGoByTheirNumbers() {
        int ofA = stack(a, "work");
        int ofB = stack(b, "work");
        for (int i : new int[] {10, 2, 1}) {
            thread(a, "worker-" + i, ofA, 100);
        }
        for (int i : new int[] {2, 1, 10, 11}) {
            thread(b, "worker-" + i, ofB, 100);
        }
        ThreadMatches.Group group = groups().getFirst();
        assertThat(group.any().name()).isEqualTo("worker-…");
        assertThat(group.threads())
                .extracting(pair -> pair.a() == null ? null : pair.a().name(), pair -> pair.b() == null ? null : pair.b().name())
                .containsExactly(tuple("worker-1", "worker-1"), tuple("worker-2", "worker-2"), tuple("worker-10", "worker-10"), tuple(null, "worker-11"));
    }

    /** A pool of four in one run and of two in the other is one of three on average. */
    @Test
    void timesAreThoseOfARunOnAverage() {
        Program again = new Program(4, 100);
        for (int i = 0; i < 4; i++) {
            a.thread("worker-" + i, RUNNING, 50, GIL, 50);
        }
        for (int i = 0; i < 2; i++) {
            again.thread("worker-" + i, RUNNING, 100);
        }
        b.thread("worker-0", RUNNING, 100);
        Comparison comparison = Comparison.of(Program.side(a, again), b.side(), null);
        ThreadMatches.Group group = comparison.threads().groups().getFirst();
        assertThat(group.a().threads()).isEqualTo(3);
        assertThat(group.a().states().of(ThreadState.GIL)).isEqualTo(0.1, within(1e-9));
        assertThat(group.onCore().a()).isEqualTo(0.2, within(1e-9));
        assertThat(group.waiting().a()).isEqualTo(0.1, within(1e-9));
        assertThat(group.onCore().b()).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void thousandsOfThreadsAreMatched() {
        int ofA = stack(a, "work");
        int ofB = stack(b, "serve");
        for (int i = 0; i < 3000; i++) {
            a.threadIn("worker-" + i, ofA, RUNNING, 1);
            b.threadIn("client " + Integer.toString(i, 36) + "x", ofB, RUNNING, 1);
        }
        int pairs = groups().stream().mapToInt(group -> group.threads().size()).sum();
        assertThat(pairs).isEqualTo(6000);
    }
}

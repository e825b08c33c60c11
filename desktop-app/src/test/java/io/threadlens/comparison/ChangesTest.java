package io.threadlens.comparison;

import static io.threadlens.model.ThreadState.IDLE;
import static io.threadlens.model.ThreadState.LOCK;
import static io.threadlens.model.ThreadState.NATIVE;
import static io.threadlens.model.ThreadState.RUNNING;
import static io.threadlens.model.ThreadState.SIGNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Functions, lines and locks of two sides. */
class ChangesTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private final Program a = new Program(4, 1000);
    private final Program b = new Program(4, 1000);

    private Comparison compared() {
        return Comparison.of(a.side(), b.side(), null);
    }

    @Test
    void functionsAreTheSameWhereverTheirFilesLie() {
        a.threadIn("w-0", a.stack(-1, "parse", "/home/me/old/app/parse.py", 10), RUNNING, 600, LOCK, 100, SIGNAL, 300);
        b.threadIn("w-0", b.stack(-1, "parse", "/srv/new/app/parse.py", 14), NATIVE, 900, IDLE, 100);
        FunctionChange parse = compared().functions().getFirst();
        assertThat(parse.file()).isEqualTo("/srv/new/app/parse.py");
        assertThat(parse.line()).isEqualTo(14);
        assertThat(parse.own().a()).as("not waiting for work").isEqualTo(0.7, EXACT);
        assertThat(parse.own().b()).isEqualTo(0.9, EXACT);
        assertThat(parse.onCoreA()).isEqualTo(0.6, EXACT);
        assertThat(parse.onCoreBy()).isEqualTo(0.3, EXACT);
        assertThat(parse.totalA()).isEqualTo(1, EXACT);
    }

    @Test
    void ofOneSideOnlyTheOtherHasNoTime() {
        a.threadIn("w-0", a.stack(-1, "old", "/app/app.py", 10), RUNNING, 500);
        b.threadIn("w-0", b.stack(-1, "new", "/app/app.py", 20), RUNNING, 800);
        List<FunctionChange> functions = compared().functions();
        assertThat(functions).extracting(FunctionChange::function).as("most change first").containsExactly("new", "old");
        assertThat(functions.getFirst().own().a()).isZero();
        assertThat(functions.getFirst().own().significant()).isTrue();
        assertThat(functions.getLast().own().by()).isEqualTo(-0.5, EXACT);
    }

    /** The function was moved by four lines. */
    @Test
    void linesAreTheSameAsFarFromTheBeginningOfTheirFunction() {
        a.threadIn("w-0", a.recording.stack(-1, new io.threadlens.model.Frame("work", "/app/app.py", 10, 12)), RUNNING, 500);
        b.threadIn("w-0", b.recording.stack(-1, new io.threadlens.model.Frame("work", "/app/app.py", 14, 16)), RUNNING, 400);
        assertThat(compared().lines()).singleElement().satisfies(line -> {
            assertThat(line.line().line()).isEqualTo(16);
            assertThat(line.own().by()).isEqualTo(-0.1, EXACT);
        });
    }

    @Test
    void locksAreTheSameByNameOrByWhereTheyAreWaitedFor() {
        lock(a, "LOCK", "/old/app.py", 100);
        lock(b, "LOCK", "/new/app.py", 300);
        lock(a, null, "/old/app.py", 50);
        lock(b, null, "/new/app.py", 20);
        List<LockChange> locks = compared().locks();
        assertThat(locks).extracting(LockChange::name).containsExactly("LOCK", "threading.Lock");
        assertThat(locks.getFirst().waited().by()).isEqualTo(0.2, EXACT);
        assertThat(locks.getFirst().waitsA()).isEqualTo(1);
        assertThat(locks.getLast().waited().by()).isEqualTo(-0.03, EXACT);
        assertThat(locks.getLast().place().file()).isEqualTo("/new/app.py");
    }

    private static void lock(Program program, String label, String file, int ticks) {
        int lock = program.recording.lock("lock", "threading.Lock", label);
        int stack = program.stack(-1, "update", file, 30);
        int thread = program.threadIn("w-" + lock, stack, LOCK, ticks, RUNNING, 1000 - ticks);
        program.recording.wait(thread, Program.at(0), Program.at(ticks), lock, stack);
    }

    @Test
    void runsOfOneConfigurationDoNotDiffer() {
        for (Program program : new Program[] {a, b}) {
            program.thread("w-0", RUNNING, 500);
            program.thread("w-1", RUNNING, 480);
        }
        Comparison comparison = compared();
        assertThat(comparison.functions()).noneMatch(function -> function.own().significant());
        assertThat(comparison.figures().wall().significant()).isFalse();
        assertThat(comparison.figures().states().values()).noneMatch(Difference::significant);
        assertThat(comparison.figures().cpu().significant()).as("the kernel was not asked").isNull();
        assertThat(comparison.speedup().value()).isEqualTo(1, EXACT);
    }
}

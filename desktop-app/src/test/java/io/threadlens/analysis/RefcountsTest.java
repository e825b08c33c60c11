package io.threadlens.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.RefcountLooks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Two threads that run for two seconds, one row of looks every 100 ms. */
class RefcountsTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final long SHARED = 0x7f00_0000_1000L;

    private final MemoryRecording recording = new MemoryRecording(1000).ticks(2000);
    private final int a = recording.thread("A");
    private final int b = recording.thread("B");
    private final int get = recording.stack(-1, "get", "app.py", 10);
    private final int getByAnotherWay = recording.stack(recording.stack(-1, "main", "app.py", 1), "get", "app.py", 10);
    private final int other = recording.stack(-1, "other", "app.py", 20);

    private static long at(double ms) {
        return MemoryRecording.START_NS + Math.round(ms * 1e6);
    }

    private final List<RefcountLooks> rows = new ArrayList<>();

    private void looks(int thread, double from, double to, int stack, long object, int looks, int changed) {
        for (double ms = from; ms < to; ms += 100) {
            rows.add(new RefcountLooks(at(ms), thread, stack, object, "Config", looks, changed));
        }
    }

    private List<FoughtOver> found() {
        rows.stream()
                .sorted(Comparator.comparingLong(RefcountLooks::time))
                .forEach(row -> recording.refcounts(row.time(), row.thread(), row.stack(), row.object(), row.type(), row.looks(), row.changed()));
        return Refcounts.of(recording);
    }

    private void run(int thread, int from, int count, int stack) {
        recording.run(thread, from, count, ThreadState.RUNNING, thread, stack);
    }

    @Test
    void anObjectThatTwoThreadsUseAtOnceIsFoughtOver() {
        run(a, 0, 1000, get);
        run(a, 1000, 1000, other);
        run(b, 500, 1500, getByAnotherWay);
        looks(a, 0, 1000, get, SHARED, 10, 4);
        looks(b, 0, 1000, getByAnotherWay, SHARED, 10, 4);
        assertThat(found()).singleElement().satisfies(object -> {
            assertThat(object.type()).isEqualTo("Config");
            assertThat(object.objects()).isEqualTo(1);
            assertThat(object.threads()).containsExactly(a, b);
            assertThat(object.looks()).isEqualTo(100);
            assertThat(object.share()).isEqualTo(0.4, EXACT);
            assertThat(object.places()).containsExactly(new Frame("get", "app.py", 10, 10));
            assertThat(object.seconds()).as("both on that line from 0.5 to 1 s").isEqualTo(0.4, EXACT);
        });
    }

    @Test
    void anObjectThatOneThreadHasToItselfIsNot() {
        looks(a, 0, 2000, get, SHARED, 20, 8);
        looks(b, 0, 2000, get, SHARED, 20, 0);
        assertThat(found()).isEmpty();
    }

    @Test
    void fewChangesOrFewLooksAreNoFight() {
        looks(a, 0, 2000, get, SHARED, 50, 4);
        looks(b, 0, 2000, get, SHARED, 50, 4);
        looks(a, 0, 100, get, SHARED + 16, 19, 10);
        looks(b, 0, 100, get, SHARED + 16, 19, 10);
        assertThat(found()).isEmpty();
    }

    /** An address is used again when the object at it is gone. */
    @Test
    void threadsThatNeverUsedItInTheSameSecondDoNotFight() {
        looks(a, 0, 900, get, SHARED, 20, 8);
        looks(b, 1000, 1900, get, SHARED, 20, 8);
        assertThat(found()).isEmpty();
    }

    @Test
    void objectsOfOneTypeAtOneLineAreOneMatter() {
        run(a, 0, 1000, get);
        run(b, 0, 1000, get);
        for (int i = 0; i < 5; i++) {
            looks(a, 0, 1000, get, SHARED + 64 * i, 10, 2);
            looks(b, 0, 1000, get, SHARED + 64 * i, 10, 2);
        }
        assertThat(found()).singleElement().satisfies(object -> {
            assertThat(object.objects()).isEqualTo(5);
            assertThat(object.seconds()).isEqualTo(0.4, EXACT);
        });
    }

    /** Who does not run at the same time does not slow the other one down, whatever was counted. */
    @Test
    void threadsThatTakeTurnsLoseNothing() {
        run(a, 0, 1000, get);
        run(b, 1000, 1000, get);
        looks(a, 0, 2000, get, SHARED, 10, 4);
        looks(b, 0, 2000, get, SHARED, 10, 4);
        assertThat(found()).singleElement().satisfies(object -> assertThat(object.seconds()).isZero());
    }
}

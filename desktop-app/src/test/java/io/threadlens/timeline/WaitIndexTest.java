package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.recording.Recording.Wait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitIndexTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    @Test
    void aWaitIsFoundFromItsStartUpToItsEnd() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        int main = recording.thread("MainThread");
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        recording.wait(main, START + 10 * MS, START + 20 * MS, lock, -1);
        recording.wait(main, START + 30 * MS, START + 40 * MS, lock, -1);
        WaitIndex index = WaitIndex.of(recording);
        assertThat(index.at(main, START + 10 * MS - 1)).isNull();
        assertThat(index.at(main, START + 10 * MS)).isEqualTo(new Wait(main, START + 10 * MS, START + 20 * MS, lock, -1));
        assertThat(index.at(main, START + 20 * MS)).isNull();
        assertThat(index.at(main, START + 39 * MS)).isNotNull();
        assertThat(index.at(7, START + 39 * MS)).as("an unknown thread").isNull();
    }

    @Test
    void aWaitForWorkIsNoContention() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100).live(true);
        int main = recording.thread("MainThread");
        int queue = recording.lock("queue", "_queue.SimpleQueue", null);
        recording.wait(main, START, START + 20 * MS, queue, -1);
        WaitIndex index = WaitIndex.of(recording);
        assertThat(index.at(main, START)).isNotNull();
        assertThat(index.contentionAt(main, START)).isNull();
        assertThat(index.locks().get(queue).name()).isEqualTo("_queue.SimpleQueue #0");
    }

    @Test
    void aGrowingIndexSaysWhatThatOfTheWholeSaysAndOlderOnesStayAsTheyWere() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(3_000).live(true);
        for (int thread = 0; thread < 4; thread++) {
            recording.thread("worker-" + thread);
        }
        for (int lock = 0; lock < 3; lock++) {
            recording.lock("lock", "threading.Lock", null);
        }
        Random random = new Random(11);
        long[] free = {0, 0, 0, 0};
        WaitIndex growing = WaitIndex.of(recording);
        List<WaitIndex> older = new ArrayList<>();
        List<List<Wait>> thenAsked = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            for (int thread = 0; thread < 4; thread++) {
                for (int more = random.nextInt(4); more > 0; more--) {
                    long start = free[thread] + random.nextInt(5);
                    long end = start + 1 + random.nextInt(9);
                    int lock = random.nextInt(3);
                    // It is told while it goes on, and again when it is over.
                    recording.wait(thread, START + start * MS, START + (start + end) / 2 * MS + MS, lock, -1);
                    growing = growing.grow();
                    recording.wait(thread, START + start * MS, START + end * MS, lock, -1);
                    free[thread] = end;
                }
            }
            growing = growing.grow();
            older.add(growing);
            thenAsked.add(asked(growing));
        }
        assertThat(asked(growing)).isEqualTo(asked(WaitIndex.of(recording))).anyMatch(wait -> wait != null);
        for (int i = 0; i < older.size(); i++) {
            assertThat(asked(older.get(i))).as("step %d", i).isEqualTo(thenAsked.get(i));
        }
    }

    private static List<Wait> asked(WaitIndex index) {
        List<Wait> found = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            for (int ms = 0; ms < 600; ms++) {
                found.add(index.at(thread, START + ms * MS));
            }
        }
        for (int lock = 0; lock < 3; lock++) {
            for (int ms = 0; ms < 600; ms++) {
                found.addAll(index.waitersAt(lock, START + ms * MS));
            }
        }
        return found;
    }

    @Test
    void waitersAreInTheOrderInWhichTheyCame() {
        WaitIndex index = WaitIndex.of(three());
        assertThat(index.waitersAt(0, START + 25 * MS)).extracting(Wait::thread).containsExactly(2, 0, 1);
        assertThat(index.waitersAt(0, START + 12 * MS)).extracting(Wait::thread).containsExactly(2);
        assertThat(index.nextFor(0, START + 12 * MS, START + 100 * MS)).isNotNull().extracting(Wait::thread).isEqualTo(0);
        assertThat(index.nextFor(0, START + 25 * MS, START + 100 * MS)).isNull();
        assertThat(index.longestFor(0, new TimeRange(START, START + 100 * MS))).isNotNull().extracting(Wait::thread).isEqualTo(1);
        assertThat(index.longestFor(0, new TimeRange(START, START + 18 * MS))).isNotNull().extracting(Wait::thread).isEqualTo(2);
        assertThat(index.longestFor(0, new TimeRange(START + 80 * MS, START + 90 * MS))).isNull();
    }

    @Test
    void theNumberOfThreadsThatWaitIsExactInEveryColumn() {
        WaitIndex index = WaitIndex.of(three());
        double[] waiting = index.waiting(0, Columns.of(START, 10 * MS, 8));
        assertThat(waiting).containsExactly(new double[] {0, 1.5, 2.6, 1, 1, 1, 1, 0}, within(1e-9));
    }

    @Test
    void spansLeaveNothingOutAndShareNoPixel() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(2_000);
        int main = recording.thread("MainThread");
        int lock = recording.lock("lock", null, null);
        Random random = new Random(5);
        List<Wait> waits = new ArrayList<>();
        for (long at = START; at < START + 1_900 * MS; ) {
            long end = at + 1_000 + random.nextInt(random.nextInt(50) == 0 ? 60_000_000 : 900_000);
            recording.wait(main, at, end, lock, -1);
            waits.add(new Wait(main, at, end, lock, -1));
            at = end + random.nextInt(3_000_000);
        }
        Viewport viewport = Viewport.fit(new TimeRange(START + 100 * MS, START + 1_500 * MS), 500);
        List<Span> spans = WaitIndex.of(recording).spans(lock, main, viewport);
        assertThat(spans).hasSizeBetween(10, 500).isSortedAccordingTo(Comparator.comparingDouble(Span::startPx));
        for (int i = 1; i < spans.size(); i++) {
            assertThat(Math.floor(spans.get(i).startPx())).isGreaterThan(Math.floor(spans.get(i - 1).endPx()));
        }
        for (Wait wait : waits) {
            double from = Math.clamp(viewport.pxOf(wait.start()), 0, 500);
            double to = Math.clamp(viewport.pxOf(wait.end()), 0, 500);
            if (from < to) {
                assertThat(spans).as("%s", wait).anyMatch(span -> span.startPx() <= from + 1 && span.endPx() >= to - 1 && span.startPx() <= to && span.endPx() >= from - 1);
            }
        }
        double covered = spans.stream().mapToDouble(Span::width).sum();
        double waited = waits.stream()
                .mapToDouble(wait -> Math.max(0, Math.clamp(viewport.pxOf(wait.end()), 0, 500) - Math.clamp(viewport.pxOf(wait.start()), 0, 500)))
                .sum();
        assertThat(covered).isBetween(waited - 1e-6, waited + spans.size() + waits.size());
    }

    static TimeRange range(int fromMs, int toMs) {
        return new TimeRange(START + fromMs * MS, START + toMs * MS);
    }

    /** Three threads that come to a lock one after the other, and leave it again. */
    private static MemoryRecording three() {
        MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
        for (int thread = 0; thread < 3; thread++) {
            recording.thread("worker-" + thread);
        }
        int lock = recording.lock("lock", "threading.Lock", "Store.lock");
        recording.wait(0, START + 15 * MS, START + 30 * MS, lock, -1);
        recording.wait(1, START + 20 * MS, START + 70 * MS, lock, -1);
        recording.wait(2, START + 10 * MS, START + 26 * MS, lock, -1);
        return recording;
    }
}

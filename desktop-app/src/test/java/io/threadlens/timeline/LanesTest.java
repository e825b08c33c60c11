package io.threadlens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.MemoryRecording;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneOrder.Sorting;
import io.threadlens.timeline.LaneOrder.Spent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final long MS = 1_000_000;
    private static final long START = MemoryRecording.START_NS;

    private final MemoryRecording recording = new MemoryRecording(1_000).ticks(100);
    private final int root = recording.stack(-1, "Thread._bootstrap", "/usr/lib/python3.14/threading.py", 1044);
    private final int serve = recording.stack(root, "serve", "/srv/app/web.py", 9);
    private final int count = recording.stack(serve, "Store.count", "/srv/app/store.py", 30);
    private final int crawl = recording.stack(root, "crawl", "/srv/app/crawl.py", 4);

    /** Main; then workers that wait for a lock for 10, 30 and 20 ms; then one that is as named by default. */
    private void write() {
        thread("MainThread", serve, 0);
        thread("worker-2", serve, 10);
        thread("worker-10", count, 30);
        thread("worker-1", crawl, 20);
        thread("Thread-7 (crawl)", crawl, 0);
    }

    private void thread(String name, int stack, int locked) {
        int number = recording.thread(name);
        recording.thread(new ThreadInfo(number, 1000 + number, number, name, START + number, -1));
        recording.run(number, 0, 100 - locked, ThreadState.RUNNING, 0, stack);
        if (locked > 0) {
            recording.run(number, 100 - locked, locked, ThreadState.LOCK, 0, stack);
        }
        recording.cpu(number, START, 0, 0);
        recording.cpu(number, START + 100 * MS, number * MS, 0);
    }

    private LaneRows rows(LaneOrder order) {
        return rows(order, new TimeRange(START, START + 100 * MS));
    }

    private LaneRows rows(LaneOrder order, TimeRange range) {
        return LaneArranger.arrange(StateTimes.of(recording), CpuTimes.of(recording), order, range);
    }

    @Test
    void lanesAreFoundByWords() {
        write();
        assertThat(rows(LaneOrder.DEFAULT).threads()).containsExactly(0, 1, 2, 3, 4);
        assertThat(rows(LaneOrder.DEFAULT.searching("WORK")).threads()).containsExactly(1, 2, 3);
        assertThat(rows(LaneOrder.DEFAULT.searching("work 1002")).threads()).containsExactly(2);
        assertThat(rows(LaneOrder.DEFAULT.searching("nobody")).threads()).isEmpty();
    }

    @Test
    void theOrderIsThatOfTheStartOfTheNameOrOfTime() {
        write();
        assertThat(rows(LaneOrder.DEFAULT.sorted(Sorting.NAME)).threads()).as("as a person counts").containsExactly(0, 4, 3, 1, 2);
        assertThat(rows(LaneOrder.DEFAULT.sorted(Sorting.CPU)).threads()).containsExactly(4, 3, 2, 1, 0);
        assertThat(rows(LaneOrder.DEFAULT.sorted(Sorting.by(ThreadState.LOCK))).threads()).as("those with none as they were started").containsExactly(2, 3, 1, 0, 4);
        assertThat(rows(LaneOrder.DEFAULT.sorted(Sorting.by(ThreadState.LOCK)), new TimeRange(START, START + 75 * MS)).threads())
                .as("only within the range")
                .containsExactly(2, 0, 1, 3, 4);
    }

    @Test
    void namesThatDifferByTheirNumberAreAGroup() {
        write();
        thread("ThreadPoolExecutor-0_0", serve, 0);
        thread("ThreadPoolExecutor-0_3", serve, 0);
        thread("Thread-9 (crawl)", serve, 0);
        LaneRows closed = rows(LaneOrder.DEFAULT.grouped(Grouping.NAME));
        assertThat(closed.lanes()).extracting(lane -> lane instanceof Lane.OfGroup of ? of.name() + " " + of.threads() : "alone " + lane.threads()).containsExactly(
                "alone [0]", "worker-1 … 10 [1, 2, 3]", "Thread-7 … 9 (crawl) [4, 7]", "ThreadPoolExecutor-0_0 … 3 [5, 6]");
        assertThat(closed.rowOf(2)).as("the lane of its group").isEqualTo(1);
        assertThat(closed.threads()).hasSize(8);

        String key = ((Lane.OfGroup) closed.lane(1)).key();
        LaneRows open = rows(LaneOrder.DEFAULT.grouped(Grouping.NAME).opening(key, true).sorted(Sorting.by(ThreadState.LOCK)));
        assertThat(open.lane(0)).as("the group that waited the longest").isInstanceOf(Lane.OfGroup.class);
        assertThat(IntStream.range(1, 4).mapToObj(open::lane).toList()).containsExactly(
                new Lane.OfThread(2, true, 0), new Lane.OfThread(3, true, 0), new Lane.OfThread(1, true, 0));
        assertThat(open.rowOf(3)).isEqualTo(2);
    }

    @Test
    void aRoleIsTheOutermostFunctionOfThePrograms() {
        write();
        assertThat(rows(LaneOrder.DEFAULT.grouped(Grouping.ROLE)).lanes()).containsExactly(
                new Lane.OfGroup("serve (web.py)", "serve (web.py)", List.of(0, 1, 2), false),
                new Lane.OfGroup("crawl (crawl.py)", "crawl (crawl.py)", List.of(3, 4), false));
    }

    @Test
    void threadsAreFilteredByTimeInAStateAndByFunction() {
        write();
        assertThat(rows(LaneOrder.DEFAULT.spending(new Spent(ThreadState.LOCK, 0))).threads()).containsExactly(1, 2, 3);
        assertThat(rows(LaneOrder.DEFAULT.spending(new Spent(ThreadState.LOCK, 0.2))).threads()).containsExactly(2, 3);
        assertThat(rows(LaneOrder.DEFAULT.spending(new Spent(ThreadState.LOCK, 0.2)), new TimeRange(START + 60 * MS, START + 100 * MS)).threads())
                .as("of the life within the range")
                .containsExactly(1, 2, 3);
        assertThat(rows(LaneOrder.DEFAULT.calling("store.")).threads()).containsExactly(2);
        assertThat(rows(LaneOrder.DEFAULT.calling("crawl").searching("worker")).threads()).containsExactly(3);
        recording.ticks(10).run(0, 100, 10, ThreadState.RUNNING, 0, crawl);
        assertThat(rows(LaneOrder.DEFAULT.calling("crawl")).threads()).as("not called in the range").containsExactly(3, 4);
    }

    @Test
    void pinnedThreadsComeFirstAndHiddenOnesAreGone() {
        write();
        LaneRows rows = rows(LaneOrder.DEFAULT.pinning(3, true).pinning(0, true).hiding(Set.of(1)));
        assertThat(rows.threads()).containsExactly(3, 0, 2, 4);
        assertThat(rows.pinned()).isEqualTo(2);
        LaneRows grouped = rows(LaneOrder.DEFAULT.grouped(Grouping.NAME).pinning(3, true));
        assertThat(grouped.lane(0)).isEqualTo(new Lane.OfThread(3, false, 0));
        assertThat(grouped.lane(2).threads()).as("a group has all its threads' time").containsExactly(1, 2, 3);
        assertThat(grouped.rowOf(3)).isZero();
    }

    @Test
    void onlyLanesOnTheScreenAreVisible() {
        LaneLayout layout = layout(1_000, 0, 130).scrolledTo(10 * LaneRows.LANE_HEIGHT + 10);
        assertThat(layout.visible()).containsExactly(10, 11, 12, 13, 14, 15);
        assertThat(layout.rowAt(0)).isEqualTo(10);
        assertThat(layout.rowAt(129)).isEqualTo(15);
        assertThat(layout.rowAt(130)).isEqualTo(-1);
        assertThat(layout.showing(999).visible()).endsWith(999);
        assertThat(layout.scrolledTo(1e9).scrollY()).isEqualTo(1_000 * LaneRows.LANE_HEIGHT - 130);
        assertThat(layout(2, 0, 130).rowAt(60)).as("below the last").isEqualTo(-1);
    }

    @Test
    void pinnedLanesStayAndTheOthersScrollBelowThem() {
        LaneLayout layout = layout(1_000, 2, 260).scrolledTo(100 * LaneRows.LANE_HEIGHT);
        assertThat(layout.visible().subList(0, 3)).containsExactly(0, 1, 102);
        assertThat(layout.top(1)).isEqualTo(LaneRows.LANE_HEIGHT);
        assertThat(layout.top(102)).isEqualTo(2 * LaneRows.LANE_HEIGHT + LaneLayout.SEPARATOR);
        assertThat(layout.rowAt(10)).isZero();
        assertThat(layout.rowAt(layout.top(102) + 1)).isEqualTo(102);
        assertThat(layout.rowAt(layout.top(102) - 1)).as("the line between").isEqualTo(-1);
        LaneLayout last = layout.scrolledTo(1e9);
        assertThat(last.top(999) + LaneRows.LANE_HEIGHT).isEqualTo(260);
        assertThat(last.showing(50).visible()).contains(50);
        assertThat(layout(1_000, 900, 260).stuck()).as("never more than half of the window").isEqualTo(5);
    }

    @Test
    void anOpenedLaneIsHigher() {
        List<Lane> lanes = List.of(new Lane.OfThread(0, false, 0), new Lane.OfThread(1, false, 10), new Lane.OfThread(2, false, 0));
        LaneLayout layout = new LaneLayout(new LaneRows(lanes, 0), 0, 230);
        assertThat(layout.top(2)).isEqualTo(2 * LaneRows.LANE_HEIGHT + 10 * LaneRows.CALL_HEIGHT);
        assertThat(layout.rowAt(100)).isEqualTo(1);
        assertThat(layout.rowAt(layout.top(2))).isEqualTo(2);
        assertThat(layout.maxScroll()).isEqualTo(3 * LaneRows.LANE_HEIGHT + 160 - 230);
    }

    @Test
    void aGroupHasTheSumOfItsThreadsTimes() {
        RandomProgram program = new RandomProgram(9, 3);
        program.grow(2_000);
        StateTimes times = StateTimes.of(program.recording);
        Columns columns = Columns.of(Viewport.fit(times.range(), 101));
        long[] group = new long[101 * ThreadState.COUNT];
        LaneTimes.columns(times, List.of(0, 1, 2), columns, false, group);
        for (int i = 0; i < 101; i++) {
            for (ThreadState state : ThreadState.values()) {
                long sum = 0;
                for (int thread = 0; thread < 3; thread++) {
                    sum += times.livedBetween(thread, columns.edge(i), columns.edge(i + 1))[state.code()];
                }
                assertThat(group[i * ThreadState.COUNT + state.code()]).isEqualTo(sum);
            }
        }
        assertThat(LaneTimes.sum(times, List.of(0, 1, 2), columns.edge(0), columns.edge(101))).isEqualTo(sums(group));
    }

    @Test
    void aLargeGroupsColumnsAreCoarserAndLoseNothing() {
        RandomProgram program = new RandomProgram(10, 3);
        program.grow(500);
        StateTimes times = StateTimes.of(program.recording);
        List<Integer> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(i % 3);
        }
        int width = 401;
        assertThat(LaneTimes.joined(many.size(), width, false)).isGreaterThan(1);
        Columns columns = Columns.of(Viewport.fit(times.range(), width));
        long[] group = new long[width * ThreadState.COUNT];
        LaneTimes.columns(times, many, columns, false, group);
        assertThat(sums(group)).isEqualTo(LaneTimes.sum(times, many, columns.edge(0), columns.edge(width)));
    }

    private static long[] sums(long[] columns) {
        long[] sums = new long[ThreadState.COUNT];
        for (int i = 0; i < columns.length; i++) {
            sums[i % ThreadState.COUNT] += columns[i];
        }
        return sums;
    }

    private static LaneLayout layout(int threads, int pinned, double height) {
        List<Lane> lanes = IntStream.range(0, threads).<Lane>mapToObj(thread -> new Lane.OfThread(thread, false, 0)).toList();
        return new LaneLayout(new LaneRows(lanes, pinned), 0, height);
    }
}

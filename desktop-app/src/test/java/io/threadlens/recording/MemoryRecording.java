package io.threadlens.recording;

import io.threadlens.model.Frame;
import io.threadlens.model.RecordingInfo;
import io.threadlens.model.RecordingInfo.End;
import io.threadlens.model.RecordingInfo.ProcessInfo;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recording that a test writes down: ticks, stacks, then runs. May grow while it is read, like a live one.
 *
 * <pre>{@code
 * var recording = new MemoryRecording(1_000);           // 1 kHz
 * recording.ticks(100);
 * int main = recording.thread("MainThread");
 * int work = recording.stack(-1, "work", "app.py", 10);
 * recording.run(main, 0, 60, ThreadState.RUNNING, 2, work);
 * recording.run(main, 60, 40, ThreadState.LOCK, 2, work);
 * recording.cut();                                       // what follows is in a new chunk
 * }</pre>
 */
public final class MemoryRecording implements Recording {
    /** When the first tick began. */
    public static final long START_NS = 1_000_000_000L;

    private final double rateHz;
    private final long periodNs;
    private final List<ThreadInfo> threads = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<int[]> stacks = new ArrayList<>();
    private final List<CpuRow> cpu = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, String> features = new TreeMap<>(Map.of("stacks", "ok", "states", "ok"));
    private final List<Lock> locks = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final Map<Integer, Wait> newestWaits = new TreeMap<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<RefcountLooks> refcounts = new ArrayList<>();
    private final List<CoreSlice> coreSlices = new ArrayList<>();
    private final List<SystemLoad> systemLoad = new ArrayList<>();
    private final List<SampleChunk> closed = new ArrayList<>();
    private List<Run> open = new ArrayList<>();
    private long[] tickTimes = new long[16];
    private int tickCount;
    private long revision;
    private boolean live;
    private @Nullable String damage;
    private ProcessInfo process = new ProcessInfo(4242, List.of("python3.14t", "app.py"), "/usr/bin/python3.14t", "3.14.7", true, false, 8, "testhost");
    private End end = new End("exited", 0, null);

    public MemoryRecording(double rateHz) {
        this.rateHz = rateHz;
        this.periodNs = Math.round(1e9 / rateHz);
    }

    /** Adds {@code n} ticks, each a period after the one before. */
    public synchronized MemoryRecording ticks(int n) {
        for (int i = 0; i < n; i++) {
            tick(tickCount == 0 ? START_NS : tickTimes[tickCount - 1] + periodNs);
        }
        return this;
    }

    /** Adds one tick at a time of one's own. */
    public synchronized MemoryRecording tick(long timeNs) {
        if (tickCount == tickTimes.length) {
            tickTimes = Arrays.copyOf(tickTimes, tickCount * 2);
        }
        tickTimes[tickCount++] = timeNs;
        revision++;
        return this;
    }

    public synchronized int thread(String name) {
        int number = threads.size();
        threads.add(new ThreadInfo(number, 1000 + number, 0x7f00_0000_0000L + number, name, START_NS, -1));
        revision++;
        return number;
    }

    /** Replaces what is known of a thread. */
    public synchronized void thread(ThreadInfo info) {
        threads.set(info.number(), info);
        revision++;
    }

    /** A stack: its parent (−1 at the root) and one call more. */
    public int stack(int parent, String function, String file, int line) {
        return stack(parent, new Frame(function, file, line, line));
    }

    public synchronized int stack(int parent, Frame call) {
        frames.add(call);
        stacks.add(new int[] {parent, frames.size() - 1});
        revision++;
        return stacks.size() - 1;
    }

    public MemoryRecording run(int thread, int tick, int count, ThreadState state, int core, int stack) {
        return run(thread, tick, count, state, 0, core, stack);
    }

    public synchronized MemoryRecording run(int thread, int tick, int count, ThreadState state, int flags, int core, int stack) {
        open.add(new Run(thread, tick, count, state.code(), (byte) flags, (short) core, stack));
        revision++;
        return this;
    }

    /** Ends the chunk that grows; runs added from now on are in the next one. */
    public synchronized MemoryRecording cut() {
        if (!open.isEmpty()) {
            closed.add(new Chunk(open));
            open = new ArrayList<>();
        }
        revision++;
        return this;
    }

    public synchronized void cpu(int thread, long time, long cpuNs, long delayNs) {
        cpu.add(new CpuRow(thread, time, cpuNs, delayNs));
        revision++;
    }

    public synchronized void pause(long start, long end, int kind, int thread, int stack) {
        pauses.add(new Pause(start, end, kind, thread, stack));
        revision++;
    }

    public synchronized void event(long time, String kind, long value, @Nullable String text) {
        events.add(new Event(time, kind, value, text));
        revision++;
    }

    public synchronized void mark(long time, String text) {
        marks.add(new Mark(time, time, text));
        revision++;
    }

    /** Something to wait for or to hold; returns its number. */
    public synchronized int lock(String kind, @Nullable String type, @Nullable String label) {
        locks.add(new Lock(locks.size(), kind, type, label));
        revision++;
        return locks.size() - 1;
    }

    /** Replaces what is known of a lock. */
    public synchronized void lock(Lock lock) {
        locks.set(lock.number(), lock);
        revision++;
    }

    /** A wait, or, with the thread and the start of an earlier one, what is known of that now. */
    public synchronized void wait(int thread, long start, long end, int lock, int stack) {
        Wait before = newestWaits.put(thread, new Wait(thread, start, end, lock, stack));
        if (before != null && before.start() != start) {
            waits.add(before);
        }
        revision++;
    }

    public void hold(int lock, int thread, long start, long end, int stack, int how, int place) {
        hold(new Hold(lock, thread, start, end, stack, how, place, -1));
    }

    public synchronized void hold(Hold hold) {
        holds.add(hold);
        revision++;
    }

    public synchronized void refcounts(long time, int thread, int stack, long object, @Nullable String type, int looks, int changed) {
        refcounts.add(new RefcountLooks(time, thread, stack, object, type, looks, changed));
        revision++;
    }

    /** A thread was on a core; slices come in order of their ends. */
    public synchronized MemoryRecording slice(int thread, int core, long start, long end) {
        coreSlices.add(new CoreSlice(thread, core, start, end));
        revision++;
        return this;
    }

    public synchronized MemoryRecording load(long time, long busy, long own) {
        systemLoad.add(new SystemLoad(time, busy, own));
        revision++;
        return this;
    }

    /** How many cores {@link #info()} says that the machine has. */
    public synchronized MemoryRecording cores(int count) {
        return process(new ProcessInfo(
                process.pid(), process.command(), process.executable(), process.python(), process.freeThreadedBuild(), process.gilEnabled(), count, process.host()));
    }

    /** What {@link #info()} says of the recorded program. */
    public synchronized MemoryRecording process(ProcessInfo info) {
        process = info;
        return this;
    }

    /** How {@link #info()} says that the recording ended. */
    public synchronized MemoryRecording end(End how) {
        end = how;
        return this;
    }

    /** Says that the program began with the GIL on. */
    public synchronized MemoryRecording gil() {
        return process(new ProcessInfo(
                process.pid(), process.command(), process.executable(), process.python(), process.freeThreadedBuild(), true, process.cores(), process.host()));
    }

    /** Says of something the agent can do that it could not, and why. */
    public synchronized void feature(String name, String why) {
        features.put(name, why);
        revision++;
    }

    /** Says what was lost of it. */
    public synchronized MemoryRecording damaged(String what) {
        damage = what;
        return this;
    }

    @Override
    public synchronized @Nullable String damage() {
        return damage;
    }

    /** Whether {@link #info()} says that the recording still grows. */
    public synchronized MemoryRecording live(boolean live) {
        this.live = live;
        revision++;
        return this;
    }

    /** Tells a writer of the stacks. */
    synchronized void define(RecordingWriter writer) {
        frames.forEach(writer::frame);
        stacks.forEach(stack -> writer.stack(stack[0], stack[1]));
    }

    @Override
    public synchronized RecordingInfo info() {
        long samples = 0;
        for (SampleChunk chunk : chunks()) {
            for (int row = 0; row < chunk.rows(); row++) {
                samples += chunk.count(row);
            }
        }
        return new RecordingInfo(
                process,
                1_700_000_000_000_000_000L,
                START_NS,
                rateHz,
                Map.copyOf(features),
                new RecordingInfo.Counters(0, samples, 0, 0, 0, 0),
                live ? null : end,
                damage == null,
                live);
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized List<ThreadInfo> threads() {
        return List.copyOf(threads);
    }

    @Override
    public synchronized int tickCount() {
        return tickCount;
    }

    @Override
    public synchronized long tickTime(int i) {
        return tickTimes[i];
    }

    @Override
    public synchronized long tickEnd(int i) {
        long latest = tickTimes[i] + 2 * periodNs;
        return i + 1 < tickCount ? Math.min(tickTimes[i + 1], latest) : tickTimes[i] + periodNs;
    }

    @Override
    public synchronized int tickAt(long ns) {
        int at = Arrays.binarySearch(tickTimes, 0, tickCount, ns);
        return at >= 0 ? at : -at - 2;
    }

    @Override
    public synchronized List<SampleChunk> chunks() {
        List<SampleChunk> all = new ArrayList<>(closed);
        if (!open.isEmpty()) {
            all.add(new Chunk(open));
        }
        return Collections.unmodifiableList(all);
    }

    @Override
    public synchronized List<Frame> stack(int stackId) {
        List<Frame> calls = new ArrayList<>();
        for (int id = stackId; id >= 0; id = stacks.get(id)[0]) {
            calls.addFirst(frames.get(stacks.get(id)[1]));
        }
        return calls;
    }

    @Override
    public synchronized @Nullable Frame leaf(int stackId) {
        return stackId < 0 ? null : frames.get(stacks.get(stackId)[1]);
    }

    @Override
    public synchronized int frame(int stackId) {
        return stackId < 0 ? -1 : stacks.get(stackId)[1];
    }

    @Override
    public synchronized int parent(int stackId) {
        return stackId < 0 ? -1 : stacks.get(stackId)[0];
    }

    @Override
    public synchronized List<CpuRow> cpu() {
        return List.copyOf(cpu);
    }

    @Override
    public synchronized List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized List<Mark> marks() {
        return Marks.holding(marks);
    }

    @Override
    public synchronized List<Lock> locks() {
        return List.copyOf(locks);
    }

    @Override
    public synchronized List<Wait> waits() {
        List<Wait> all = new ArrayList<>(waits);
        all.addAll(newestWaits.values());
        return Collections.unmodifiableList(all);
    }

    @Override
    public synchronized List<Hold> holds() {
        return List.copyOf(holds);
    }

    @Override
    public synchronized List<RefcountLooks> refcounts() {
        return List.copyOf(refcounts);
    }

    @Override
    public synchronized List<CoreSlice> coreSlices() {
        return List.copyOf(coreSlices);
    }

    @Override
    public synchronized List<SystemLoad> systemLoad() {
        return List.copyOf(systemLoad);
    }

    @Override
    public void close() {}

    private record Run(int thread, int tick, int count, byte state, byte flags, short core, int stack) {}

    private static final class Chunk implements SampleChunk {
        private final List<Run> runs;
        private final int[] threads;
        private final int firstTick;
        private final int endTick;

        Chunk(List<Run> unsorted) {
            List<Run> sorted = new ArrayList<>(unsorted);
            sorted.sort((a, b) -> a.thread != b.thread ? Integer.compare(a.thread, b.thread) : Integer.compare(a.tick, b.tick));
            runs = sorted;
            threads = runs.stream().mapToInt(Run::thread).distinct().toArray();
            firstTick = runs.stream().mapToInt(Run::tick).min().orElse(0);
            endTick = runs.stream().mapToInt(r -> r.tick + r.count).max().orElse(0);
        }

        @Override
        public int rows() {
            return runs.size();
        }

        @Override
        public int firstTick() {
            return firstTick;
        }

        @Override
        public int endTick() {
            return endTick;
        }

        @Override
        public int threads() {
            return threads.length;
        }

        @Override
        public int thread(int i) {
            return threads[i];
        }

        @Override
        public int firstRow(int thread) {
            int low = 0;
            int high = runs.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (runs.get(middle).thread < thread) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        public int endRow(int thread) {
            return firstRow(thread + 1);
        }

        @Override
        public int tick(int row) {
            return runs.get(row).tick;
        }

        @Override
        public int count(int row) {
            return runs.get(row).count;
        }

        @Override
        public byte state(int row) {
            return runs.get(row).state;
        }

        @Override
        public byte flags(int row) {
            return runs.get(row).flags;
        }

        @Override
        public short core(int row) {
            return runs.get(row).core;
        }

        @Override
        public int stack(int row) {
            return runs.get(row).stack;
        }
    }
}

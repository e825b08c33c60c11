package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Profile;
import io.threadlens.recording.SampleChunk;
import io.threadlens.recording.SeenTime;
import io.threadlens.recording.Summary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a thread did in a stretch of time: what is to be said of a pixel, which may be hours. Of chunks that lie in it as a whole the profile is read, of the
 * others the rows.
 *
 * @param states  time in each state, ns by its code
 * @param longest the longest time in each state with one stack and without a tick between at which it was not so, ns by its code
 * @param ticks   at how many ticks the thread was seen
 * @param stack   the stack it was in for most of the time; −1 where none is known
 * @param stackNs for how long that was
 */
public record Stretch(long[] states, long[] longest, int ticks, int stack, long stackNs) {
    private static final ThreadState[] WAITS = {ThreadState.LOCK, ThreadState.GIL, ThreadState.PAUSED, ThreadState.SIGNAL};

    public static Stretch of(StateTimes times, int thread, long startNs, long endNs) {
        Counter counter = new Counter(times, thread, startNs, endNs);
        counter.count();
        return counter.result();
    }

    /** The longest wait for a lock, the GIL, the end of a pause, or for work, ns. */
    public long longestWait() {
        return Arrays.stream(WAITS).mapToLong(state -> longest[state.code()]).max().orElse(0);
    }

    private static final class Counter {
        private final Forest forest;
        private final Trail trail;
        private final int thread;
        private final SeenTime seen;
        private final int firstTick;
        private final int endTick;
        private final long seenFrom;
        private final long seenTo;
        private final long[] states = new long[ThreadState.COUNT];
        private final long[] longest = new long[ThreadState.COUNT];
        private final Map<Integer, Long> stacks = new HashMap<>();
        private int ticks;
        /** What goes on: in which stack and state, up to which tick, and for how long so far. */
        private int openStack;

        private int openState = -1;
        private int openEnd = -1;
        private long openNs;

        Counter(StateTimes times, int thread, long startNs, long endNs) {
            this.thread = thread;
            forest = times.forest();
            trail = forest.trail(thread);
            seen = times.seen();
            seenFrom = seen.until(startNs);
            seenTo = seen.until(endNs);
            int first = Math.max(0, times.tickAt(startNs));
            firstTick = seen.before(first + 1) <= seenFrom ? first + 1 : first;
            endTick = times.tickAt(endNs - 1) + 1;
        }

        void count() {
            for (int i = Math.max(0, trail.floor(firstTick, -1)); i < trail.count() && trail.tick(i) < endTick; i++) {
                Forest.Chunk chunk = forest.chunk(trail.chunk(i));
                int first = chunk.nodes().row(trail.firstNode(i));
                int end = chunk.nodes().row(trail.lastNode(i));
                Summary summary = chunk.samples().summary();
                if (summary != null && isWithin(trail.tick(i), chunk.nodes().tick(trail.lastNode(i)))) {
                    add(summary.profile());
                    joinAcross(chunk.samples(), first, end);
                } else {
                    for (int row = first; row < end && chunk.samples().tick(row) < endTick; row++) {
                        add(chunk.samples(), row);
                    }
                }
            }
        }

        private boolean isWithin(int from, int to) {
            return from >= firstTick && seen.before(from) >= seenFrom && to <= endTick && seen.before(to) <= seenTo;
        }

        private void add(Profile profile) {
            int end = profile.endRow(thread);
            for (int row = profile.firstRow(thread); row < end; row++) {
                int state = profile.state(row);
                states[state] += profile.time(row);
                ticks += profile.ticks(row);
                stacks.merge(profile.stack(row), profile.time(row), Long::sum);
                longest[state] = Math.max(longest[state], profile.longest(row));
            }
        }

        /** What goes on at the beginning of a chunk may have begun before it, and what does at its end may go on after it. */
        private void joinAcross(SampleChunk chunk, int first, int end) {
            int row = first;
            while (row < end && goesOn(chunk, row)) {
                open(chunk, row, openNs + time(chunk, row));
                row++;
            }
            if (row == end) {
                return;
            }
            int last = end - 1;
            long ns = time(chunk, last);
            for (int before = last - 1; before >= row && isSame(chunk, before, last) && endOf(chunk, before) == chunk.tick(before + 1); before--) {
                ns += time(chunk, before);
            }
            open(chunk, last, ns);
        }

        private void add(SampleChunk chunk, int row) {
            long ns = time(chunk, row);
            int count = Math.min(endTick, endOf(chunk, row)) - Math.max(firstTick, chunk.tick(row));
            if (count <= 0) {
                return;
            }
            states[chunk.state(row)] += ns;
            ticks += count;
            stacks.merge(chunk.stack(row), ns, Long::sum);
            open(chunk, row, goesOn(chunk, row) ? openNs + ns : ns);
        }

        private boolean goesOn(SampleChunk chunk, int row) {
            return chunk.tick(row) == openEnd && chunk.state(row) == openState && chunk.stack(row) == openStack;
        }

        private void open(SampleChunk chunk, int row, long ns) {
            openStack = chunk.stack(row);
            openState = chunk.state(row);
            openEnd = endOf(chunk, row);
            openNs = ns;
            longest[openState] = Math.max(longest[openState], ns);
        }

        private static boolean isSame(SampleChunk chunk, int a, int b) {
            return chunk.state(a) == chunk.state(b) && chunk.stack(a) == chunk.stack(b);
        }

        private static int endOf(SampleChunk chunk, int row) {
            return chunk.tick(row) + chunk.count(row);
        }

        private long time(SampleChunk chunk, int row) {
            return Math.max(0, Math.min(seenTo, seen.before(endOf(chunk, row))) - Math.max(seenFrom, seen.before(chunk.tick(row))));
        }

        Stretch result() {
            int stack = -1;
            long most = 0;
            for (Map.Entry<Integer, Long> of : stacks.entrySet()) {
                if (of.getKey() >= 0 && (of.getValue() > most || of.getValue() == most && of.getKey() < stack)) {
                    stack = of.getKey();
                    most = of.getValue();
                }
            }
            return new Stretch(states, longest, ticks, stack, most);
        }
    }
}

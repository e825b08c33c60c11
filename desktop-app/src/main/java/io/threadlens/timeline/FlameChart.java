package io.threadlens.timeline;

import io.threadlens.model.Frame;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A thread's calls over time, the outermost at the top: ticks that follow one another and saw the same function at the same depth, called the same way,
 * are one box. Where nobody looked, or no stack is known, there is none.
 *
 * @param boxes   at least a pixel wide, in no order
 * @param folded  where calls are narrower than a pixel, by depth as {@link Box#depth}
 * @param depth   rows that the boxes need
 * @param skipped outermost calls that all stacks in sight have in common and that are left out, because there are too many rows
 * @param cut     whether inner calls are left out because there are too many rows
 * @param tooMany whether there are more runs in sight than can be told apart; then there is no box
 */
public record FlameChart(List<Box> boxes, List<Box> folded, int depth, int skipped, boolean cut, boolean tooMany) {
    /** More runs than this in a viewport are narrower than anything that can be read. */
    public static final int MOST_RUNS = 4_000;

    private static final FlameChart TOO_MANY = new FlameChart(List.of(), List.of(), 0, 0, false, true);

    /** What a box is of. */
    public enum Kind {
        CALL,
        /** Inner calls are left out: they were not certain. */
        TRIMMED,
        /** The thread was seen, its stack is not known. */
        UNKNOWN
    }

    /**
     * One call, as far as it is in sight; its ends lie beyond where it began before or ended after.
     *
     * @param call null where it is not one
     */
    public record Box(Kind kind, int depth, double startPx, double endPx, @Nullable Frame call) {
        public double width() {
            return endPx - startPx;
        }
    }

    /** @param rows how many rows there is room for, at least one */
    public static FlameChart of(StateTimes times, int thread, Viewport viewport, int rows) {
        return new Builder(times, viewport, rows).build(thread);
    }

    private static final class Builder {
        private final StateTimes times;
        private final Recording recording;
        private final Viewport viewport;
        private final int rows;
        private final Map<Integer, List<Frame>> stacks = new HashMap<>();
        private final List<Box> boxes = new ArrayList<>();
        private final List<Box> folded = new ArrayList<>();
        private final List<Open> open = new ArrayList<>();
        /** By depth, the last folded box, which the next may join. */
        private final Map<Integer, Integer> lastFolded = new HashMap<>();

        private int skipped;
        private int depth;
        private boolean cut;

        private record Open(Kind kind, @Nullable Frame call, long startNs) {
            boolean isSame(Open other) {
                return kind == other.kind && isSameFunction(call, other.call);
            }
        }

        Builder(StateTimes times, Viewport viewport, int rows) {
            this.times = times;
            this.recording = times.recording();
            this.viewport = viewport;
            this.rows = rows;
        }

        FlameChart build(int thread) {
            int last = times.tickAt(viewport.endNs() - 1);
            ThreadRows runs = times.rows(thread);
            int first = times.tickAt(viewport.startNs());
            boolean more = runs.seek(first) || runs.next();
            int count = 0;
            for (; more && runs.tick() <= last; more = runs.next()) {
                if (++count > MOST_RUNS) {
                    return TOO_MANY;
                }
                if (runs.endTick() > first) {
                    stacks.computeIfAbsent(runs.stack(), recording::stack);
                }
            }
            skipped = skip();
            long seenUntil = Long.MIN_VALUE;
            runs = times.rows(thread);
            more = runs.seek(first) || runs.next();
            for (; more && runs.tick() <= last; more = runs.next()) {
                if (runs.endTick() <= first) {
                    continue;
                }
                seenUntil = add(runs, seenUntil);
            }
            close(0, seenUntil);
            return new FlameChart(List.copyOf(boxes), List.copyOf(folded), depth, skipped, cut, false);
        }

        /** How many outermost calls to leave out. */
        private int skip() {
            int deepest = 0;
            List<Frame> common = null;
            for (List<Frame> calls : stacks.values()) {
                if (!calls.isEmpty()) {
                    deepest = Math.max(deepest, calls.size());
                    common = common == null ? calls : common.subList(0, commonDepth(common, calls));
                }
            }
            // What all have in common says nothing here, but for the last of it, which calls the rest.
            return common == null || deepest <= rows ? 0 : Math.max(0, Math.min(common.size() - 1, deepest - rows));
        }

        /** Adds a run, in pieces where nobody looked in between. */
        private long add(ThreadRows runs, long seenUntil) {
            SeenTime seen = times.seen();
            long until = seenUntil;
            long from = recording.tickTime(runs.tick());
            long end = recording.tickEnd(runs.endTick() - 1);
            for (int gap = seen.gapAfter(from); gap < seen.gaps() && seen.gapStart(gap) < end; gap++) {
                addSeen(runs, from, until);
                until = seen.gapStart(gap);
                from = seen.gapEnd(gap);
            }
            addSeen(runs, from, until);
            return end;
        }

        private void addSeen(ThreadRows runs, long from, long before) {
            if (from > before) {
                close(0, before);
            }
            List<Open> now = stackOf(runs, from);
            int same = 0;
            while (same < now.size() && same < open.size() && now.get(same).isSame(open.get(same))) {
                same++;
            }
            close(same, from);
            open.addAll(now.subList(same, now.size()));
        }

        private List<Open> stackOf(ThreadRows runs, long from) {
            List<Open> now = new ArrayList<>();
            List<Frame> calls = stacks.getOrDefault(runs.stack(), List.of());
            if (calls.isEmpty()) {
                now.add(new Open(Kind.UNKNOWN, null, from));
            }
            for (Frame call : calls.subList(Math.min(skipped, calls.size()), calls.size())) {
                now.add(new Open(Kind.CALL, call, from));
            }
            if (!calls.isEmpty() && SampleAt.isTrimmed(runs.flags())) {
                now.add(new Open(Kind.TRIMMED, null, from));
            }
            if (now.size() > rows) {
                cut = true;
                return now.subList(0, rows);
            }
            return now;
        }

        /** Ends the boxes from a depth on. */
        private void close(int from, long endNs) {
            for (int i = open.size() - 1; i >= from; i--) {
                Open ended = open.remove(i);
                Box box = new Box(ended.kind, i, viewport.pxOf(ended.startNs), viewport.pxOf(endNs), ended.call);
                depth = Math.max(depth, i + 1);
                if (box.width() >= 1) {
                    boxes.add(box);
                } else if (box.endPx() > 0 && box.startPx() < viewport.width()) {
                    fold(box);
                }
            }
        }

        private void fold(Box box) {
            Integer last = lastFolded.get(box.depth());
            if (last != null && box.startPx() - folded.get(last).endPx() < 1) {
                Box before = folded.get(last);
                folded.set(last, new Box(Kind.CALL, box.depth(), before.startPx(), box.endPx(), null));
            } else {
                lastFolded.put(box.depth(), folded.size());
                folded.add(box);
            }
        }
    }

    /** How many calls two stacks have in common from the outermost on, at whatever lines. */
    static int commonDepth(List<Frame> a, List<Frame> b) {
        int depth = 0;
        while (depth < a.size() && depth < b.size() && isSameFunction(a.get(depth), b.get(depth))) {
            depth++;
        }
        return depth;
    }

    private static boolean isSameFunction(@Nullable Frame a, @Nullable Frame b) {
        if (a == null || b == null) {
            return a == b;
        }
        return a.firstLine() == b.firstLine() && Objects.equals(a.function(), b.function()) && Objects.equals(a.file(), b.file());
    }
}

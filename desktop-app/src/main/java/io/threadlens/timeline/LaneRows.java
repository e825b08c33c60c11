package io.threadlens.timeline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The lanes from top to bottom, with how high each is. Immutable; which lane is at a height is found in O(log lanes), the lane of a thread at once. */
public final class LaneRows {
    public static final LaneRows NONE = new LaneRows(List.of(), 0);
    /** Height of a lane of states with the gap below it, in pixels. */
    public static final double LANE_HEIGHT = 26;
    /** Height of a row of calls. */
    public static final double CALL_HEIGHT = 16;

    private final List<Lane> lanes;
    private final int pinned;
    private final double[] tops;
    /** By thread; −1 where it is nowhere to be seen. */
    private final int[] rowOf;

    private final List<Integer> threads;

    /** @param pinned how many lanes, from the first, stay at the top */
    public LaneRows(List<Lane> lanes, int pinned) {
        this.lanes = List.copyOf(lanes);
        this.pinned = pinned;
        tops = new double[lanes.size() + 1];
        int most = -1;
        for (int row = 0; row < lanes.size(); row++) {
            tops[row + 1] = tops[row] + heightOf(lanes.get(row));
            for (int thread : lanes.get(row).threads()) {
                most = Math.max(most, thread);
            }
        }
        rowOf = new int[most + 1];
        Arrays.fill(rowOf, -1);
        for (int row = 0; row < lanes.size(); row++) {
            for (int thread : lanes.get(row).threads()) {
                // A lane of its own comes after that of its group, unless it is pinned, and is the better one.
                if (rowOf[thread] < 0 || lanes.get(row) instanceof Lane.OfThread) {
                    rowOf[thread] = row;
                }
            }
        }
        int[] order = IntStream.range(0, rowOf.length).filter(thread -> rowOf[thread] >= 0).toArray();
        threads = Arrays.stream(order).boxed().sorted((a, b) -> Integer.compare(rowOf[a], rowOf[b])).toList();
    }

    private static double heightOf(Lane lane) {
        return LANE_HEIGHT + (lane instanceof Lane.OfThread of ? of.calls() * CALL_HEIGHT : 0);
    }

    public int count() {
        return lanes.size();
    }

    public Lane lane(int row) {
        return lanes.get(row);
    }

    public List<Lane> lanes() {
        return lanes;
    }

    /** Every thread that is shown, alone or within a group, in the order of the lanes. */
    public List<Integer> threads() {
        return threads;
    }

    public int pinned() {
        return pinned;
    }

    /** Top of a lane below the top of the first. */
    public double top(int row) {
        return tops[row];
    }

    public double height(int row) {
        return tops[row + 1] - tops[row];
    }

    public double height() {
        return tops[lanes.size()];
    }

    /** The lane at a height below the top of the first; −1 above it, {@link #count} below the last. */
    int at(double y) {
        int found = Arrays.binarySearch(tops, y);
        return found >= 0 ? found : -found - 2 < lanes.size() ? -found - 2 : lanes.size();
    }

    /** The lane that shows a thread: its own, else that of its group; −1 where it is not shown. */
    public int rowOf(int thread) {
        return thread < rowOf.length ? rowOf[thread] : -1;
    }
}

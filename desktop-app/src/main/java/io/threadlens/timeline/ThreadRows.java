package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.SampleChunk;

/**
 * One thread's runs, across all chunks, as a place that can be moved. Not for several threads at once; get another one instead.
 */
final class ThreadRows {
    private final Forest forest;
    private final Trail trail;
    private int index = -1;
    private int row;

    ThreadRows(Forest forest, Trail trail) {
        this.forest = forest;
        this.trail = trail;
    }

    /** Goes to the last run that begins at or before a tick; false where there is none. */
    boolean seek(int tick) {
        index = trail.floor(tick, -1);
        if (index < 0) {
            return false;
        }
        SampleChunk chunk = chunk();
        int first = firstRow();
        int last = endRow() - 1;
        while (first < last) {
            int mid = (first + last + 1) >>> 1;
            if (chunk.tick(mid) <= tick) {
                first = mid;
            } else {
                last = mid - 1;
            }
        }
        row = first;
        return true;
    }

    /** On to the next run; false at the end, and then the place is none. */
    boolean next() {
        row++;
        if (index < 0 || index < trail.count() && row >= endRow()) {
            index++;
            row = index < trail.count() ? firstRow() : 0;
        }
        return index < trail.count();
    }

    /** Back to the run before; false at the beginning, and then the place is none. */
    boolean previous() {
        row--;
        if (index >= 0 && row < firstRow()) {
            index--;
            row = index >= 0 ? endRow() - 1 : 0;
        }
        return index >= 0;
    }

    int tick() {
        return chunk().tick(row);
    }

    /** One past the last tick of the run. */
    int endTick() {
        return chunk().tick(row) + chunk().count(row);
    }

    ThreadState state() {
        return ThreadState.of(chunk().state(row));
    }

    int flags() {
        return chunk().flags(row);
    }

    int core() {
        return chunk().core(row);
    }

    int stack() {
        return chunk().stack(row);
    }

    private SampleChunk chunk() {
        return forest.chunk(trail.chunk(index)).samples();
    }

    private int firstRow() {
        return forest.chunk(trail.chunk(index)).nodes().row(trail.firstNode(index));
    }

    private int endRow() {
        return forest.chunk(trail.chunk(index)).nodes().row(trail.lastNode(index));
    }
}

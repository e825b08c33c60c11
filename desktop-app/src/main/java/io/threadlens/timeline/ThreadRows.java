package io.threadlens.timeline;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.SampleChunk;
import java.util.List;

/**
 * One thread's runs, across all chunks, as a place that can be moved. Not for several threads at once; get another one instead.
 */
final class ThreadRows {
    private final List<? extends Chunk> chunks;
    private final int thread;
    private int index = -1;
    private int row;

    /** A chunk, and from which tick on it is the one to look for a thread in. */
    interface Chunk {
        SampleChunk samples();

        /** The first tick of the thread here; where it has none, the first that earlier chunks have nothing of. */
        int from(int thread);
    }

    ThreadRows(List<? extends Chunk> chunks, int thread) {
        this.chunks = chunks;
        this.thread = thread;
    }

    /** Goes to the last run that begins at or before a tick; false where there is none. */
    boolean seek(int tick) {
        int low = -1;
        int high = chunks.size() - 1;
        while (low < high) {
            int mid = (low + high + 1) >>> 1;
            if (chunks.get(mid).from(thread) <= tick) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        index = low;
        if (low < 0) {
            return false;
        }
        SampleChunk chunk = chunks.get(low).samples();
        int first = chunk.firstRow(thread) - 1;
        int last = chunk.endRow(thread) - 1;
        while (first < last) {
            int mid = (first + last + 1) >>> 1;
            if (chunk.tick(mid) <= tick) {
                first = mid;
            } else {
                last = mid - 1;
            }
        }
        row = first;
        return row >= chunk.firstRow(thread) || previous();
    }

    /** On to the next run; false at the end, and then the place is none. */
    boolean next() {
        row++;
        if (index < 0) {
            index = 0;
            row = chunks.isEmpty() ? 0 : chunks.getFirst().samples().firstRow(thread);
        }
        while (index < chunks.size() && row >= chunks.get(index).samples().endRow(thread)) {
            index++;
            row = index < chunks.size() ? chunks.get(index).samples().firstRow(thread) : 0;
        }
        return index < chunks.size();
    }

    /** Back to the run before; false at the beginning, and then the place is none. */
    boolean previous() {
        row--;
        while (index >= 0 && row < chunks.get(index).samples().firstRow(thread)) {
            index--;
            row = index >= 0 ? chunks.get(index).samples().endRow(thread) - 1 : 0;
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
        return chunks.get(index).samples();
    }
}

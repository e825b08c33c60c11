package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import io.threadlens.recording.SampleChunk;
import java.util.List;

/** The runs of one thread between two ticks, found without reading the rest. For one thread; of a live recording, as it was when this was made. */
final class SampleRuns {
    /** Flag of a sample: it spins for a lock, on a core. */
    static final int SPINS = 4;

    /** Is told the runs in order of time, the first and the last cut to the ticks that were asked for. */
    interface Visitor {
        void run(int from, int to, byte state, byte flags, int stack);
    }

    private final List<SampleChunk> chunks;
    /** The first chunk that may speak of a tick is the first whose end, or an earlier one's, lies beyond it. */
    private final int[] endSoFar;
    /** No chunk from here on speaks of a tick before this. */
    private final int[] firstFromHere;

    SampleRuns(Recording recording) {
        chunks = recording.chunks();
        firstFromHere = BusyCount.settledBefore(chunks);
        endSoFar = new int[chunks.size()];
        int end = 0;
        for (int i = 0; i < endSoFar.length; i++) {
            end = Math.max(end, chunks.get(i).endTick());
            endSoFar[i] = end;
        }
    }

    void visit(int thread, int from, int to, Visitor visitor) {
        for (int i = firstChunk(from); i < endSoFar.length && firstFromHere[i] < to; i++) {
            SampleChunk chunk = chunks.get(i);
            int end = chunk.endRow(thread);
            for (int row = firstRow(chunk, thread, from); row < end && chunk.tick(row) < to; row++) {
                int first = Math.max(from, chunk.tick(row));
                int last = Math.min(to, chunk.tick(row) + chunk.count(row));
                visitor.run(first, last, chunk.state(row), chunk.flags(row), chunk.stack(row));
            }
        }
    }

    private int firstChunk(int tick) {
        int low = 0;
        int high = endSoFar.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (endSoFar[middle] > tick) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The first run of a thread that ends after a tick. */
    static int firstRow(SampleChunk chunk, int thread, int tick) {
        int low = chunk.firstRow(thread);
        int high = chunk.endRow(thread);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunk.tick(middle) + chunk.count(middle) > tick) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

package io.threadlens.analysis;

import io.threadlens.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Counts parts of one recording, which may grow. Its stacks are merged once, whatever is asked; who asks for the same part again gets the same answer. Safe from
 * any thread.
 */
public final class CallCounter {
    private record Counted(Part part, long revision, CallTimes times) {}

    private FunctionTree.@Nullable Growing merged;
    private @Nullable Counted last;

    /** @param recording always the same */
    public synchronized CallTimes count(Recording recording, Part part) {
        // Asked for first: what is recorded meanwhile is counted the next time.
        long revision = recording.revision();
        if (last != null && last.revision() == revision && last.part().equals(part)) {
            return last.times();
        }
        if (merged == null) {
            merged = new FunctionTree.Growing(recording);
        }
        CallTimes times = CallTimes.of(recording, StackTimes.of(recording, part), merged);
        last = new Counted(part, revision, times);
        return times;
    }
}

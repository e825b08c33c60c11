package io.threadlens.session;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.ThreadSweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all runs of a set say.
 *
 * @param front      the recordings that are compared; of several thread counts those of the one at which b took least
 * @param comparison of those
 * @param sweep      all thread counts; null where the program was left to its own
 */
public record SetComparison(SetSides.Recordings front, Comparison comparison, @Nullable ThreadSweep sweep) {
    /** Reads the recordings. Throws with a sentence where there is nothing to compare. */
    public static SetComparison of(RunSet set) throws IOException {
        return of(set, SetSides.recordings(set), SetSides.of(set));
    }

    /**
     * The same of what was read already.
     *
     * @param sides one for each of {@code recordings}
     */
    public static SetComparison of(RunSet set, List<SetSides.Recordings> recordings, List<SetSides> sides) throws IOException {
        if (sides.isEmpty()) {
            throw new IOException("there is nothing to compare in " + set.folder() + ": no run with the GIL and one without it ended well");
        }
        List<ThreadSweep.Count> counts = new ArrayList<>();
        for (SetSides one : sides) {
            Comparison comparison = Comparison.of(one.a(), one.b(), one.gilOn());
            if (one.threads() == null) {
                return new SetComparison(recordings.getFirst(), comparison, null);
            }
            counts.add(new ThreadSweep.Count(one.threads(), comparison));
        }
        ThreadSweep sweep = new ThreadSweep(counts);
        ThreadSweep.Count best = sweep.best();
        return new SetComparison(recordings.get(counts.indexOf(best)), best.comparison(), sweep);
    }
}

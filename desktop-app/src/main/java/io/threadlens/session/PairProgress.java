package io.threadlens.session;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link PairRecorder} is.
 *
 * @param number  of the run, from 1
 * @param count   how many runs there are
 * @param rounds  how many rounds
 * @param seconds how long the run has been recorded
 * @param outcome how it has ended; null while it goes on
 */
public record PairProgress(int number, int count, int rounds, PairPlan.Step step, double seconds, @Nullable RunOutcome outcome) {
    /** {@code "2 of 6: free-threaded, 4 threads, round 1"}. */
    public String what() {
        return number + " of " + count + ": " + step.label(rounds);
    }

    /** {@code "3.2 s"}, and of one that has ended not quite well, how. */
    public String how() {
        String length = String.format(Locale.ROOT, "%.1f s", seconds);
        return outcome == null || outcome.message() == null ? length : length + ", " + outcome.message();
    }
}

package io.threadlens.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded so that a program can be compared with itself under each configuration.
 *
 * @param repeats how often each is recorded, at least 1
 * @param threads the thread counts to try; empty: the program is left to its own
 * @param seconds after how long a run is ended, or null: when it ends by itself
 * @param rateHz  looks a second
 */
public record PairPlan(Interpreters interpreters, Script script, int repeats, List<Integer> threads, @Nullable Double seconds, double rateHz) {
    public static final int MOST_REPEATS = 1_000;
    public static final int MOST_THREADS = 10_000;

    /**
     * One run to be recorded.
     *
     * @param threads how many threads the program is told to have, or null
     * @param round   from 1
     */
    public record Step(Configuration configuration, @Nullable Integer threads, int round) {
        /** {@code "free-threaded, 4 threads, round 2"}; without the round where there is but one. */
        public String label(int rounds) {
            String label = configuration.kind().label() + (threads == null ? "" : threads == 1 ? ", 1 thread" : ", " + threads + " threads");
            return rounds > 1 ? label + ", round " + round : label;
        }

        /** The folder of the runs that differ in nothing but the round. */
        String folder() {
            return configuration.kind().word() + (threads == null ? "" : "-" + threads + "-threads");
        }
    }

    public PairPlan {
        threads = List.copyOf(threads);
    }

    /**
     * The runs in the order in which they are recorded, round by round. Every second round is the one before it backwards, so that a machine that gets slower or
     * faster treats all alike; and each two rounds begin with another, so that none is always the first or behind the same one.
     */
    public List<Step> steps() {
        List<Step> all = new ArrayList<>();
        for (int round = 1; round <= repeats; round++) {
            List<Step> steps = round(round);
            Collections.rotate(steps, -(round - 1) / 2);
            all.addAll(round % 2 == 1 ? steps : steps.reversed());
        }
        return all;
    }

    private List<Step> round(int round) {
        List<Step> steps = new ArrayList<>();
        List<@Nullable Integer> counts = new ArrayList<>(threads);
        if (counts.isEmpty()) {
            counts.add(null);
        }
        for (Integer count : counts) {
            interpreters.configurations().forEach(configuration -> steps.add(new Step(configuration, count, round)));
        }
        return steps;
    }
}

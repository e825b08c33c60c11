package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.recording.Recording;
import io.threadlens.recording.Recording.Pause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stop-the-world pauses of a recording. A garbage collection stops the world once or twice; it and its stops are one pause.
 *
 * @param lostSeconds       time of threads that were held still, or waited for the others to stop
 * @param collections       those of the pauses that were garbage collections
 * @param requesters        by the line that asked, most time first; pauses of which nobody is known are in none
 */
public record PauseSummary(
        int count,
        double seconds,
        double longestSeconds,
        double lostSeconds,
        int collections,
        double collectionSeconds,
        List<Requester> requesters) {
    private static final int COLLECTION = 1;

    /** Who asked for pauses: the innermost call of its stack. */
    public record Requester(Frame place, int count, double seconds, boolean collects) {
        private Requester plus(Requester other) {
            return new Requester(place, count + other.count, seconds + other.seconds, collects || other.collects);
        }
    }

    /** @param lostSeconds time of all threads in the state paused */
    public static PauseSummary of(Recording recording, double lostSeconds) {
        long sum = 0;
        long longest = 0;
        int collections = 0;
        long collectionNs = 0;
        Map<List<@Nullable Object>, Requester> requesters = new HashMap<>();
        List<One> pauses = joined(recording.pauses());
        for (One pause : pauses) {
            long ns = pause.end - pause.start;
            sum += ns;
            longest = Math.max(longest, ns);
            collections += pause.collects ? 1 : 0;
            collectionNs += pause.collects ? ns : 0;
            Frame place = recording.leaf(pause.stack);
            if (place != null) {
                requesters.merge(
                        Arrays.asList(place.function(), place.file(), place.line()),
                        new Requester(place, 1, StateSeconds.seconds(ns), pause.collects),
                        Requester::plus);
            }
        }
        return new PauseSummary(
                pauses.size(),
                StateSeconds.seconds(sum),
                StateSeconds.seconds(longest),
                lostSeconds,
                collections,
                StateSeconds.seconds(collectionNs),
                requesters.values().stream().sorted(Comparator.comparingDouble(Requester::seconds).reversed()).toList());
    }

    /** Pauses that overlap, as one. */
    private static List<One> joined(List<Pause> rows) {
        List<One> pauses = new ArrayList<>();
        for (Pause row : rows.stream().sorted(Comparator.comparingLong(Pause::start)).toList()) {
            if (pauses.isEmpty() || row.start() >= pauses.getLast().end) {
                pauses.add(new One(row.start()));
            }
            pauses.getLast().add(row);
        }
        return pauses;
    }

    private static final class One {
        final long start;
        long end;
        boolean collects;
        int stack = -1;
        /** Length of the row that the stack is from. */
        private long known = -1;

        One(long start) {
            this.start = start;
            this.end = start;
        }

        void add(Pause row) {
            end = Math.max(end, row.end());
            collects = collects || row.kind() == COLLECTION;
            if (row.stack() >= 0 && row.end() - row.start() > known) {
                known = row.end() - row.start();
                stack = row.stack();
            }
        }
    }
}

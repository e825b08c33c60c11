package io.threadlens.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Finds the places of a tree of calls whose function matches a text, the one with the most time first. Safe from any thread. */
public final class CallSearch {
    /** After so many calls a search gives up: what comes then has next to no time. */
    private static final int FURTHEST = 20_000;

    private record Place(CallNode node, @Nullable Place above, long time) {}

    private final Measure measure;
    private final String text;
    private final PriorityQueue<Place> next = new PriorityQueue<>(Comparator.comparingLong(Place::time).reversed());

    public CallSearch(CallNode root, Measure measure, String text) {
        this.measure = measure;
        this.text = text;
        next.add(new Place(root, null, measure.of(root.times())));
    }

    /** The functions from the root down to the next place; null where there is none, or none within reach. */
    public synchronized @Nullable List<Function> next() {
        for (int looked = 0; looked < FURTHEST; looked++) {
            Place place = next.poll();
            if (place == null) {
                return null;
            }
            for (CallNode child : place.node().children()) {
                long time = measure.of(child.times());
                if (time > 0) {
                    next.add(new Place(child, place, time));
                }
            }
            Function function = place.node().function();
            if (place.above() != null && function != null && function.matches(text)) {
                return path(place);
            }
        }
        return null;
    }

    private static List<Function> path(Place place) {
        List<Function> path = new ArrayList<>();
        for (Place at = place; at != null && at.above() != null; at = at.above()) {
            if (at.node().function() != null) {
                path.addFirst(at.node().function());
            }
        }
        return path;
    }
}

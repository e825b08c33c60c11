package io.threadlens.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where the user has been, so that a step can be taken back, and taken again. A zoom or a drag is many small moves but one step.
 *
 * @param <P> a place one can be at
 */
public final class NavigationHistory<P> {
    private static final int MOST = 100;
    private static final long ONE_STEP_NS = 700_000_000;

    private final Deque<P> past = new ArrayDeque<>();
    private final Deque<P> undone = new ArrayDeque<>();
    private long lastMoveNs = Long.MIN_VALUE;

    /** To be called before a move, with where one is. Moves that follow each other at once count as one. */
    public void leaving(P place, long clockNs) {
        boolean sameStep = lastMoveNs != Long.MIN_VALUE && clockNs - lastMoveNs < ONE_STEP_NS;
        lastMoveNs = clockNs;
        if (!sameStep) {
            push(place);
        }
    }

    /** To be called before a move that is a step of its own. */
    public void jumping(P place) {
        lastMoveNs = Long.MIN_VALUE;
        push(place);
    }

    private void push(P place) {
        undone.clear();
        past.push(place);
        if (past.size() > MOST) {
            past.removeLast();
        }
    }

    /** Where to go back to from where one is, null at the beginning. */
    public @Nullable P back(P now) {
        return step(past, undone, now);
    }

    /** Where to go again after going back, null where nothing was taken back since the last move. */
    public @Nullable P forward(P now) {
        return step(undone, past, now);
    }

    private @Nullable P step(Deque<P> from, Deque<P> to, P now) {
        lastMoveNs = Long.MIN_VALUE;
        P next = from.poll();
        if (next != null) {
            to.push(now);
        }
        return next;
    }
}

package io.threadlens.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where the user has been, so that a step can be taken back, and taken again. A zoom or a drag is many small moves but one step. */
public final class NavigationHistory {
    private static final int MOST = 100;
    private static final long ONE_STEP_NS = 700_000_000;

    private final Deque<Viewport> past = new ArrayDeque<>();
    private final Deque<Viewport> undone = new ArrayDeque<>();
    private long lastMoveNs = Long.MIN_VALUE;

    /** To be called before a move, with where one is. Moves that follow each other at once count as one. */
    public void leaving(Viewport viewport, long clockNs) {
        boolean sameStep = lastMoveNs != Long.MIN_VALUE && clockNs - lastMoveNs < ONE_STEP_NS;
        lastMoveNs = clockNs;
        if (!sameStep) {
            push(viewport);
        }
    }

    /** To be called before a move that is a step of its own. */
    public void jumping(Viewport viewport) {
        lastMoveNs = Long.MIN_VALUE;
        push(viewport);
    }

    private void push(Viewport viewport) {
        undone.clear();
        past.push(viewport);
        if (past.size() > MOST) {
            past.removeLast();
        }
    }

    /** Where to go back to from where one is, null at the beginning. */
    public @Nullable Viewport back(Viewport now) {
        return step(past, undone, now);
    }

    /** Where to go again after going back, null where nothing was taken back since the last move. */
    public @Nullable Viewport forward(Viewport now) {
        return step(undone, past, now);
    }

    private @Nullable Viewport step(Deque<Viewport> from, Deque<Viewport> to, Viewport now) {
        lastMoveNs = Long.MIN_VALUE;
        Viewport next = from.poll();
        if (next != null) {
            to.push(now);
        }
        return next;
    }
}

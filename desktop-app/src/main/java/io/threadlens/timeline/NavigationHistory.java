package io.threadlens.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where the user has been, so that a step can be taken back. A zoom or a drag is many small moves but one step. */
public final class NavigationHistory {
    private static final int MOST = 100;
    private static final long ONE_STEP_NS = 700_000_000;

    private final Deque<Viewport> past = new ArrayDeque<>();
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
        past.push(viewport);
        if (past.size() > MOST) {
            past.removeLast();
        }
    }

    /** Where to go back to, null at the beginning. */
    public @Nullable Viewport back() {
        lastMoveNs = Long.MIN_VALUE;
        return past.poll();
    }
}

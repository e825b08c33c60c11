package io.threadlens.view.data;

import io.threadlens.timeline.NavigationHistory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps of the navigation back, and again: those of one timeline, or of several that move together. Belongs to the JavaFX thread.
 *
 * @param <P> a place one can be at
 */
public final class NavigationSteps<P> {
    private final NavigationHistory<P> history = new NavigationHistory<>();
    private final Supplier<P> here;
    private final Consumer<P> goTo;

    /** @param goTo shows a place without a step */
    public NavigationSteps(Supplier<P> here, Consumer<P> goTo) {
        this.here = here;
        this.goTo = goTo;
    }

    /** To be called before one of many small moves. */
    void drift() {
        history.leaving(here.get(), System.nanoTime());
    }

    /** To be called before a move that is a step of its own. */
    void jump() {
        history.jumping(here.get());
    }

    void undo() {
        go(history.back(here.get()));
    }

    void redo() {
        go(history.forward(here.get()));
    }

    private void go(@Nullable P place) {
        if (place != null) {
            goTo.accept(place);
        }
    }
}

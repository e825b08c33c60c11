package io.threadlens.view.data;

/** Something on the screen whose content is made in the background. Belongs to the JavaFX thread. */
public interface Settling extends AutoCloseable {
    /** Whether what is on the screen is what it is to show, with nothing on its way. */
    boolean isSettled();

    /** Does nothing in the background any more, and is held by nothing that outlives it. */
    @Override
    void close();
}

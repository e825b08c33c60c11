package io.threadlens.recording;

import java.util.concurrent.CancellationException;

/** Is told how far something has come that takes a while, by the thread that does it, and may put an end to it. */
public interface Progress {
    /** Tells nobody, and goes on to the end. */
    Progress NONE = fraction -> true;

    /**
     * @param done from 0 to 1
     * @return whether to go on
     */
    boolean at(double done);

    /** Tells how far it has come; throws where it shall not go on. */
    default void check(double done) {
        if (!at(done)) {
            throw new CancellationException("cancelled");
        }
    }

    /** A part of this: what it calls all is {@code to} here. */
    default Progress part(double from, double to) {
        return done -> at(from + done * (to - from));
    }
}

package io.threadlens.model;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How far a piece of work is, told by whoever does it to whoever waits for it, and whether it is still wanted, told the other way. Safe from any thread.
 *
 * <pre>{@code
 * for (int i = 0; i < chunks; i++) {
 *     progress.at((double) i / chunks);   // ends the work where nobody wants it any more
 *     read(i);
 * }
 * }</pre>
 */
public final class Progress {
    /** How much of the work is done is not known. */
    public static final double UNKNOWN = -1;

    /** What this is a part of, and from where to where; null where it is the whole. */
    private final @Nullable Progress whole;

    private final double from;
    private final double to;
    private volatile double fraction = UNKNOWN;
    private volatile boolean cancelled;

    public Progress() {
        this(null, 0, 1);
    }

    private Progress(@Nullable Progress whole, double from, double to) {
        this.whole = whole;
        this.from = from;
        this.to = to;
    }

    /** A part of the work: all of it is {@code to} of this. */
    public Progress part(double from, double to) {
        return new Progress(this, from, to);
    }

    /**
     * So much is done; to be called often.
     *
     * @param done 0 to 1, or {@link #UNKNOWN}
     * @throws CancellationException where the work is not wanted any more
     */
    public void at(double done) {
        if (cancelled) {
            throw new CancellationException("stopped");
        }
        fraction = done;
        if (whole != null) {
            whole.at(done == UNKNOWN ? UNKNOWN : from + done * (to - from));
        }
    }

    /** How much is done, 0 to 1, or {@link #UNKNOWN}. */
    public double fraction() {
        return fraction;
    }

    /** The work is not wanted any more; it ends the next time it tells how far it is. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}

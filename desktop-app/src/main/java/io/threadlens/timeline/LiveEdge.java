package io.threadlens.timeline;

/**
 * Where the right edge of a live recording is drawn. Batches come several times a second, a screen wants sixty pictures a second: the edge moves
 * evenly with the clock and is drawn a moment behind the newest tick, so that there is always something to draw.
 */
public final class LiveEdge {
    /** Between two batches and a little: the edge never has to stop for a batch that is on its way. */
    private static final long BEHIND_NS = 150_000_000;
    /** How much of a deviation from the newest tick is made up in a second. */
    private static final double CATCH_UP_PER_SECOND = 2;
    /** Further behind than this it jumps: the machine slept, or the window was not drawn. */
    private static final long JUMP_NS = 1_000_000_000;

    private double edgeNs = Double.NaN;
    private long lastClockNs;

    /**
     * The edge at a picture.
     *
     * @param clockNs a steady clock of this machine
     * @param dataNs  end of the newest tick
     */
    public long at(long clockNs, long dataNs) {
        double target = dataNs - (double) BEHIND_NS;
        double passed = Math.max(0, clockNs - lastClockNs);
        lastClockNs = clockNs;
        if (Double.isNaN(edgeNs) || Math.abs(target - edgeNs) > JUMP_NS) {
            edgeNs = target;
        } else {
            double moved = edgeNs + passed;
            moved += (target - moved) * Math.min(1, CATCH_UP_PER_SECOND * passed / 1e9);
            // Never back, and never beyond what was seen.
            edgeNs = Math.max(edgeNs, Math.min(moved, dataNs));
        }
        return Math.round(edgeNs);
    }

    /** Forgets where it was; the next picture begins at the newest tick. */
    public void reset() {
        edgeNs = Double.NaN;
    }
}

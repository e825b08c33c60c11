package io.threadlens.comparison;

import io.threadlens.analysis.StateSeconds;
import java.util.Arrays;

/**
 * Where the time went of the cores that a run could have used, core-seconds. {@code cores × wall = work + the losses}, exactly.
 *
 * <p>A core that the program does not use at a tick is lost to what its threads that are not on a core do then: each that waits for another, or for a core,
 * could fill one. What is left after those is lost to io, to imbalance, to there being nothing to do at once. Immutable.
 */
public final class Losses {
    private final int cores;
    private final double wall;
    private final double work;
    private final double[] lost;

    private Losses(int cores, double wall, double work, double[] lost) {
        this.cores = cores;
        this.wall = wall;
        this.work = work;
        this.lost = lost;
    }

    /** @param ns core-time by {@link LossClass#ordinal()}; what is missing of the whole is unexplained */
    static Losses of(int cores, long wallNs, long workNs, long[] ns) {
        double[] lost = Arrays.stream(ns).mapToDouble(StateSeconds::seconds).toArray();
        double wall = StateSeconds.seconds(wallNs);
        double work = StateSeconds.seconds(workNs);
        lost[LossClass.UNEXPLAINED.ordinal()] += cores * wall - work - Arrays.stream(lost).sum();
        return new Losses(cores, wall, work, lost);
    }

    /** The same if the program could have used more cores: there was nothing to do for them. */
    Losses on(int more) {
        if (more <= cores) {
            return this;
        }
        double[] grown = lost.clone();
        grown[LossClass.SERIAL.ordinal()] += (more - cores) * wall;
        return new Losses(more, wall, work, grown);
    }

    /**
     * The same for as much work as there really was. What was none of it was a thread that is ready and has no core: whoever looked had it. More than was seen is a part
     * of what was not.
     *
     * @param really seconds
     */
    Losses withWork(double really) {
        double more = Math.min(really - work, Math.max(0, lost[LossClass.UNEXPLAINED.ordinal()]));
        double[] changed = lost.clone();
        changed[(more < 0 ? LossClass.RUN_DELAY : LossClass.UNEXPLAINED).ordinal()] -= more;
        return new Losses(cores, wall, work + more, changed);
    }

    /** How many cores could have been used. */
    public int cores() {
        return cores;
    }

    public double wall() {
        return wall;
    }

    /** Time of the program's threads on a core, in the states running and native. */
    public double work() {
        return work;
    }

    public double of(LossClass kind) {
        return lost[kind.ordinal()];
    }
}

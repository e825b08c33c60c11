package io.threadlens.comparison;

/**
 * How far two runs of one program may be apart though nothing was changed: what decides where a side has one run only, which cannot tell by itself.
 *
 * <ul>
 *   <li>A whole, as the wall time, may differ by {@value #RELATIVE} of the greater, and by the share of the cores that the machine gave to others meanwhile.
 *   <li>A part, as the time in a function, may differ by that and by {@value #DEVIATIONS} × √(grain × the greater): a thread gets and loses a core, or the GIL,
 *       for a while at a time, which falls to whatever function it was in, so that a time of m is one of m / grain such pieces, and varies by the root of
 *       their number (as counts do, after Poisson). The grain is {@value #GRAIN} s, CPython's switch interval, and up to {@value #TAKEN_GRAIN} s more on a
 *       machine that is busy with others.
 *   <li>A part that differs by less than {@value #LEAST} of the longer wall time is not called different.
 * </ul>
 *
 * <p>Where the numbers come from: a program of fixed work, with seven functions, a shared dict and a lock, was recorded 14 times in each of three configurations (free-threaded
 * 3.14.7; the same with the GIL on; a GIL build of 3.13), 3 s a run with two threads on two cores, on a machine that was building other programs meanwhile and
 * gave them 44 to 72 % of the cores that the program wanted. Wall times of one configuration were up to 2.3 times each other's. By this rule no figure of wall time,
 * work, functions' own and whole times was called different in any of the 273 pairs; of 196 pairs of a free-threaded run and one with the GIL 192 were. Of another
 * program, a pool of four threads with a queue and a lock, that the numbers were not chosen by, 1 of 56 pairs was (8 runs in each of two configurations). On a quiet machine there
 * is less noise than was measured there, and nothing is allowed for others.
 *
 * @param taken  of the cores that the program's threads wanted, the share that others had: the greater of the two recordings' {@link Run#taken()}
 * @param wall   the longer wall time, s
 */
public record Noise(double taken, double wall) {
    private static final double RELATIVE = 0.1;
    private static final double DEVIATIONS = 3;
    private static final double GRAIN = 0.005;
    private static final double TAKEN_GRAIN = 0.02;
    private static final double LEAST = 0.01;

    public Noise {
        if (!(taken >= 0 && taken <= 1 && wall >= 0)) {
            throw new IllegalArgumentException("no share or no time: " + taken + ", " + wall);
        }
    }

    /**
     * What the differences of one kind of figure are judged by.
     *
     * @param relative share of the greater
     * @param grain    pieces that it comes in, in its unit
     * @param least    what differs by less is not different, and what is less on both sides is not judged
     */
    record Rule(double relative, double grain, double least) {
        /** By how much two single runs may differ. */
        double allowance(double a, double b) {
            double greater = Math.max(Math.abs(a), Math.abs(b));
            return Math.max(least, relative * greater + DEVIATIONS * Math.sqrt(grain * greater));
        }

        /** The least that the difference of two means varies by, for coming in pieces. */
        double variance(Estimate a, Estimate b) {
            return grain * (Math.abs(a.value()) / a.runs() + Math.abs(b.value()) / b.runs());
        }
    }

    Rule ofWholes() {
        return new Rule(relative(), 0, 0);
    }

    Rule ofParts() {
        return new Rule(relative(), GRAIN + taken * TAKEN_GRAIN, LEAST * wall);
    }

    private double relative() {
        return 1 - (1 - RELATIVE) * (1 - taken);
    }
}

package io.threadlens.comparison;

/**
 * Work that queued threads would have had behind them by the time it was their turn. Without it, threads that each compute for less than a turn and then wait for each
 * other would seem to compute one after another in the end: of four, the last is alone on a core, though only because the GIL had it wait until then.
 *
 * <p>A thread that queues is ahead by as long as it queued, {@value #TURN_NS} ns at most: with long computations the turns go round, and none gets further ahead than a turn. It is told
 * from the numbers alone who is whose turn it is: where fewer queue than before, some of them have come to run.
 */
final class RunAhead {
    /** CPython's switch interval: after so long the thread that has the GIL is asked for it. */
    private static final double TURN_NS = 5e6;

    /** Threads that queue. */
    private int queue;
    /** How far they are ahead, of all of them, and how long doing that took in the predicted run, ns. */
    private double ahead;

    private double took;
    /** The same of those that run. */
    private double runningAhead;

    private double runningTook;

    /**
     * Some time in which nothing changes. Returns how much less the predicted run takes than if all of the work had been done only now, ns.
     *
     * @param running threads that get on, at least 1
     * @param wanted  threads that want to, those among them
     * @param atOnce  how many of them could without the GIL
     */
    double pass(double ns, int running, int wanted, int atOnce) {
        turn(running, wanted - running);
        double work = running * ns;
        double done = Math.min(work, runningAhead);
        double saved = 0;
        if (done > 0) {
            double part = done / runningAhead;
            saved = Math.max(0, done / atOnce - part * runningTook);
            runningAhead -= done;
            runningTook -= part * runningTook;
        }
        // What was done before takes no time now, in which others would get ahead.
        double more = (atOnce - running) * (work - done) / running;
        ahead += more;
        took += more / atOnce;
        double most = (atOnce - running) * TURN_NS;
        if (ahead > most) {
            took *= most / ahead;
            ahead = most;
        }
        return saved;
    }

    /** No thread wants to compute. */
    void rest() {
        queue = 0;
        ahead = 0;
        took = 0;
        runningAhead = 0;
        runningTook = 0;
    }

    /** Where more leave the queue than can have come to run, something else has begun, as where all of them are done: then nobody is ahead with what runs now. */
    private void turn(int running, int nowQueue) {
        int left = queue - nowQueue;
        if (left > 0) {
            double part = (double) left / queue;
            runningAhead = left <= running ? part * ahead : 0;
            runningTook = left <= running ? part * took : 0;
            ahead -= part * ahead;
            took -= part * took;
        }
        queue = nowQueue;
    }
}

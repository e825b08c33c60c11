package io.threadlens.comparison;

import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.StateTimes;
import java.util.Arrays;

/** Divides the time of the cores that a program could have used, tick by tick, by how many threads were in each state then. */
final class LossReader {
    /** For less of the time than this, nobody can say that so many threads wanted a core. */
    private static final double WANTED_TIME = 0.01;

    private final Recording recording;
    private final StateTimes times;

    /** @param times of a recording whose chunks have their summaries */
    LossReader(StateTimes times) {
        this.times = times;
        recording = times.recording();
    }

    /**
     * For how long how many threads did something at once, ns.
     *
     * @param wanted by how many wanted a core
     * @param busy   by how many were on one; at the last, the number of cores, also what seemed to be more; at ticks at which nobody was seen none was
     * @param missed core-time that threads wanted and that the machine has, and that they did not get
     */
    record Crowd(long[] wanted, long[] busy, long missed) {
        /** How many wanted a core at once, for a part of the time that counts; at least 1. */
        int most() {
            return LossReader.most(wanted);
        }

        /** Of the cores that the threads wanted, the share that they did not get: other programs did, the profiler's agent among them, or the host of a virtual machine. */
        double taken() {
            long got = 0;
            for (int onCore = 1; onCore < busy.length; onCore++) {
                got += onCore * busy[onCore];
            }
            return missed == 0 ? 0 : (double) missed / (missed + got);
        }
    }

    Crowd crowd(int machine) {
        long[] wanted = new long[recording.threads().size() + 1];
        long[] busy = new long[machine + 1];
        long[] missed = {0};
        StateStretches.visit(recording, times.seen(), (from, end, ns, threads) -> {
            int onCore = StateStretches.busy(threads);
            missed[0] += Math.clamp(machine - onCore, 0, threads[ThreadState.RUNNABLE.code()]) * ns;
            wanted[Math.min(wanted.length - 1, onCore + contenders(threads))] += ns;
            busy[Math.min(machine, onCore)] += ns;
        });
        busy[0] += Math.max(0, times.seen().before(times.seen().ticks()) - Arrays.stream(busy).sum());
        return new Crowd(wanted, busy, missed[0]);
    }

    private static int most(long[] time) {
        long enough = (long) (WANTED_TIME * Arrays.stream(time).sum());
        long soFar = 0;
        for (int wanted = time.length - 1; wanted > 1; wanted--) {
            soFar += time[wanted];
            if (soFar > enough) {
                return wanted;
            }
        }
        return 1;
    }

    /** Those that another thread, or the want of a core, keeps from going on. */
    private static int contenders(int[] threads) {
        return threads[ThreadState.GIL.code()]
                + threads[ThreadState.LOCK.code()]
                + threads[ThreadState.PAUSED.code()]
                + threads[ThreadState.RUNNABLE.code()];
    }

    Losses losses(int cores, WaitShares shares, EarlyEnds ends) {
        Sums sums = new Sums(cores, Math.max(cores, recording.info().process().cores()), shares.divider(), ends);
        StateStretches.visit(recording, times.seen(), sums);
        sums.locks.divide(sums.lost);
        return Losses.of(cores, times.range().lengthNs(), sums.work, Arrays.stream(sums.lost).mapToLong(Math::round).toArray());
    }

    private final class Sums implements StateStretches.Visitor {
        private final int cores;
        private final int machine;
        private final WaitShares.Divider locks;
        private final EarlyEnds ends;
        private final double[] lost = new double[LossClass.values().length];
        private long work;

        Sums(int cores, int machine, WaitShares.Divider locks, EarlyEnds ends) {
            this.cores = cores;
            this.machine = machine;
            this.locks = locks;
            this.ends = ends;
        }

        @Override
        public void stretch(int from, int end, long ns, int[] threads) {
            long start = recording.tickTime(from);
            int busy = StateStretches.busy(threads);
            int contenders = contenders(threads);
            // One that takes over a core while the threads are looked at, one after another, is seen on it beside the one before.
            work += Math.min(busy, machine) * ns;
            int early = ends.at(start);
            double left = Math.max(0, cores - busy);
            double each = contenders <= left ? ns : ns * left / contenders;
            if (contenders > 0) {
                lose(LossClass.GIL, threads[ThreadState.GIL.code()] * each);
                lose(LossClass.STOP_THE_WORLD, threads[ThreadState.PAUSED.code()] * each);
                lose(LossClass.RUN_DELAY, threads[ThreadState.RUNNABLE.code()] * each);
                locks.add(start, end < recording.tickCount() ? recording.tickTime(end) : recording.tickEnd(end - 1), threads[ThreadState.LOCK.code()] * each);
            }
            left = Math.max(0, left - contenders);
            left -= lose(LossClass.IO, Math.min(left, threads[ThreadState.IO.code()]), ns);
            left -= lose(LossClass.UNEXPLAINED, Math.min(left, threads[ThreadState.UNKNOWN.code()]), ns);
            left -= lose(LossClass.IMBALANCE, Math.min(left, early), ns);
            boolean anybody = busy + contenders + threads[ThreadState.IO.code()] + threads[ThreadState.SIGNAL.code()] > 0;
            // For a moment, more may run than wanted a core for a part of the time that counts: that much less is lost to there being too little to do.
            double beyond = Math.max(0, Math.min(busy, machine) - cores);
            lose(anybody ? LossClass.SERIAL : LossClass.IDLE, left - beyond, ns);
        }

        private double lose(LossClass kind, double cores, long ns) {
            lose(kind, cores * ns);
            return cores;
        }

        private void lose(LossClass kind, double ns) {
            lost[kind.ordinal()] += ns;
        }
    }
}

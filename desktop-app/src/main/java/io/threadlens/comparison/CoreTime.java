package io.threadlens.comparison;

import io.threadlens.model.ThreadInfo;
import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.StateTimes;

/**
 * How long a program's threads were on a core. Samples alone are led astray where cores are short: a look takes a core from a thread that it then counts as being on it, and
 * some ticks are missed. The kernel counts every moment, but knows nothing of what a thread does there: one that spins for a lock, or asks for the GIL again, is on a core
 * and gets nothing done. So the kernel says how much it was, and the samples how much of that was work.
 *
 * @param cpu     time on a core, ns; by the samples alone where the kernel was not read, as is the end of a thread's life
 * @param work    of that, time in the states running and native, ns
 * @param counted whether the kernel was read of any thread
 */
record CoreTime(long cpu, long work, boolean counted) {
    static CoreTime of(StateTimes times, CpuTimes counts) {
        long cpu = 0;
        long work = 0;
        boolean counted = false;
        TimeRange all = times.range();
        for (ThreadInfo thread : times.threads()) {
            int number = thread.number();
            long seen = work(times.between(number, all.startNs(), all.endNs()));
            TimeRange read = counts.read(number);
            long start = read == null ? all.endNs() : Math.clamp(read.startNs(), all.startNs(), all.endNs());
            long end = read == null ? start : Math.clamp(read.endNs(), start, all.endNs());
            CpuTimes.Used used = counts.between(number, start, end);
            if (used == null || start == end) {
                cpu += seen;
                work += seen;
                continue;
            }
            counted = true;
            long[] between = times.livedBetween(number, start, end);
            long inside = work(between);
            cpu += seen - inside + used.cpuNs();
            work += seen - inside + Math.min(used.cpuNs(), whole(inside, between));
        }
        return new CoreTime(cpu, work, counted);
    }

    private static long work(long[] states) {
        return states[ThreadState.RUNNING.code()] + states[ThreadState.NATIVE.code()];
    }

    /** What it comes to if a thread did in the time that nobody saw what it did in the rest. */
    private static long whole(long work, long[] states) {
        long all = 0;
        for (long time : states) {
            all += time;
        }
        long seen = all - states[ThreadState.UNKNOWN.code()];
        return seen == 0 ? 0 : Math.round((double) work / seen * all);
    }
}

package io.threadlens.view.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of the threads that make a picture, from one moment to another: what a picture costs on a machine where other programs
 * have the cores as well.
 */
final class CpuTime {
    /** What a thread's name begins with, and what it does. */
    private static final Map<String, String> WORK = Map.of(
            "threadlens-frames", "counting", "JavaFX Application Thread", "JavaFX", "QuantumRenderer", "painting");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<String, Long> began = now();

    /** Since this was made, for each of {@code pictures}. */
    String each(int pictures) {
        List<String> parts = new ArrayList<>();
        now().forEach((work, ns) -> parts.add(
                String.format(Locale.ROOT, "%s %.1f", work, (ns - began.getOrDefault(work, 0L)) / 1e6 / pictures)));
        return "CPU a picture: " + String.join(", ", parts) + " ms";
    }

    private Map<String, Long> now() {
        Map<String, Long> sums = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread == null) {
                continue; // it has just ended
            }
            long ns = Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            WORK.forEach((name, work) -> {
                if (thread.getThreadName().startsWith(name)) {
                    sums.merge(work, ns, Long::sum);
                }
            });
        }
        return sums;
    }
}

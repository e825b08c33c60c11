package io.threadlens.analysis;

import io.threadlens.model.Frame;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waited for a lock and who held it, by thread and line: stacks that differ only further in or out are one. */
final class LockLines {
    /** @param confidence of a waiter 1 */
    record Line(int thread, @Nullable Frame place, boolean inferred, double seconds, double confidence) {
        private Line plus(Line other) {
            double sum = seconds + other.seconds;
            double weighted = confidence * seconds + other.confidence * other.seconds;
            return new Line(thread, place, inferred, sum, sum == 0 ? 0 : weighted / sum);
        }
    }

    private LockLines() {}

    /** Most time first. */
    static List<Line> waiters(LockContention lock) {
        return joined(lock.waiters().stream().map(waiter -> new Line(waiter.thread(), waiter.place(), false, waiter.seconds(), 1)).toList());
    }

    /** Most time first. */
    static List<Line> holders(LockContention lock) {
        return joined(lock.holders().stream()
                .map(holder -> new Line(holder.thread(), holder.place(), holder.inferred(), holder.seconds(), holder.confidence()))
                .toList());
    }

    private static List<Line> joined(List<Line> lines) {
        record Key(int thread, @Nullable Frame place, boolean inferred) {}
        Map<Key, Line> byPlace = new LinkedHashMap<>();
        lines.forEach(line -> byPlace.merge(new Key(line.thread, line.place, line.inferred), line, Line::plus));
        return byPlace.values().stream().sorted(Comparator.comparingDouble(Line::seconds).reversed()).toList();
    }
}

package io.threadlens.recording;

import io.threadlens.recording.Recording.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of marks, of which a later one replaces an earlier one with the same times, and one without a text takes it away. */
public final class Marks {
    private record Times(long start, long end) {}

    private Marks() {}

    /** The marks that hold, in order of time. */
    public static List<Mark> holding(List<Mark> rows) {
        Map<Times, Mark> last = new LinkedHashMap<>();
        for (Mark row : rows) {
            Times times = new Times(row.time(), row.end());
            if (row.text() == null) {
                last.remove(times);
            } else {
                last.put(times, row);
            }
        }
        List<Mark> holding = new ArrayList<>(last.values());
        holding.sort(Comparator.comparingLong(Mark::time).thenComparingLong(Mark::end));
        return List.copyOf(holding);
    }
}

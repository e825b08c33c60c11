package io.threadlens.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Numbers in few words: {@code 0–3, 5, 7}. */
public final class NumberRanges {
    private NumberRanges() {}

    public static String text(Collection<Integer> numbers) {
        TreeSet<Integer> sorted = new TreeSet<>(numbers);
        List<String> parts = new ArrayList<>();
        for (int first : sorted) {
            if (sorted.contains(first - 1)) {
                continue;
            }
            int last = first;
            while (sorted.contains(last + 1)) {
                last++;
            }
            parts.add(first == last ? Integer.toString(first) : first + (last == first + 1 ? ", " : "–") + last);
        }
        return String.join(", ", parts);
    }
}

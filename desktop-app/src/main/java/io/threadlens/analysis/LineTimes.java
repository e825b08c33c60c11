package io.threadlens.analysis;

import io.threadlens.model.Frame;
import io.threadlens.model.ThreadState;
import io.threadlens.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each line of one file costs, in time by state, ns. */
public final class LineTimes {
    /**
     * @param number 1-based; 0 for what is known to be in the file, but not at which line
     * @param function the function whose line it is, or one of them; null where that is not known
     * @param self   while it was the innermost call's
     * @param total  while it was anywhere on the stack, once however often it is there
     */
    public record Line(int number, @Nullable String function, long[] self, long[] total) {}

    private static final int ELSEWHERE = -1;

    private final TreeMap<Integer, Line> lines = new TreeMap<>();

    private LineTimes() {}

    static LineTimes of(Recording recording, StackTimes stacks, String file) {
        int[] last = {-1};
        stacks.visit((stack, times) -> last[0] = stack);
        int count = last[0] + 1;
        StateColumns self = new StateColumns(count);
        stacks.visit(self::add);
        StateColumns total = self.summedUp(recording::parent);
        int[] lineOf = new int[count];
        LineTimes times = new LineTimes();
        for (int stack = 0; stack < count; stack++) {
            Frame call = recording.leaf(stack);
            lineOf[stack] = call != null && file.equals(call.file()) ? Math.max(0, call.line()) : ELSEWHERE;
            if (call == null || lineOf[stack] == ELSEWHERE || total.isEmpty(stack)) {
                continue;
            }
            Line line = times.lines.computeIfAbsent(lineOf[stack], n -> new Line(n, call.function(), new long[ThreadState.COUNT], new long[ThreadState.COUNT]));
            self.addTo(line.self(), stack);
            if (!isAbove(recording, stack, lineOf)) {
                total.addTo(line.total(), stack);
            }
        }
        return times;
    }

    private static boolean isAbove(Recording recording, int stack, int[] lineOf) {
        for (int above = recording.parent(stack); above >= 0; above = recording.parent(above)) {
            if (lineOf[above] == lineOf[stack]) {
                return true;
            }
        }
        return false;
    }

    /** The lines that have time, by number. */
    public List<Line> lines() {
        return Collections.unmodifiableList(new ArrayList<>(lines.values()));
    }

    /** A line's times; null where it has none. */
    public @Nullable Line line(int number) {
        return lines.get(number);
    }

    /** The greatest number of a line that has time; 0 where there is none. */
    public int lastLine() {
        Map.Entry<Integer, Line> last = lines.lastEntry();
        return last == null ? 0 : last.getKey();
    }
}

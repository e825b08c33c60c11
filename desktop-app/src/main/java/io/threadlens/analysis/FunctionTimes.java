package io.threadlens.analysis;

import io.threadlens.model.ThreadState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time by function, out of time by node of the tree of functions. */
final class FunctionTimes {
    private final long[] total = new long[ThreadState.COUNT];
    private final long[] self = new long[ThreadState.COUNT];

    private FunctionTimes() {}

    static List<Report.FunctionPart> of(FunctionTree tree, StateColumns self, StateColumns total) {
        @Nullable FunctionTimes[] times = new FunctionTimes[tree.functionCount()];
        for (int node = FunctionTree.NOT_KNOWN + 1; node < tree.nodes(); node++) {
            if (total.isEmpty(node)) {
                continue;
            }
            int function = tree.functionOf(node);
            FunctionTimes sum = times[function];
            if (sum == null) {
                sum = new FunctionTimes();
                times[function] = sum;
            }
            self.addTo(sum.self, node);
            if (!tree.repeats(node)) {
                total.addTo(sum.total, node);
            }
        }
        List<Report.FunctionPart> parts = new ArrayList<>();
        for (int function = 0; function < times.length; function++) {
            FunctionTimes sum = times[function];
            if (sum != null) {
                parts.add(sum.part(tree.function(function)));
            }
        }
        parts.sort(Comparator.comparingDouble(Report.FunctionPart::self)
                .thenComparingDouble(Report.FunctionPart::total)
                .reversed()
                .thenComparing(part -> String.valueOf(part.function()))
                .thenComparing(part -> String.valueOf(part.file())));
        return parts;
    }

    private Report.FunctionPart part(Function function) {
        StateSeconds own = new StateSeconds(self);
        StateSeconds seconds = new StateSeconds(total);
        return new Report.FunctionPart(
                function.name(),
                function.file(),
                function.firstLine() > 0 ? (Integer) function.firstLine() : null,
                own.total(),
                seconds.total(),
                seconds,
                own);
    }
}

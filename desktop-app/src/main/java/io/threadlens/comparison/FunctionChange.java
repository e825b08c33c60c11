package io.threadlens.comparison;

import io.threadlens.analysis.Report.FunctionPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function on both sides, whatever line of its file it begins at. Its time is that in which it was the innermost call of a thread that had something to do.
 *
 * @param file   as b knows it, or, where b does not have it, a; {@code line} likewise
 * @param own    seconds
 * @param onCoreA the part of it on a core, on average over the runs
 * @param totalA seconds in which it was anywhere on the stack, whatever the threads did
 */
public record FunctionChange(
        @Nullable String function, @Nullable String file, @Nullable Integer line, Difference own, double onCoreA, double onCoreB, double totalA, double totalB) {
    private static final int OWN = 0;
    private static final int ON_CORE = 1;
    private static final int TOTAL = 2;
    private static final int FIGURES = 3;

    private record Key(@Nullable String function, @Nullable String file) {}

    /** Most change first. */
    static Supplier<List<FunctionChange>> of(Side a, Side b, SameFiles files, Judge judge) {
        Matched<Key, FunctionPart> functions = new Matched<>(a, b, FIGURES);
        for (int run = 0; run < a.runs().size(); run++) {
            for (FunctionPart part : a.runs().get(run).functions()) {
                functions.addA(run, new Key(part.function(), files.inB(part.file())), part, part.own().active(), part.own().onCore(), part.total());
            }
        }
        for (int run = 0; run < b.runs().size(); run++) {
            for (FunctionPart part : b.runs().get(run).functions()) {
                functions.addB(run, new Key(part.function(), part.file()), part, part.own().active(), part.own().onCore(), part.total());
            }
        }
        Supplier<List<Difference>> own = judge.ofParts(functions.sides(OWN));
        return () -> changes(functions.rows(), own.get());
    }

    private static List<FunctionChange> changes(List<Matched.Row<FunctionPart>> rows, List<Difference> own) {
        List<FunctionChange> changes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Matched.Row<FunctionPart> row = rows.get(i);
            FunctionPart part = row.any();
            changes.add(new FunctionChange(
                    part.function(),
                    part.file(),
                    part.line(),
                    own.get(i),
                    row.a(ON_CORE).value(),
                    row.b(ON_CORE).value(),
                    row.a(TOTAL).value(),
                    row.b(TOTAL).value()));
        }
        changes.sort(Comparator.comparingDouble((FunctionChange change) -> Math.abs(change.own.by())).reversed());
        return List.copyOf(changes);
    }

    /** By how much more time b was on a core in it. */
    public double onCoreBy() {
        return onCoreB - onCoreA;
    }
}

package io.threadlens.comparison;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on both sides: of the same function, and as far from its beginning. Its time is that in which it was executed as the innermost call of a thread that had
 * something to do.
 *
 * @param line as b has it, or, where it did not run in b, as a has it
 * @param own  seconds
 */
public record LineChange(Frame line, Difference own) {
    private record Key(@Nullable String function, @Nullable String file, int offset) {}

    /** Most change first. */
    static Supplier<List<LineChange>> of(Side a, Side b, SameFiles files, Judge judge) {
        Matched<Key, Frame> lines = new Matched<>(a, b, 1);
        for (int run = 0; run < a.runs().size(); run++) {
            for (Run.LineFigures figures : a.runs().get(run).lines()) {
                lines.addA(run, key(figures.line(), files.inB(figures.line().file())), figures.line(), figures.own().active());
            }
        }
        for (int run = 0; run < b.runs().size(); run++) {
            for (Run.LineFigures figures : b.runs().get(run).lines()) {
                lines.addB(run, key(figures.line(), figures.line().file()), figures.line(), figures.own().active());
            }
        }
        Supplier<List<Difference>> own = judge.ofParts(lines.sides(0));
        return () -> changes(lines.rows(), own.get());
    }

    private static List<LineChange> changes(List<Matched.Row<Frame>> rows, List<Difference> own) {
        List<LineChange> changes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            changes.add(new LineChange(rows.get(i).any(), own.get(i)));
        }
        changes.sort(Comparator.comparingDouble((LineChange change) -> Math.abs(change.own.by())).reversed());
        return List.copyOf(changes);
    }

    private static Key key(Frame line, @Nullable String file) {
        return new Key(line.function(), file, line.line() - line.firstLine());
    }
}

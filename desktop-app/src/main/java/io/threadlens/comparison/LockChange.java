package io.threadlens.comparison;

import io.threadlens.model.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks that are one to a person, on both sides: of one kind, type and name, or, without a name, waited for in the same function.
 *
 * @param label  their name; null where they have none
 * @param place  where they are waited for in b, or, where they are not, in a; null unknown, as {@code holder}, where they are held
 * @param waited seconds of waits
 * @param waitsA how many, on average over the runs
 */
public record LockChange(
        LossClass kind,
        @Nullable String type,
        @Nullable String label,
        @Nullable Frame place,
        @Nullable Frame holder,
        Difference waited,
        double waitsA,
        double waitsB) {
    private static final int SECONDS = 0;
    private static final int WAITS = 1;
    private static final int FIGURES = 2;

    private record Key(LossClass kind, @Nullable String type, @Nullable String label, @Nullable String function, @Nullable String file) {}

    /** Most waiting first, on whichever side. */
    static Supplier<List<LockChange>> of(Side a, Side b, SameFiles files, Judge judge) {
        Matched<Key, Run.LockFigures> locks = new Matched<>(a, b, FIGURES);
        for (int run = 0; run < a.runs().size(); run++) {
            for (Run.LockFigures lock : a.runs().get(run).locks()) {
                locks.addA(run, key(lock, lock.place() == null ? null : files.inB(lock.place().file())), lock, lock.seconds(), lock.waits());
            }
        }
        for (int run = 0; run < b.runs().size(); run++) {
            for (Run.LockFigures lock : b.runs().get(run).locks()) {
                locks.addB(run, key(lock, lock.place() == null ? null : lock.place().file()), lock, lock.seconds(), lock.waits());
            }
        }
        Supplier<List<Difference>> waited = judge.ofParts(locks.sides(SECONDS));
        return () -> changes(locks.rows(), waited.get());
    }

    private static List<LockChange> changes(List<Matched.Row<Run.LockFigures>> rows, List<Difference> waited) {
        List<LockChange> changes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Matched.Row<Run.LockFigures> row = rows.get(i);
            Run.LockFigures lock = row.any();
            changes.add(new LockChange(
                    lock.kind(), lock.type(), lock.label(), lock.place(), lock.holder(), waited.get(i), row.a(WAITS).value(), row.b(WAITS).value()));
        }
        changes.sort(Comparator.comparingDouble((LockChange change) -> Math.max(change.waited.a(), change.waited.b())).reversed());
        return List.copyOf(changes);
    }

    private static Key key(Run.LockFigures lock, @Nullable String file) {
        boolean byPlace = lock.label() == null && lock.place() != null;
        return new Key(lock.kind(), lock.type(), lock.label(), byPlace ? lock.place().function() : null, byPlace ? file : null);
    }

    /** {@code LOCKS[…]}, or its type, or the words of its class. */
    public String name() {
        return label != null ? label : type != null ? type : kind == LossClass.GIL ? "the GIL" : kind.label();
    }
}

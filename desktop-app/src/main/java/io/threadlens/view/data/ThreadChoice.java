package io.threadlens.view.data;

import io.threadlens.timeline.LaneRows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses threads by their lanes, as one chooses in a list. Tables and graphs are about the chosen ones. Belongs to the JavaFX thread. */
public final class ThreadChoice {
    private final TimelineModel model;
    /** Where a choice of several lanes begins. */
    private @Nullable Integer anchor;

    ThreadChoice(TimelineModel model) {
        this.model = model;
    }

    /** Only a lane's threads; chosen once more, all again. */
    public void only(int row) {
        Set<Integer> threads = Set.copyOf(rows().lane(row).threads());
        set(threads.equals(chosen()) ? Set.of() : threads);
        anchor = firstOf(row);
    }

    /** A lane's threads as well, or no longer. */
    public void toggle(int row) {
        List<Integer> threads = rows().lane(row).threads();
        Set<Integer> now = new HashSet<>(chosen());
        if (!now.removeAll(threads) || !chosen().containsAll(threads)) {
            now.addAll(threads);
        }
        set(now);
        anchor = firstOf(row);
    }

    /** All from the lane that was chosen last to this. */
    public void upTo(int row) {
        int from = anchor == null ? row : rows().rowOf(anchor);
        if (from < 0) {
            from = row;
        }
        Set<Integer> now = new HashSet<>();
        for (int i = Math.min(from, row); i <= Math.max(from, row); i++) {
            now.addAll(rows().lane(i).threads());
        }
        set(now);
        anchor = anchor == null ? firstOf(row) : anchor;
    }

    /** Whether all threads of a lane are chosen. */
    public boolean has(List<Integer> threads) {
        return !chosen().isEmpty() && chosen().containsAll(threads);
    }

    private void set(Set<Integer> threads) {
        model.chosenThreads().set(Set.copyOf(threads));
    }

    private Set<Integer> chosen() {
        return model.chosenThreads().get();
    }

    private Integer firstOf(int row) {
        return rows().lane(row).threads().getFirst();
    }

    private LaneRows rows() {
        return model.lanes().get().rows();
    }
}

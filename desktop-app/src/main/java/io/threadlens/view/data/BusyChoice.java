package io.threadlens.view.data;

import io.threadlens.model.Moments;
import io.threadlens.timeline.NumberRanges;
import io.threadlens.timeline.TimeFormat;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** Which numbers of busy cores are looked at: their moments are those of the {@link TimelineModel}. Belongs to the JavaFX thread. */
public final class BusyChoice {
    private final ObjectProperty<@Nullable Moments> moments;
    private final ReadOnlyObjectWrapper<SortedSet<Integer>> counts = new ReadOnlyObjectWrapper<>(new TreeSet<>());
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");

    /** @param moments to be kept up to what is chosen; whoever sets them to null has chosen all */
    BusyChoice(ObjectProperty<@Nullable Moments> moments) {
        this.moments = moments;
        moments.addListener((o, was, is) -> {
            if (is == null) {
                choose(new TreeSet<>());
            }
        });
    }

    /** The numbers of busy cores that were chosen; none for all moments. */
    public ReadOnlyObjectProperty<SortedSet<Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    /** What is chosen, in words, with how long that is; empty where all is. */
    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }

    /** Looks at other moments; those before stay until the new ones are {@link #found}. */
    public void choose(SortedSet<Integer> wanted) {
        counts.set(new TreeSet<>(wanted));
        if (wanted.isEmpty()) {
            text.set("");
            moments.set(null);
        }
    }

    /** Chooses all moments again. */
    public void clear() {
        choose(new TreeSet<>());
    }

    /**
     * The moments of a choice, unless another one has been made since.
     *
     * @param ns    how long they are
     * @param allNs how long all are
     */
    public void found(SortedSet<Integer> of, Moments those, long ns, long allNs) {
        if (!of.isEmpty() && of.equals(counts.get())) {
            String cores = NumberRanges.text(of) + (of.equals(Set.of(1)) ? " busy core" : " busy cores");
            text.set("only moments with " + cores + ": " + TimeFormat.length(ns) + " of " + TimeFormat.length(allNs));
            moments.set(those);
        }
    }
}

package io.threadlens.view.data;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Marks;
import io.threadlens.recording.Recording.Mark;
import io.threadlens.view.data.TimelineModel.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The marks of a recording: those that it has, and what was changed since. Belongs to the JavaFX thread. */
public final class MarkBook {
    private final TimelineModel model;
    private final ReadOnlyObjectWrapper<List<Mark>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final List<Mark> changes = new ArrayList<>();
    private Consumer<Mark> keeper = change -> {};

    MarkBook(TimelineModel model) {
        this.model = model;
        model.data().addListener(o -> gather());
        gather();
    }

    /** In order of time. */
    public ReadOnlyObjectProperty<List<Mark>> all() {
        return all.getReadOnlyProperty();
    }

    /** Whoever keeps marks beyond this window: told of every change, a mark without a text being one that was taken away. */
    public void keptBy(Consumer<Mark> whoKeeps) {
        keeper = whoKeeps;
    }

    /** A new mark, or another text for the one with the same times. */
    public void put(long startNs, long endNs, String text) {
        change(new Mark(startNs, endNs, text));
    }

    public void remove(Mark mark) {
        change(new Mark(mark.time(), mark.end(), null));
    }

    private void change(Mark change) {
        changes.add(change);
        gather();
        keeper.accept(change);
    }

    private void gather() {
        List<Mark> rows = new ArrayList<>(model.data().get().recording().marks());
        rows.addAll(changes);
        List<Mark> now = Marks.holding(rows);
        if (!now.equals(all.get())) {
            all.set(now);
        }
    }

    /** The note of the mark with these times; empty where there is none. */
    public String textAt(long startNs, long endNs) {
        for (Mark mark : all.get()) {
            if (mark.time() == startNs && mark.end() == endNs && mark.text() instanceof String text) {
                return text;
            }
        }
        return "";
    }

    /** To the next or the previous mark from the cursor; from the first on to the last one and the other way round. */
    public void step(int direction) {
        List<Mark> marks = all.get();
        if (marks.isEmpty()) {
            return;
        }
        Instant at = model.cursor();
        long from = at != null ? at.ns() : model.viewport().get().range().startNs() + model.viewport().get().lengthNs() / 2;
        Mark to = direction > 0 ? marks.getFirst() : marks.getLast();
        for (Mark mark : direction > 0 ? marks : marks.reversed()) {
            if (direction > 0 ? mark.time() > from : mark.time() < from) {
                to = mark;
                break;
            }
        }
        goTo(to);
    }

    /** Brings a mark onto the screen, the cursor on it; a stretch is selected. */
    public void goTo(Mark mark) {
        TimeRange stretch = mark.isSpan() ? new TimeRange(mark.time(), mark.end()) : null;
        if (stretch != null) {
            model.select(stretch);
        }
        Instant at = on(mark.time());
        if (at == null) {
            return;
        }
        if (stretch == null) {
            model.visit(at);
        } else {
            model.visit(at, stretch);
        }
    }

    private @Nullable Instant on(long ns) {
        Instant pinned = model.pinned().get();
        List<Integer> threads = model.lanes().get().threads();
        return pinned != null ? new Instant(pinned.thread(), ns) : threads.isEmpty() ? null : new Instant(threads.getFirst(), ns);
    }
}

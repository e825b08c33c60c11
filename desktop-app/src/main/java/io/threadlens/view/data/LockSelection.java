package io.threadlens.view.data;

import io.threadlens.recording.Recording.Hold;
import io.threadlens.recording.Recording.Wait;
import io.threadlens.timeline.LockJumps;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Which lock is looked at: the one under the mouse, the one that is selected, and the wait that is pinned. Belongs to the JavaFX thread. */
public final class LockSelection {
    /** A wait narrower than this cannot be meant by the mouse, in pixels. */
    private static final double NARROWEST_MEANT = 2;

    /** A thread that waited at the pinned instant, and who held the lock then; null where nobody was seen to. */
    public record Blocked(Wait waiting, @Nullable Hold holding, long ns) {
        /** Whether another one is of the same thread at the same instant. */
        public boolean isSameInstant(@Nullable Blocked other) {
            return other != null && other.ns == ns && other.waiting.thread() == waiting.thread();
        }
    }

    private final TimelineModel model;
    private final ObjectProperty<@Nullable Integer> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Integer> hovered = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Blocked> blocked = new ReadOnlyObjectWrapper<>();

    LockSelection(TimelineModel model) {
        this.model = model;
        model.hovered().addListener(o -> lookUnderMouse());
        model.pinned().addListener(o -> lookAtPinned());
        model.data().addListener(o -> lookAtPinned());
    }

    /** The lock that the contention tab shows; it is marked in the lanes. */
    public ObjectProperty<@Nullable Integer> selected() {
        return selected;
    }

    /** The lock that the thread under the mouse waits for there. */
    public ReadOnlyObjectProperty<@Nullable Integer> hovered() {
        return hovered.getReadOnlyProperty();
    }

    /** What the pinned thread waits for at the pinned instant. */
    public ReadOnlyObjectProperty<@Nullable Blocked> blocked() {
        return blocked.getReadOnlyProperty();
    }

    private void lookUnderMouse() {
        TimelineModel.Instant at = model.hovered().get();
        Wait wait = at == null ? null : model.data().get().waits().contentionAt(at.thread(), at.ns());
        boolean meant = wait != null && wait.end() - wait.start() >= NARROWEST_MEANT * model.viewport().get().nsPerPx();
        hovered.set(meant ? wait.lock() : null);
    }

    private void lookAtPinned() {
        TimelineModel.Instant at = model.pinned().get();
        RecordingData data = model.data().get();
        Wait wait = at == null ? null : data.waits().contentionAt(at.thread(), at.ns());
        Blocked now = wait == null ? null : new Blocked(wait, LockJumps.holder(data.holds(), wait.lock(), at.ns()), at.ns());
        Blocked before = blocked.get();
        blocked.set(now);
        if (now != null && !now.isSameInstant(before)) {
            selected.set(now.waiting().lock());
        }
    }

    /** Pins whoever holds what the pinned thread waits for; false where that is not known. */
    public boolean jumpToHolder() {
        Blocked at = blocked.get();
        if (at == null || at.holding() == null) {
            return false;
        }
        model.pin(new TimelineModel.Instant(at.holding().thread(), at.ns()));
        return true;
    }

    /** Pins the next who waits because of the pinned thread, see {@link LockJumps#waiter}; false where nobody does. */
    public boolean jumpToWaiter() {
        TimelineModel.Instant at = model.pinned().get();
        RecordingData data = model.data().get();
        if (at == null) {
            return false;
        }
        Wait wait = LockJumps.waiter(data.waits(), data.holds(), at.thread(), at.ns());
        if (wait == null) {
            return false;
        }
        model.visit(new TimelineModel.Instant(wait.thread(), Math.max(at.ns(), wait.start())));
        return true;
    }
}

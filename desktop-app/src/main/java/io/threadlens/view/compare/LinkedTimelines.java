package io.threadlens.view.compare;

import io.threadlens.comparison.PhaseMatch;
import io.threadlens.comparison.TimeMap;
import io.threadlens.model.ThreadInfo;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.NavigationSteps;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.TimelineModel.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Two timelines that move together: what is visible, selected, pinned or pointed at in one is so in the other, at the moments that belong together. A step is taken
 * back in both at once. Search, grouping and order of lanes are the same in both. Belongs to the JavaFX thread.
 */
public final class LinkedTimelines {
    private final TimelineModel a;
    private final TimelineModel b;
    private final PhaseMatch phases;
    private final ObjectProperty<Alignment> alignment = new SimpleObjectProperty<>(Alignment.TIME);
    private TimeMap map;
    /** Whether a change is one that was made here, and is not to be mirrored back. */
    private boolean mirroring;

    private record Places(Viewport a, Viewport b) {}

    public LinkedTimelines(TimelineModel a, TimelineModel b, PhaseMatch phases) {
        this.a = a;
        this.b = b;
        this.phases = phases;
        map = TimeMap.byTime(a.data().get().range(), b.data().get().range());
        NavigationSteps<Places> steps = new NavigationSteps<>(() -> new Places(a.viewport().get(), b.viewport().get()), this::goTo);
        a.shareSteps(steps);
        b.shareSteps(steps);
        leaveRoom();
        link(a, b, ns -> map.toB(ns));
        link(b, a, ns -> map.toA(ns));
        a.search().bindBidirectional(b.search());
        alignment.addListener((o, was, is) -> align());
    }

    public TimelineModel a() {
        return a;
    }

    public TimelineModel b() {
        return b;
    }

    /** Which moments are shown at the same place. */
    public ObjectProperty<Alignment> alignment() {
        return alignment;
    }

    /** Which moments belong together, as they are aligned now. */
    public TimeMap map() {
        return map;
    }

    /** What matches when they are aligned by phase. */
    public PhaseMatch phases() {
        return phases;
    }

    private void link(TimelineModel from, TimelineModel to, LongUnaryOperator there) {
        from.viewport().addListener((o, was, is) -> {
            if (was.startNs() != is.startNs() || was.nsPerPx() != is.nsPerPx()) {
                mirror(() -> to.moveTo(there(is, there, to.viewport().get().width())));
            } else if (is.width() == to.viewport().get().width()) {
                // A window of another width makes both lanes wider, one after the other; what a shows then is meant.
                mirror(this::followA);
            }
        });
        from.selection().addListener((o, was, is) -> mirror(() -> to.selection().set(is == null ? null : within(there(is, there), to))));
        from.hovered().addListener((o, was, is) -> mirror(() -> to.beside().set(is == null ? null : Long.valueOf(there.applyAsLong(is.ns())))));
        from.pinned().addListener((o, was, is) -> mirror(() -> to.pinned().set(is == null ? null : there(is, from, to, there))));
        from.second().addListener((o, was, is) -> mirror(() -> to.second().set(is == null ? null : Long.valueOf(there.applyAsLong(is)))));
        from.arranging().order().addListener((o, was, is) -> mirror(() -> to.arranging().change(order -> alike(order, is))));
    }

    private void mirror(Runnable change) {
        if (!mirroring) {
            mirroring = true;
            try {
                change.run();
            } finally {
                mirroring = false;
            }
        }
    }

    private static TimeRange there(TimeRange range, LongUnaryOperator there) {
        return new TimeRange(there.applyAsLong(range.startNs()), there.applyAsLong(range.endNs()));
    }

    /** The edges belong together; what lies between them is at one scale. */
    private static Viewport there(Viewport viewport, LongUnaryOperator there, int width) {
        TimeRange range = there(viewport.range(), there);
        double stretched = (double) Math.max(1, range.lengthNs()) / Math.max(1, viewport.lengthNs());
        return new Viewport(range.startNs(), viewport.nsPerPx() * stretched, width);
    }

    /** As much of a range as there is. Where there is none of it, it is empty and not everything. */
    private static TimeRange within(TimeRange range, TimelineModel model) {
        TimeRange all = model.data().get().range();
        return new TimeRange(
                Math.clamp(range.startNs(), all.startNs(), all.endNs()), Math.clamp(range.endNs(), all.startNs(), all.endNs()));
    }

    /** Of the thread that has the same name and is as many of that name after the first; null where there is none, or nothing was recorded then. */
    private static @Nullable Instant there(Instant instant, TimelineModel from, TimelineModel to, LongUnaryOperator there) {
        List<ThreadInfo> threads = from.data().get().threads();
        long ns = there.applyAsLong(instant.ns());
        if (instant.thread() >= threads.size() || !to.data().get().range().contains(ns)) {
            return null;
        }
        int which = named(threads, threads.get(instant.thread())).indexOf(instant.thread());
        List<Integer> alike = named(to.data().get().threads(), threads.get(instant.thread()));
        return which < alike.size() ? new Instant(alike.get(which), ns) : null;
    }

    private static List<Integer> named(List<ThreadInfo> threads, ThreadInfo like) {
        List<Integer> named = new ArrayList<>();
        for (ThreadInfo thread : threads) {
            if (like.name() == null ? thread.name() == null : like.name().equals(thread.name())) {
                named.add(thread.number());
            }
        }
        return named;
    }

    /** What is not about single threads: those have other numbers in the other recording. */
    private static LaneOrder alike(LaneOrder order, LaneOrder other) {
        LaneOrder sorted = order.sorted(other.sorting()).spending(other.spent()).calling(other.function());
        return order.grouping() == other.grouping() ? sorted : sorted.grouped(other.grouping());
    }

    private void goTo(Places places) {
        mirror(() -> {
            a.moveTo(places.a());
            followA();
        });
    }

    private void followA() {
        b.moveTo(there(a.viewport().get(), map::toB, b.viewport().get().width()));
    }

    private void leaveRoom() {
        long longest = Math.max(a.data().get().range().lengthNs(), b.data().get().range().lengthNs());
        a.room().set(alignment.get() == Alignment.TIME ? longest : 0);
        b.room().set(alignment.get() == Alignment.TIME ? longest : 0);
    }

    /** What a shows stays, as far as there is so much of it, and b goes there. */
    private void align() {
        boolean everything = a.viewport().get().range().equals(a.bounds()) || b.viewport().get().range().equals(b.bounds());
        map = alignment.get() == Alignment.PHASE ? phases.map() : TimeMap.byTime(a.data().get().range(), b.data().get().range());
        leaveRoom();
        TimeRange all = a.bounds();
        Viewport now = a.viewport().get();
        boolean whole = everything || now.lengthNs() >= all.lengthNs();
        mirror(() -> {
            a.moveTo(whole ? Viewport.fit(all, now.width()) : now);
            followA();
            TimeRange selected = a.selection().get();
            b.selection().set(selected == null ? null : within(map.toB(selected), b));
            Instant pinned = a.pinned().get();
            b.pinned().set(pinned == null ? null : there(pinned, a, b, map::toB));
        });
    }
}

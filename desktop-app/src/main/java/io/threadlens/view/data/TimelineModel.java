package io.threadlens.view.data;

import io.threadlens.model.Frame;
import io.threadlens.model.Moments;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.LiveEdge;
import io.threadlens.timeline.Viewport;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the timeline shows and what is selected in it; every view of a recording reads it and changes it only through its methods. Belongs to the JavaFX
 * thread.
 */
public final class TimelineModel implements AutoCloseable {
    /** How much of a live recording is shown at first. */
    private static final long LIVE_LENGTH_NS = 10_000_000_000L;
    /** A drag shorter than this was a click. */
    private static final long SHORTEST_SELECTION_NS = 1_000;

    /** What is gone to and is a smaller part of the screen than this is shown larger. */
    private static final double LEAST_SEEN = 0.03;
    /** How many times its length is then shown before and after it. */
    private static final int SURROUNDINGS = 4;

    /** A thread at a moment. */
    public record Instant(int thread, long ns) {}

    private final ReadOnlyObjectWrapper<RecordingData> data;
    private final ReadOnlyObjectWrapper<Viewport> viewport;
    private final ReadOnlyObjectWrapper<LaneLayout> lanes;
    private final ObjectProperty<@Nullable TimeRange> selection = new SimpleObjectProperty<>();
    private final ObjectProperty<Set<Integer>> chosenThreads = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<@Nullable Moments> moments = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Instant> hovered = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Long> beside = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Instant> pinned = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Long> second = new SimpleObjectProperty<>();
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Topic> topic = new SimpleObjectProperty<>(Topic.FINDINGS);
    private final ObjectProperty<@Nullable Frame> function = new SimpleObjectProperty<>();
    private final LockSelection locks;
    private final BusyChoice busyChoice = new BusyChoice(moments);
    private final CodeSelection code = new CodeSelection(this);
    private final LaneArranging arranging;
    private final ThreadChoice choice = new ThreadChoice(this);
    private final MarkBook marks;
    private final BooleanProperty following = new SimpleBooleanProperty();
    private final LiveEdge edge = new LiveEdge();
    private NavigationSteps<?> steps;
    private final LongProperty room = new SimpleLongProperty();
    private boolean fittedAll;

    /** @param onFailure told when lanes could not be arranged */
    public TimelineModel(RecordingData first, Consumer<Throwable> onFailure) {
        data = new ReadOnlyObjectWrapper<>(first);
        following.set(first.isLive());
        viewport = new ReadOnlyObjectWrapper<>(Viewport.fit(bounds(), 1));
        lanes = new ReadOnlyObjectWrapper<>(
                new LaneLayout(LaneArranger.arrange(first.times(), first.cpu(), LaneOrder.DEFAULT, first.range()), 0, 0));
        steps = new NavigationSteps<>(viewport::get, this::moveTo);
        following.addListener((o, was, is) -> edge.reset());
        locks = new LockSelection(this);
        arranging = new LaneArranging(this, onFailure);
        marks = new MarkBook(this);
    }

    // ---- what is shown

    public ReadOnlyObjectProperty<RecordingData> data() {
        return data.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Viewport> viewport() {
        return viewport.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LaneLayout> lanes() {
        return lanes.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable TimeRange> selection() {
        return selection;
    }

    /** The threads, by number, that tables and graphs are about; empty for all. */
    public ObjectProperty<Set<Integer>> chosenThreads() {
        return chosenThreads;
    }

    /** The moments that every view shows, the others being left out; null for all. */
    public ObjectProperty<@Nullable Moments> moments() {
        return moments;
    }

    /** By which number of busy cores the moments are chosen. */
    public BusyChoice busyChoice() {
        return busyChoice;
    }

    /** What the mouse is over. */
    public ObjectProperty<@Nullable Instant> hovered() {
        return hovered;
    }

    /** The moment that is pointed at in a timeline beside this one; null for none. */
    public ObjectProperty<@Nullable Long> beside() {
        return beside;
    }

    /** The moment that the mouse is over, here or beside; null for none. */
    public @Nullable Long pointed() {
        Instant here = hovered.get();
        return here != null ? Long.valueOf(here.ns()) : beside.get();
    }

    /** What was clicked or reached with the arrow keys. */
    public ObjectProperty<@Nullable Instant> pinned() {
        return pinned;
    }

    /** A second instant, which the first is compared with; null for none. */
    public ObjectProperty<@Nullable Long> second() {
        return second;
    }

    /** What keys are about: what is pinned, else what the mouse is over. */
    public @Nullable Instant cursor() {
        return pinned.get() != null ? pinned.get() : hovered.get();
    }

    public LockSelection locks() {
        return locks;
    }

    public CodeSelection code() {
        return code;
    }

    /** Which lanes there are, in what order. */
    public LaneArranging arranging() {
        return arranging;
    }

    /** Chooses threads by their lanes. */
    public ThreadChoice choice() {
        return choice;
    }

    public MarkBook marks() {
        return marks;
    }

    /** The tab that is in front. */
    public ObjectProperty<Topic> topic() {
        return topic;
    }

    /** The call whose function is looked at in the functions, and whose line in the source. */
    public ObjectProperty<@Nullable Frame> function() {
        return function;
    }

    public StringProperty search() {
        return search;
    }

    /** Whether the right edge stays at the newest tick of a live recording. */
    public BooleanProperty following() {
        return following;
    }

    /** The time one can go to: what was recorded, and the room that is left after it; of a young live recording the empty rest of the first picture. */
    public TimeRange bounds() {
        RecordingData now = data.get();
        TimeRange range = now.range();
        long shortest = Math.max(room.get(), now.isLive() ? LIVE_LENGTH_NS : 1);
        return new TimeRange(range.startNs(), Math.max(range.endNs(), range.startNs() + shortest));
    }

    /** The range that tables and summaries are about: what is selected, else everything. */
    public TimeRange scope() {
        TimeRange selected = selection.get();
        return selected != null ? selected : data.get().range();
    }

    /** Time since the beginning of the recording. */
    public long sinceStart(long ns) {
        return ns - data.get().range().startNs();
    }

    /** To how long after the beginning one can go at least, where the recording is shorter than what is shown beside it; 0 where it stands alone. */
    public LongProperty room() {
        return room;
    }

    /** Keeps the steps of the navigation together with those of another timeline. */
    public void shareSteps(NavigationSteps<?> shared) {
        steps = shared;
    }

    // ---- what changes by itself

    public void update(RecordingData now) {
        RecordingData before = data.get();
        boolean stillEmpty = before.range().lengthNs() == 0;
        data.set(now);
        if (stillEmpty) {
            viewport.set(Viewport.fit(bounds(), viewport.get().width()));
        }
        if (before.isLive() && !now.isLive()) {
            if (following.get()) {
                // What was on its way to the edge would not be followed to any more.
                viewport.set(viewport.get().endingAt(now.range().endNs(), bounds()));
            }
            following.set(false);
        }
        arranging.dataChanged(
                before.threads().size() != now.threads().size() || !before.threads().equals(now.threads()), before.isLive() && !now.isLive());
    }

    /** To be called for every picture while following. */
    public void follow(long clockNs) {
        if (following.get() && data.get().range().lengthNs() > 0) {
            viewport.set(viewport.get().endingAt(edge.at(clockNs, data.get().range().endNs()), bounds()));
        }
    }

    public void resize(int width, double height) {
        Viewport now = viewport.get();
        if (width != now.width() && width > 0) {
            // The first size, and a picture of everything, keep showing everything; any other keeps its scale.
            boolean everything = now.width() == 1 || fittedAll;
            viewport.set(everything ? Viewport.fit(wholeAtFirst(), width) : now.resize(width).pan(0, bounds()));
            fittedAll = everything && !data.get().isLive();
        }
        if (height != lanes.get().height()) {
            lanes.set(lanes.get().resized(height));
        }
    }

    private TimeRange wholeAtFirst() {
        TimeRange all = bounds();
        return data.get().isLive() ? new TimeRange(Math.max(all.startNs(), all.endNs() - LIVE_LENGTH_NS), all.endNs()) : all;
    }

    void arranged(LaneRows rows) {
        lanes.set(lanes.get().with(rows));
    }

    // ---- what the user does

    /** Shows less time around a pixel, or more with a factor over one. While following, the live edge stays where it is instead. */
    public void zoom(double px, double factor) {
        drift();
        double at = following.get() ? viewport.get().pxOf(Math.min(viewport.get().endNs(), data.get().range().endNs())) : px;
        viewport.set(viewport.get().zoom(at, factor, bounds()));
    }

    /** Moves in time and lets go of the live edge. */
    public void pan(double px) {
        drift();
        following.set(false);
        viewport.set(viewport.get().pan(px, bounds()));
    }

    /** Shows a range from edge to edge. */
    public void show(TimeRange range) {
        jump();
        place(range);
    }

    /** The same while the user drags an edge of it. */
    public void stretch(TimeRange range) {
        drift();
        place(range);
    }

    private void place(TimeRange range) {
        following.set(false);
        Viewport fitted = Viewport.fit(range, viewport.get().width());
        viewport.set(fitted.pan(0, bounds()));
    }

    /** Fits the selected range; everything where none is selected, or when it is fitted already. */
    public void fit() {
        TimeRange selected = selection.get();
        if (selected != null && !selected.equals(viewport.get().range())) {
            Viewport fitted = Viewport.fit(selected, viewport.get().width()).pan(0, bounds());
            if (!fitted.equals(viewport.get())) {
                show(selected);
                return;
            }
        }
        fitAll();
    }

    public void fitAll() {
        show(data.get().isLive() && data.get().range().lengthNs() > 0 ? data.get().range() : bounds());
        fittedAll = !data.get().isLive();
    }

    /** Shows what another place does, which is no step of its own. */
    public void moveTo(Viewport place) {
        following.set(false);
        viewport.set(place.resize(viewport.get().width()).pan(0, bounds()));
        fittedAll = !data.get().isLive() && viewport.get().range().equals(bounds());
    }

    public void home() {
        jump();
        following.set(false);
        viewport.set(viewport.get().pan(-1e12, bounds()));
    }

    /** Goes to the end, which of a live recording is the edge to follow. */
    public void end() {
        jump();
        viewport.set(viewport.get().endingAt(data.get().range().endNs(), bounds()));
        following.set(data.get().isLive());
    }

    /** Takes the last navigation back. */
    public void undo() {
        steps.undo();
    }

    /** Takes the navigation that was taken back again. */
    public void redo() {
        steps.redo();
    }

    public void select(@Nullable TimeRange range) {
        selection.set(range != null && range.lengthNs() >= SHORTEST_SELECTION_NS ? range : null);
    }

    public void pin(@Nullable Instant instant) {
        boolean first = pinned.get() == null;
        pinned.set(instant);
        if (instant != null) {
            if (first) {
                // Whoever points at a lane asks what it did there.
                topic.set(Topic.STACKS);
            }
            int row = lanes.get().rowOf(instant.thread());
            if (row >= 0) {
                lanes.set(lanes.get().showing(row));
            }
        }
    }

    /** Pins what was clicked; whoever clicks on a thread that is blocked asks by whom. */
    public void click(Instant instant) {
        pin(instant);
        if (locks.blocked().get() != null) {
            topic.set(Topic.CONTENTION);
        }
    }

    /** Pins an instant and brings it onto the screen. */
    public void visit(Instant instant) {
        pin(instant);
        movePinned(instant.ns());
    }

    /** The same with the stretch that the instant is in large enough to be seen. */
    public void visit(Instant instant, TimeRange stretch) {
        Viewport now = viewport.get();
        if (stretch.lengthNs() < LEAST_SEEN * now.lengthNs() || stretch.lengthNs() > now.lengthNs()) {
            long margin = Math.max(1, stretch.lengthNs() * SURROUNDINGS);
            TimeRange all = bounds();
            show(new TimeRange(Math.max(all.startNs(), stretch.startNs() - margin), Math.min(all.endNs(), stretch.endNs() + margin)));
        }
        visit(instant);
    }

    /** Moves what is pinned to a lane further down or up. */
    public void moveLane(int by) {
        LaneRows rows = lanes.get().rows();
        if (rows.count() == 0) {
            return;
        }
        Instant at = pinned.get();
        int row = at == null ? -1 : rows.rowOf(at.thread());
        int next = row < 0 ? 0 : Math.clamp(row + by, 0, rows.count() - 1);
        // The lane of an open group has no thread that its own lanes do not have.
        while (rows.lane(next) instanceof Lane.OfGroup group && group.open() && next + 1 < rows.count() && next + Integer.signum(by) >= 0) {
            next += by < 0 ? -1 : 1;
        }
        pin(new Instant(rows.lane(next).threads().getFirst(), at == null ? middle() : at.ns()));
    }

    /** Moves what is pinned in time, and the viewport with it where it would leave the screen. */
    public void movePinned(long ns) {
        Instant at = Objects.requireNonNullElseGet(pinned.get(), () -> new Instant(lanes.get().threads().getFirst(), middle()));
        TimeRange range = data.get().range();
        long to = Math.clamp(ns, range.startNs(), Math.max(range.startNs(), range.endNs() - 1));
        pin(new Instant(at.thread(), to));
        if (!viewport.get().range().contains(to)) {
            jump();
            following.set(false);
            viewport.set(viewport.get().centredOn(to, bounds()));
        }
    }

    /** Pins a thread at the cursor's instant, else in the middle; where the search hides its lane, the search ends. */
    public void goToThread(int thread) {
        if (!lanes.get().threads().contains(thread)) {
            search.set("");
        }
        Instant at = cursor();
        pin(new Instant(thread, at == null ? middle() : at.ns()));
    }

    public void scrollLanes(double y) {
        lanes.set(lanes.get().scrolledTo(y));
    }

    /** Puts the second instant, to which what is pinned is compared; where nothing is, pins it. */
    public void compareWith(Instant instant) {
        if (pinned.get() == null) {
            pin(instant);
        } else {
            second.set(instant.ns());
            topic.set(Topic.STACKS);
        }
    }

    /** Leaves the second instant where the pinned one is, which can then be moved away from it. */
    public void compareFromHere() {
        Instant at = pinned.get();
        if (at != null) {
            compareWith(at);
        }
    }

    /** Forgets what is pinned, selected and chosen. */
    public void clear() {
        pinned.set(null);
        second.set(null);
        selection.set(null);
        chosenThreads.set(Set.of());
        moments.set(null);
    }

    /** Does nothing in the background any more. */
    @Override
    public void close() {
        arranging.close();
    }

    private long middle() {
        return viewport.get().timeAt(viewport.get().width() / 2.0);
    }

    /** One of many small moves. */
    private void drift() {
        fittedAll = false;
        steps.drift();
    }

    private void jump() {
        fittedAll = false;
        steps.jump();
    }
}

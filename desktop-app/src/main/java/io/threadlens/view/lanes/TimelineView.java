package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.PauseBars;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.LockSelection;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of one recording. What changes in the {@link TimelineModel} is asked for as a picture, the picture is made in the background and put on the screen
 * as a whole; while it is made the one before stays. In every pulse at most one picture is asked for.
 */
public final class TimelineView extends GridPane implements AutoCloseable {
    /** Numbers that change more often than this cannot be read. */
    private static final long NUMBERS_EVERY_NS = 250_000_000;

    private final TimelineModel model;
    private final OverviewView overview;
    private final RulerView ruler;
    private final MarksView marks;
    private final PauseView pauses;
    private final Label pauseCount = new Label();
    private final HeaderView header;
    private final LanesView lanes;
    private final LegendView legend = new LegendView();
    private final Label busyCores = new Label();
    private final ScrollBar scrollBar = new ScrollBar();
    private final Latest<TimelineFrame.Request, TimelineFrame> frames;
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(false);
    private final int forcedScale;
    private final InvalidationListener themeListener = o -> themeChanged();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            model.follow(now);
            // A window that was moved to another screen has other pixels.
            if (dirty || asked != null && asked.scale() != scale()) {
                dirty = false;
                ask();
            }
        }
    };
    private long numbersShown;
    private boolean dirty = true;
    private TimelineFrame.@Nullable Request asked;

    /**
     * @param forcedScale device pixels per pixel; 0 takes the window's
     * @param onFailure   told when a picture could not be made
     */
    public TimelineView(TimelineModel model, int forcedScale, Consumer<Throwable> onFailure) {
        this.model = model;
        this.forcedScale = forcedScale;
        int canvasScale = Math.max(1, forcedScale);
        overview = new OverviewView(model, canvasScale);
        ruler = new RulerView(model, canvasScale);
        marks = new MarksView(model, canvasScale);
        pauses = new PauseView(model, canvasScale);
        header = new HeaderView(model, canvasScale);
        lanes = new LanesView(model, canvasScale);
        frames = new Latest<>("frames", FrameBuilder::build, this::show, onFailure);
        getStyleClass().add("timeline");
        arrange();
        listen();
        TimelineInput.install(model, lanes, header);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        pulse.start();
    }

    private void arrange() {
        ColumnConstraints left = new ColumnConstraints(HeaderView.WIDTH);
        ColumnConstraints middle = new ColumnConstraints(0, 100, Double.MAX_VALUE);
        middle.setHgrow(Priority.ALWAYS);
        ColumnConstraints right = new ColumnConstraints();
        getColumnConstraints().addAll(left, middle, right);
        RowConstraints grow = new RowConstraints(0, 100, Double.MAX_VALUE);
        grow.setVgrow(Priority.ALWAYS);
        getRowConstraints().addAll(new RowConstraints(), new RowConstraints(), new RowConstraints(), grow, new RowConstraints());

        Label title = new Label("Busy cores");
        title.getStyleClass().add("caption-title");
        busyCores.getStyleClass().add("caption");
        VBox caption = new VBox(2, title, busyCores);
        caption.setAlignment(Pos.CENTER_LEFT);
        caption.getStyleClass().add("overview-caption");
        addRow(0, caption, overview);
        Pane headings = headings();
        VBox.setVgrow(headings, Priority.ALWAYS);
        addRow(1, new VBox(headings, markHeading()), new VBox(ruler, marks));
        scrollBar.setOrientation(Orientation.VERTICAL);
        scrollBar.setUnitIncrement(TimelineModel.LANE_HEIGHT);
        addRow(2, pauseHeading(), pauses);
        addRow(3, header, lanes, scrollBar);
        add(legend, 0, 4, 3, 1);
    }

    private static Pane headings() {
        Label thread = new Label("Thread");
        Label share = new Label("Share of states");
        Label cpu = new Label("CPU");
        thread.setMinWidth(HeaderView.BAR_LEFT - 12);
        share.setMinWidth(84);
        cpu.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(cpu, Priority.ALWAYS);
        cpu.setMaxWidth(Double.MAX_VALUE);
        cpu.setAlignment(Pos.CENTER_RIGHT);
        HBox row = new HBox(thread, share, cpu);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("lane-headings");
        return row;
    }

    private Pane markHeading() {
        HBox row = new HBox(new Label("Marks"));
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinHeight(MarksView.HEIGHT);
        row.getStyleClass().add("pause-heading");
        row.visibleProperty().bind(marks.visibleProperty());
        row.managedProperty().bind(marks.visibleProperty());
        return row;
    }

    private Pane pauseHeading() {
        Label name = new Label("Pauses");
        name.setMinWidth(HeaderView.BAR_LEFT - 12);
        pauseCount.setId("pause-count");
        HBox row = new HBox(name, pauseCount);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("pause-heading");
        return row;
    }

    private void listen() {
        InvalidationListener changed = o -> changed();
        model.data().addListener(changed);
        model.viewport().addListener(changed);
        model.lanes().addListener(changed);
        Theme.current().addListener(themeListener);
        InvalidationListener overlay = o -> {
            lanes.repaintOverlay();
            header.repaint();
            ruler.repaint();
        };
        model.locks().hovered().addListener(changed);
        model.locks().selected().addListener(changed);
        model.locks().blocked().addListener(overlay);
        model.hovered().addListener(overlay);
        model.pinned().addListener(overlay);
        model.selection().addListener(overlay);
        model.marks().all().addListener(overlay);
        model.selection().addListener(o -> overview.repaintWindow());
        model.viewport().addListener(o -> overview.repaintWindow());
        model.data().addListener(o -> overview.repaintAll());
        model.pinned().addListener(o -> tellFocused());
        model.locks().blocked().addListener(o -> tellFocused());
        lanes.widthProperty().addListener(o -> resized());
        lanes.heightProperty().addListener(o -> resized());
        scrollBar.valueProperty().addListener((o, was, is) -> model.scrollLanes(is.doubleValue()));
        model.lanes().addListener((o, was, is) -> arrangeScrollBar(is));
    }

    private void themeChanged() {
        overview.repaintAll();
        changed();
    }

    private void changed() {
        dirty = true;
        settled.set(false);
    }

    private void resized() {
        model.resize((int) Math.floor(lanes.getWidth()), Math.floor(lanes.getHeight()));
        arrangeScrollBar(model.lanes().get());
    }

    private void arrangeScrollBar(LaneLayout layout) {
        scrollBar.setMax(layout.maxScroll());
        scrollBar.setVisibleAmount(layout.maxScroll() * layout.height() / Math.max(1, layout.contentHeight()));
        scrollBar.setBlockIncrement(layout.height());
        scrollBar.setValue(layout.scrollY());
        boolean needed = layout.maxScroll() > 0;
        scrollBar.setVisible(needed);
        scrollBar.setManaged(needed);
    }

    private void ask() {
        if (model.lanes().get().height() <= 0 || model.viewport().get().width() <= 1) {
            return;
        }
        Integer hovered = model.locks().hovered().get();
        Integer lock = hovered != null ? hovered : model.locks().selected().get();
        asked = new TimelineFrame.Request(
                model.data().get(), model.viewport().get(), model.lanes().get(), scale(), Theme.current().get().palette(), lock, hovered != null);
        frames.ask(asked);
    }

    private int scale() {
        if (forcedScale > 0) {
            return forcedScale;
        }
        return getScene() == null || getScene().getWindow() == null ? 1 : (int) Math.ceil(getScene().getWindow().getOutputScaleX());
    }

    private void show(TimelineFrame frame) {
        lanes.show(frame);
        header.show(frame);
        ruler.show(frame);
        marks.show(frame);
        pauses.show(frame);
        long now = System.nanoTime();
        if (!model.following().get() || now - numbersShown > NUMBERS_EVERY_NS) {
            numbersShown = now;
            showNumbers(frame);
        }
        settled.set(!dirty && frame.request() == asked);
    }

    private void showNumbers(TimelineFrame frame) {
        legend.show(frame);
        RecordingData data = frame.request().data();
        int cores = data.info().process().cores();
        pauseCount.setText(paused(data, frame.request().viewport().range()));
        busyCores.setText(String.format(Locale.ROOT, "%.1f", data.busy().mean()) + (cores > 0 ? " of " + cores : "") + " on average");
    }

    /** How many pauses are in a range, and how long everything stood still. A stop of the world within a collection is part of it. */
    private static String paused(RecordingData data, TimeRange range) {
        List<Recording.Pause> pauses = PauseBars.between(data.pauses(), range.startNs(), range.endNs());
        if (pauses.isEmpty()) {
            return "none";
        }
        int count = 0;
        long stopped = 0;
        long until = Long.MIN_VALUE;
        for (Recording.Pause pause : pauses) {
            count += pause.start() >= until ? 1 : 0;
            stopped += Math.max(0, Math.min(pause.end(), range.endNs()) - Math.max(pause.start(), Math.max(range.startNs(), until)));
            until = Math.max(until, pause.end());
        }
        return count + (count == 1 ? " pause, " : " pauses, ") + TimeFormat.length(stopped);
    }

    /** Says in words what the pinned instant shows, for those who do not see the lanes. */
    private void tellFocused() {
        TimelineModel.Instant at = model.pinned().get();
        if (at == null || at.thread() >= model.data().get().threads().size()) {
            setAccessibleText("Timeline");
            return;
        }
        long[] states = model.data().get().times().between(at.thread(), at.ns(), at.ns() + 1);
        ThreadState seen = ThreadState.UNKNOWN;
        for (ThreadState state : ThreadState.values()) {
            if (states[state.code()] > 0) {
                seen = state;
            }
        }
        setAccessibleText(LaneLayout.nameOf(model.data().get().threads().get(at.thread())) + ", " + seen.label() + ", at "
                + TimeFormat.moment(model.sinceStart(at.ns())) + blocked(model.data().get(), model.locks().blocked().get()));
    }

    private static String blocked(RecordingData data, LockSelection.@Nullable Blocked blocked) {
        if (blocked == null) {
            return "";
        }
        String holder = blocked.holding() == null ? ", holder not seen" : ", held by " + LaneLayout.nameOf(data.threads().get(blocked.holding().thread()));
        return ", waits for " + data.waits().locks().get(blocked.waiting().lock()).name() + holder;
    }

    /** Whether what is on the screen is what the model says, with nothing on its way. */
    public ReadOnlyBooleanProperty settledProperty() {
        return settled.getReadOnlyProperty();
    }

    @Override
    public void close() {
        pulse.stop();
        frames.close();
        Theme.current().removeListener(themeListener);
    }
}

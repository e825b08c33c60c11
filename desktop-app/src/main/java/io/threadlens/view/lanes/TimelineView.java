package io.threadlens.view.lanes;

import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.Columns;
import io.threadlens.timeline.Lane;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.LaneRows;
import io.threadlens.timeline.LaneTimes;
import io.threadlens.timeline.PauseBars;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
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
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of one recording. What changes in the {@link TimelineModel} is asked for as a picture, the picture is made in the background and put on the screen
 * as a whole; while it is made the one before stays. In every pulse at most one picture is asked for.
 */
public final class TimelineView extends GridPane implements AutoCloseable {
    /** Where the lanes begin, from the left. */
    public static final double LANES_LEFT = HeaderView.WIDTH;

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
    private final VBox overviewCaption = new VBox(2);
    private final ScrollBar scrollBar = new ScrollBar();
    private final Latest<TimelineFrame.Request, TimelineFrame> frames;
    private final Latest<TimelineFrame.Request, Shares> shares;
    private final ReadOnlyLongWrapper pictures = new ReadOnlyLongWrapper();
    private final int forcedScale;
    /** After a moment in which nothing moved the picture is asked for once more, without haste. */
    private final PauseTransition rest = new PauseTransition(Duration.millis(150));
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
    private boolean paired;
    private boolean dirty = true;
    private TimelineFrame.@Nullable Request asked;
    private TimelineFrame.@Nullable Request shown;
    private TimelineFrame.@Nullable Request sharesAsked;
    private TimelineFrame.@Nullable Request legendOf;

    /** Time per state of all threads together. */
    private record Shares(TimelineFrame.Request request, long[] states) {}

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
        lanes = new LanesView(model, canvasScale, onFailure);
        frames = new Latest<>("frames", new FrameBuilder()::build, this::show, onFailure);
        shares = new Latest<>("shares", TimelineView::shares, this::showShares, onFailure);
        rest.setOnFinished(e -> changed());
        getStyleClass().add("timeline");
        arrange();
        listen();
        TimelineInput.install(model, lanes, header);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleRoleDescription("Timeline of threads");
        tellFocused();
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
        getRowConstraints().addAll(new RowConstraints(), new RowConstraints(), new RowConstraints(), grow, new RowConstraints(), new RowConstraints());

        Label title = new Label("Busy cores");
        title.getStyleClass().add("caption-title");
        busyCores.getStyleClass().add("caption");
        overviewCaption.getChildren().addAll(title, busyCores);
        overviewCaption.setAlignment(Pos.CENTER_LEFT);
        overviewCaption.getStyleClass().add("overview-caption");
        addRow(0, overviewCaption, overview);
        Pane headings = headings();
        VBox.setVgrow(headings, Priority.ALWAYS);
        addRow(1, new VBox(headings, markHeading()), new VBox(ruler, marks));
        scrollBar.setOrientation(Orientation.VERTICAL);
        scrollBar.setUnitIncrement(LaneRows.LANE_HEIGHT);
        addRow(2, pauseHeading(), pauses);
        addRow(3, header, lanes, scrollBar);
        // Below the lanes: they must not move under the mouse when a chip comes.
        add(new LaneChips(model), 0, 4, 3, 1);
        add(legend, 0, 5, 3, 1);
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

    /**
     * Makes it one of two, one above the other: the room of the scroll bar is kept, so that the same time is at the same place in both.
     *
     * @param last whether it is the lower one, which has the legend of both
     */
    public void pairUp(boolean last) {
        paired = true;
        legend.setVisible(last);
        legend.setManaged(last);
        arrangeScrollBar(model.lanes().get());
    }

    /** Shows or leaves out the busy cores over the whole recording, where there is little room. */
    public void showOverview(boolean shown) {
        for (Region part : List.of(overviewCaption, overview)) {
            part.setVisible(shown);
            part.setManaged(shown);
        }
    }

    private void listen() {
        InvalidationListener changed = o -> changed();
        model.data().addListener(changed);
        model.viewport().addListener(changed);
        model.lanes().addListener(changed);
        model.moments().addListener(changed);
        model.moments().addListener(o -> overview.repaintAll());
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
        model.beside().addListener(overlay);
        model.pinned().addListener(overlay);
        model.second().addListener(overlay);
        model.chosenThreads().addListener(overlay);
        model.selection().addListener(overlay);
        model.marks().all().addListener(overlay);
        model.selection().addListener(o -> overview.repaintWindow());
        model.viewport().addListener(o -> overview.repaintWindow());
        model.data().addListener(o -> overview.repaintAll());
        model.room().addListener(o -> overview.repaintAll());
        model.pinned().addListener(o -> tellFocused());
        model.second().addListener(o -> tellFocused());
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
        scrollBar.setManaged(needed || paired);
    }

    private void ask() {
        if (model.lanes().get().height() <= 0 || model.viewport().get().width() <= 1) {
            return;
        }
        Integer hovered = model.locks().hovered().get();
        Integer lock = hovered != null ? hovered : model.locks().selected().get();
        RecordingData data = model.data().get();
        Viewport viewport = model.viewport().get();
        boolean inHaste = asked != null && (asked.data() != data || !asked.viewport().equals(viewport));
        asked = new TimelineFrame.Request(
                data, viewport, model.lanes().get(), scale(), Theme.current().get().palette(), lock, hovered != null, model.moments().get(), inHaste);
        rest.stop();
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
        shown = frame.request();
        if (frame.isCoarse() && shown == asked) {
            rest.playFromStart();
        }
        for (TimelineFrame.Row row : frame.rows()) {
            if (row.lane() instanceof Lane.OfThread of && row.content().calls() != null) {
                model.arranging().makeRoom(of.thread(), row.content().calls().depth());
            }
        }
        long now = System.nanoTime();
        if (!model.following().get() || now - numbersShown > NUMBERS_EVERY_NS) {
            numbersShown = now;
            showNumbers(frame);
        }
        pictures.set(pictures.get() + 1);
    }

    /** Of all lanes, those above and below as well: shares that change when one scrolls would say nothing. */
    private static Shares shares(TimelineFrame.Request request) {
        TimeRange range = request.viewport().range();
        return new Shares(
                request, LaneTimes.sum(request.data().times(), request.layout().threads(), range.startNs(), range.endNs()));
    }

    private void showShares(Shares answer) {
        legend.show(answer.states(), answer.request().moments() != null);
        legendOf = answer.request();
    }

    /** Whether the legend's shares of one picture are those of another. */
    private static boolean hasSameShares(TimelineFrame.@Nullable Request of, TimelineFrame.Request other) {
        return of != null && of.data() == other.data() && of.viewport().equals(other.viewport()) && of.layout().rows() == other.layout().rows();
    }

    private void showNumbers(TimelineFrame frame) {
        if (!hasSameShares(sharesAsked, frame.request())) {
            sharesAsked = frame.request();
            shares.ask(sharesAsked);
        }
        RecordingData data = frame.request().data();
        int cores = data.info().process().cores();
        pauseCount.setText(paused(data, frame.request().viewport().range()));
        busyCores.setText(String.format(Locale.ROOT, "%.1f", data.busy().mean()) + (cores > 0 ? " of " + cores : "") + " on average" + others(data));
    }

    /** How many cores other programs kept busy; nothing where that is not known. */
    private static String others(RecordingData data) {
        if (!data.load().isKnown()) {
            return "";
        }
        double others = data.load().columns(Columns.of(data.range().startNs(), data.range().endNs())).others()[0];
        return Double.isNaN(others) ? "" : String.format(Locale.ROOT, "  ·  others %.1f", others);
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

    private void tellFocused() {
        setAccessibleText(
                FocusWords.of(model.data().get(), model.pinned().get(), model.second().get(), model.locks().blocked().get()));
    }

    /** Whether what is on the screen is what the model says, with nothing on its way. */
    public boolean isSettled() {
        return isPainted() && rest.getStatus() != Animation.Status.RUNNING && model.arranging().isSettled() && hasSameShares(legendOf, asked);
    }

    /** Whether the lanes that are on the screen are those that the model says. */
    public boolean isPainted() {
        return !dirty && asked != null && shown == asked;
    }

    /** How many pictures were put on the screen so far. */
    public ReadOnlyLongProperty picturesProperty() {
        return pictures.getReadOnlyProperty();
    }

    @Override
    public void close() {
        pulse.stop();
        rest.stop();
        frames.close();
        shares.close();
        lanes.close();
        Theme.current().removeListener(themeListener);
    }
}

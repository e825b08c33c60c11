package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.BusyHistogram;
import io.threadlens.timeline.BusyTicks;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.CoreUse;
import io.threadlens.view.cores.BusyBrush;
import io.threadlens.view.cores.CoreLanesView;
import io.threadlens.view.data.CoreData;
import io.threadlens.view.data.RecordingData;
import io.threadlens.view.data.TimelineModel;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The cores: how many were busy, as a control for what every view shows; who was on which, over time; and each thread's use of them. */
final class CoresTab extends ScopeTab<CoresTab.Counted> {
    /** Event that says how many core slices of a batch are missing. */
    private static final String LOST_SLICES = "lostSlices";
    /** Feature of the agent that core slices come from. */
    private static final String SWITCHES = "switches";

    /**
     * @param part  busy cores of the selected range, or of the whole recording
     * @param whole of the whole recording
     * @param lost  core slices that are missing
     */
    record Counted(BusyHistogram part, BusyHistogram whole, boolean exact, List<CoreUse> use, long lost) {}

    private final BusyBrush brush;
    private final CoreLanesView lanes;
    private final CoreUseTable table;
    private final Label summary = new Label();
    private final Tooltip source = new Tooltip();
    private final BorderPane content = new BorderPane();
    private long lostSlices;

    CoresTab(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        this(model, new CoreData(), pixelScale, onFailure);
    }

    private CoresTab(TimelineModel model, CoreData cores, int pixelScale, Consumer<Throwable> onFailure) {
        super("Cores", "core-use", model, Scope::selected, scope -> count(scope, cores), onFailure);
        setId("cores-tab");
        brush = new BusyBrush(model, cores, pixelScale, onFailure);
        lanes = new CoreLanesView(model, cores, pixelScale, onFailure);
        table = new CoreUseTable(model);
        summary.setId("cores-summary");
        summary.getStyleClass().add("cores-summary");
        summary.setMinWidth(0);
        summary.setTooltip(source);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(10, summary, gap, sides());
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("cores-head");
        BorderPane right = new BorderPane(content);
        right.setTop(head);
        right.setMinWidth(0);
        BorderPane all = new BorderPane(right);
        all.setLeft(brush);
        setContent(all);
        lanes.onFrame(this::describe);
        selectedProperty().addListener(o -> lanes.setSeen(isSelected()));
        model.data().addListener(o -> describe());
        describe();
    }

    private HBox sides() {
        ToggleGroup group = new ToggleGroup();
        HBox buttons = new HBox(
                side("Over time", "cores-over-time", lanes, group, Styles.LEFT_PILL), side("Threads", "cores-threads", table.node(), group, Styles.RIGHT_PILL));
        // One side is always shown: a click on its button does not let go of it.
        group.selectedToggleProperty().addListener((o, was, is) -> {
            if (is == null && was != null) {
                was.setSelected(true);
            }
        });
        group.getToggles().getFirst().setSelected(true);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        return buttons;
    }

    private ToggleButton side(String title, String id, Node node, ToggleGroup group, String pill) {
        ToggleButton button = new ToggleButton(title);
        button.setId(id);
        button.setToggleGroup(group);
        button.getStyleClass().addAll(Styles.SMALL, pill);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.selectedProperty().addListener((o, was, is) -> {
            if (is) {
                content.setCenter(node);
                describe();
            }
        });
        return button;
    }

    private static Counted count(Scope scope, CoreData cores) {
        RecordingData data = scope.data();
        BusyTicks ticks = cores.busy(data);
        int most = BusyBrush.machineCores(data);
        BusyHistogram whole = BusyHistogram.of(ticks, data.times(), data.range(), most);
        BusyHistogram part = scope.whole() ? whole : BusyHistogram.of(ticks, data.times(), scope.range(), most);
        CoreTimes times = cores.cores(data);
        long lost = data.events().stream().filter(event -> event.kind().equals(LOST_SLICES)).mapToLong(Recording.Event::value).sum();
        return new Counted(part, whole, times.isExact(), CoreUse.of(times, data.times(), scope.range(), scope.part().moments()), lost);
    }

    @Override
    void show(Scope scope, Counted counted) {
        brush.show(counted.part(), counted.whole());
        table.show(scope, counted.use(), counted.exact());
        lostSlices = counted.lost();
        describe();
    }

    /** Says where what is shown comes from, what its colours are, and what was lost. */
    private void describe() {
        RecordingData data = model().data().get();
        String legend = content.getCenter() == lanes ? lanes.legend() : lanes.source();
        long lost = data.info().counters().droppedBatches();
        summary.setText((legend == null ? "" : legend)
                + (lost == 0 ? "" : "   ·   " + lost + (lost == 1 ? " batch was lost" : " batches were lost"))
                + (lostSlices == 0 ? "" : "   ·   " + lostSlices + " stays on a core came too fast and are missing: cores were busier than shown"));
        String switches = data.info().features().getOrDefault(SWITCHES, "not known to this recording's agent");
        boolean dropped = switches.equals("ok") && data.recording().coreSlices().isEmpty();
        source.setText("Exact: the kernel told of every switch of every thread of the program.\n"
                + "Estimated: a thread is taken to be on the core a sample saw it on until the next one; what lies between samples was not seen.\n"
                + "Context switches: " + (dropped ? "seen while recording, but none is in this recording" : switches));
    }

    boolean isWhole() {
        return isSettled() && brush.isSettled() && lanes.isSettled();
    }

    @Override
    public void close() {
        super.close();
        brush.close();
        lanes.close();
    }
}

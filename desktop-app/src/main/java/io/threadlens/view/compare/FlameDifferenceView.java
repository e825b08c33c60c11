package io.threadlens.view.compare;

import io.threadlens.analysis.CallCounter;
import io.threadlens.analysis.CallTimes;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Measure;
import io.threadlens.analysis.Part;
import io.threadlens.comparison.CallDifference;
import io.threadlens.comparison.ComparedBy;
import io.threadlens.comparison.DifferenceNode;
import io.threadlens.comparison.SideTimes;
import io.threadlens.model.TimeRange;
import io.threadlens.recording.Recording;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.Settling;
import io.threadlens.view.detail.CodeSearch;
import io.threadlens.view.detail.FlamePicture;
import io.threadlens.view.detail.FlameWay;
import io.threadlens.view.detail.MeasurePicker;
import io.threadlens.view.detail.Pills;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of two recordings went, as one flame graph in the colours of the difference. Says whether times or shares are compared, whose time makes the boxes
 * wide, and what has no box because only the other side has it.
 */
public final class FlameDifferenceView extends BorderPane implements Settling {
    /** Parts of both sides; null for all of it. */
    private record Ranges(@Nullable TimeRange a, @Nullable TimeRange b) {}

    private record Compared(Ranges ranges, CallDifference difference) {}

    /** What is not to be seen because the side that makes the boxes wide does not have it. */
    private record Missing(FlamePicture<DifferenceNode, DifferenceGraph.Question> picture, int calls, long time) {}

    private final SideNames names;
    private final CallCounter counterA = new CallCounter();
    private final CallCounter counterB = new CallCounter();
    private final Latest<Ranges, Compared> comparing;
    private final Latest<FlamePicture<DifferenceNode, DifferenceGraph.Question>, Missing> missing;
    private final DifferenceGraph graph;
    private final CodeSearch search;
    private final DifferenceLegend legend;
    private final FlameWay way;
    private final Label meaning = new Label();
    private final Label empty = new Label("Comparing …");
    private final Hyperlink gone = new Hyperlink();
    private Ranges wanted = new Ranges(null, null);
    /** Null until there is room to show anything, as in a tab that nobody has looked at. */
    private @Nullable Ranges asked;

    private @Nullable Compared shown;
    private @Nullable Missing told;

    /** @param pixelScale device pixels per pixel */
    public FlameDifferenceView(SideNames names, Recording a, Recording b, int pixelScale, Consumer<Throwable> onFailure) {
        this.names = names;
        comparing = new Latest<>("call-difference", ranges -> compare(ranges, a, b), this::show, onFailure);
        missing = new Latest<>("missing-calls", FlameDifferenceView::missing, this::show, onFailure);
        graph = new DifferenceGraph(names, pixelScale, onFailure);
        search = new CodeSearch(graph.search(), graph.measure(), "flame-difference", onFailure);
        legend = new DifferenceLegend(pixelScale);
        way = new FlameWay("flame-difference", graph::zoomTo);
        empty.setId("flame-difference-empty");
        empty.getStyleClass().add("hint");
        empty.setWrapText(true);
        setCenter(new StackPane(graph, empty));
        setTop(new VBox(tools(), way));
        setBottom(foot());
        setMinSize(0, 0);
        graph.picture().addListener(o -> pictureShown());
        widthProperty().addListener(o -> ask());
    }

    /** Compares other parts from now on; null for all of a side. */
    public void setRanges(@Nullable TimeRange a, @Nullable TimeRange b) {
        wanted = new Ranges(a, b);
        ask();
    }

    private void ask() {
        if (getWidth() >= 1 && !wanted.equals(asked)) {
            asked = wanted;
            comparing.ask(wanted);
        }
    }

    @Override
    public boolean isSettled() {
        return (shown == null ? null : shown.ranges()) == asked && graph.isSettled() && (told == null ? null : told.picture()) == graph.picture().get();
    }

    private Node tools() {
        Pills by = new Pills();
        ToggleButton time = by.add("By time", "compared-by-time");
        ToggleButton share = by.add("By share", "compared-by-share");
        time.setTooltip(new Tooltip("Seconds against seconds: of a program that is faster everything is less"));
        share.setTooltip(new Tooltip("Shares of each side's whole: what weighs more now, however long it all took"));
        share.selectedProperty().bindBidirectional(graph.byShare());
        time.setSelected(true);
        Label widths = new Label("Widths of");
        widths.getStyleClass().add("caption");
        widths.setMinWidth(USE_PREF_SIZE);
        Pills side = new Pills();
        ToggleButton b = side.add(names.b(), "widths-of-b");
        ToggleButton a = side.add(names.a(), "widths-of-a");
        b.setTooltip(new Tooltip("Boxes are as wide as the time of " + names.b() + "; what only " + names.a() + " has is not to be seen"));
        a.setTooltip(new Tooltip("Boxes are as wide as the time of " + names.a() + "; what only " + names.b() + " has is not to be seen"));
        a.selectedProperty().bindBidirectional(graph.ofA());
        b.setSelected(true);
        HBox wide = new HBox(6, widths, side);
        wide.setAlignment(Pos.CENTER_LEFT);
        FlowPane tools = new FlowPane(12, 4, new MeasurePicker(graph.measure()), by, wide, search);
        tools.getStyleClass().add("code-tools");
        return tools;
    }

    private Node foot() {
        meaning.setId("flame-difference-meaning");
        meaning.getStyleClass().add("caption");
        meaning.setWrapText(true);
        gone.setId("flame-difference-gone");
        gone.setVisible(false);
        gone.managedProperty().bind(gone.visibleProperty());
        gone.setOnAction(e -> graph.ofA().set(!graph.ofA().get()));
        FlowPane foot = new FlowPane(16, 2, legend, meaning, gone);
        foot.getStyleClass().add("code-way");
        meaning.maxWidthProperty().bind(foot.widthProperty().subtract(24));
        return foot;
    }

    // ---- background

    private Compared compare(Ranges ranges, Recording a, Recording b) {
        return new Compared(ranges, CallDifference.of(count(counterA, a, ranges.a()), count(counterB, b, ranges.b())));
    }

    private static CallTimes count(CallCounter counter, Recording recording, @Nullable TimeRange range) {
        return counter.count(recording, Part.of(range != null ? range : all(recording)));
    }

    private static TimeRange all(Recording recording) {
        int ticks = recording.tickCount();
        return ticks == 0 ? new TimeRange(0, 0) : new TimeRange(recording.tickTime(0), recording.tickEnd(ticks - 1));
    }

    private static Missing missing(FlamePicture<DifferenceNode, DifferenceGraph.Question> picture) {
        DifferenceGraph.Question question = picture.question();
        boolean ofA = question.ofA();
        DifferenceNode root = picture.isEmpty() ? question.difference().topDown() : picture.box(0).node();
        // What would be wide enough to be seen if the other side made the widths.
        FlameLayout<DifferenceNode> other = FlameLayout.of(root, question.timeOf(!ofA), question.width());
        int calls = 0;
        long time = 0;
        for (FlameLayout.Box<DifferenceNode> box : other.boxes()) {
            boolean outermost = box.parent() < 0 || has(question, other.boxes().get(box.parent()).node());
            if (!has(question, box.node())) {
                calls += box.node().function() == null ? 0 : 1;
                time += outermost ? box.time() : 0;
            }
        }
        return new Missing(picture, calls, time);
    }

    private static boolean has(DifferenceGraph.Question question, DifferenceNode node) {
        return question.timeOf(question.ofA()).applyAsLong(node) > 0;
    }

    // ---- on the screen

    private void show(Compared compared) {
        shown = compared;
        search.show((text, measure) -> DifferenceWords.found(compared.difference(), text, measure));
        graph.show(compared.difference());
    }

    private void pictureShown() {
        FlamePicture<DifferenceNode, DifferenceGraph.Question> picture = graph.picture().get();
        if (picture == null) {
            return;
        }
        missing.ask(picture);
        DifferenceGraph.Question question = picture.question();
        SideTimes all = question.difference().topDown().times();
        Measure measure = question.measure();
        empty.setVisible(picture.isEmpty());
        empty.setText(all.a(measure) + all.b(measure) == 0
                ? "Neither side has any " + measure.name() + " here."
                : names.of(question.ofA()) + " has no " + measure.name() + " here; " + names.other(question.ofA()) + " has "
                        + TimeFormat.length(question.ofA() ? all.b(measure) : all.a(measure)) + ".");
        int folded = picture.layout().foldedCalls();
        way.show("everything", picture.zoom(), scope() + "   ·   " + DifferenceWords.whole(question, names)
                + (folded == 0 ? "" : "   ·   " + folded + (folded == 1 ? " call" : " calls") + " narrower than a pixel folded"));
        meaning.setText((question.by() == ComparedBy.TIME ? "By time: seconds, " : "By share: shares of the whole, ") + names.b() + " against " + names.a()
                + ". No colour: within 5 %, or too few samples.");
    }

    private String scope() {
        Compared compared = shown;
        if (compared == null || compared.ranges().a() == null && compared.ranges().b() == null) {
            return "Whole recordings, all threads";
        }
        return part(names.a(), compared.ranges().a()) + ", " + part(names.b(), compared.ranges().b()) + ", all threads";
    }

    private static String part(String name, @Nullable TimeRange range) {
        return (range == null ? "all" : "selected " + TimeFormat.length(range.lengthNs())) + " of " + name;
    }

    private void show(Missing next) {
        told = next;
        boolean ofA = next.picture().question().ofA();
        gone.setVisible(next.time() > 0);
        gone.setText("Only in " + names.other(ofA) + ": " + next.calls() + (next.calls() == 1 ? " call, " : " calls, ") + TimeFormat.length(next.time()) + " (show)");
    }

    @Override
    public void close() {
        comparing.close();
        missing.close();
        graph.close();
        search.close();
        legend.close();
    }
}

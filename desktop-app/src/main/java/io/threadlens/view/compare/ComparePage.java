package io.threadlens.view.compare;

import io.threadlens.comparison.ThreadSweep;
import io.threadlens.view.data.Settling;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.TimelineView;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Two recordings of one program: what they are, both timelines, one above the other and moving together, and tabs that compare them. */
public final class ComparePage extends BorderPane implements Settling {
    /** Below this height the lanes need the room that the busy cores over the whole recording, and the lines between phases, take. */
    private static final double ROOMY = 700;

    private static final double LETTER = 26;

    private final LinkedTimelines links;
    private final PairData pair;
    private final TimelineView a;
    private final TimelineView b;
    private final ComparisonTabs tabs = new ComparisonTabs();
    private final StackPane headline = new StackPane();
    private TimelineView last;

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    public ComparePage(PairData pair, int pixelScale, Consumer<Throwable> onFailure) {
        this.pair = pair;
        links = new LinkedTimelines(new TimelineModel(pair.a().data(), onFailure), new TimelineModel(pair.b().data(), onFailure), pair.phases());
        a = timeline(links.a(), pixelScale, onFailure, false);
        b = timeline(links.b(), pixelScale, onFailure, true);
        last = a;
        ComparedViews.addTo(tabs, pair.comparison(), pixelScale);
        tabs.add("flame", "Flame graph", calls(pair, pixelScale, onFailure));
        tabs.add("states", "States", new StatesTab(links));
        if (pair.sweep() instanceof ThreadSweep sweep) {
            tabs.add("scaling", "Scaling", scaling(sweep, pixelScale));
        }
        BorderPane below = sided("B", pair.b(), b);
        PhaseBand band = new PhaseBand(links, LETTER + TimelineView.LANES_LEFT, Math.max(1, pixelScale));
        below.setTop(band);
        SplitPane split = new SplitPane(sided("A", pair.a(), a), below, tabs);
        split.setId("comparison");
        split.setOrientation(Orientation.VERTICAL);
        split.setMinSize(0, 0);
        split.setDividerPositions(0.3, 0.62);
        heightProperty().addListener(o -> {
            boolean roomy = getHeight() >= ROOMY;
            List.of(a, b).forEach(view -> view.showOverview(roomy));
            band.show(roomy);
        });
        headline.setId("comparison-headline");
        setHeadline(new HeadlineView(pair.comparison()));
        setTop(new VBox(headline, new AlignmentBar(links)));
        setCenter(split);
        setId("compare-page");
        setMinSize(0, 0);
    }

    /** Of the selected range where there is one. */
    private FlameDifferenceView calls(PairData pair, int pixelScale, Consumer<Throwable> onFailure) {
        SideNames names = new SideNames("A", "B");
        FlameDifferenceView view =
                new FlameDifferenceView(names, pair.a().data().recording(), pair.b().data().recording(), Math.max(1, pixelScale), onFailure);
        InvalidationListener selected = o -> view.setRanges(links.a().selection().get(), links.b().selection().get());
        links.a().selection().addListener(selected);
        links.b().selection().addListener(selected);
        return view;
    }

    private static ScalingView scaling(ThreadSweep sweep, int pixelScale) {
        List<ScalingView.Curve> curves = sweep.curves().stream().map(curve -> new ScalingView.Curve(curve.configuration(), curve.sweep())).toList();
        return new ScalingView(curves, sweep.best().comparison().b().process().cores(), pixelScale);
    }

    private TimelineView timeline(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure, boolean isLast) {
        TimelineView view = new TimelineView(model, pixelScale, onFailure);
        view.pairUp(isLast);
        view.setMinSize(0, 0);
        view.focusWithinProperty().addListener((o, was, is) -> last = is ? view : last);
        return view;
    }

    /** A timeline with its letter beside it. */
    private static BorderPane sided(String letter, PairData.Recorded recorded, TimelineView view) {
        Label label = new Label(letter);
        label.getStyleClass().addAll("side-letter", "side-" + letter.toLowerCase(Locale.ROOT));
        label.setTooltip(new Tooltip(recorded.name()));
        // As wide whatever the letter: what is beside it is at the same place in both.
        label.setMinWidth(LETTER);
        label.setMaxSize(LETTER, Double.MAX_VALUE);
        label.setAlignment(Pos.TOP_CENTER);
        BorderPane pane = new BorderPane(view);
        pane.setLeft(label);
        pane.setMinSize(0, 0);
        pane.setId("side-" + letter.toLowerCase(Locale.ROOT));
        return pane;
    }

    /** Shows something else above the timelines. */
    public void setHeadline(Node content) {
        headline.getChildren().setAll(content);
    }

    public ComparisonTabs tabs() {
        return tabs;
    }

    public LinkedTimelines links() {
        return links;
    }

    public PairData pair() {
        return pair;
    }

    /** Of the timeline that is meant when a key is pressed: the one under the mouse, else the one that had the keys last. */
    public TimelineModel front() {
        if (links.a().hovered().get() != null) {
            return links.a();
        }
        return links.b().hovered().get() != null || last == b ? links.b() : links.a();
    }

    public void focusTimeline() {
        last.requestFocus();
    }

    @Override
    public boolean isSettled() {
        return a.isSettled() && b.isSettled() && tabs.isSettled();
    }

    @Override
    public void close() {
        links.a().close();
        links.b().close();
        a.close();
        b.close();
        tabs.close();
    }
}

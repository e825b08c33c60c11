package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.CallTimes;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.data.TimelineModel;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Where the time went, as a flame graph: what is chosen above it, the way to the widest box, and what it is of. */
final class FlameTab extends ScopeTab<CallTimes> {
    private final CodeSelection code;
    private final FlameView flame;
    private final CodeSearch search;
    private final FlameWay way;
    private final Label empty = new Label();
    private @Nullable Scope shown;

    FlameTab(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        super("Flame graph", "flame", model, Scope::selected, scope -> model.code().count(scope.data(), scope.part()), onFailure);
        code = model.code();
        flame = new FlameView(code, pixelScale, onFailure);
        way = new FlameWay("flame", flame::zoomTo);
        search = new CodeSearch(code.search(), code.measure(), "flame", onFailure);
        empty.getStyleClass().add("hint");
        empty.setId("flame-empty");
        empty.setVisible(false);
        BorderPane content = new BorderPane(new StackPane(flame, empty));
        content.setTop(new VBox(tools(), way));
        setContent(content);
        flame.picture().addListener(o -> pictureShown());
    }

    private Node tools() {
        Pills direction = new Pills();
        ToggleButton root = direction.add("From the root", "flame-from-root");
        ToggleButton leaf = direction.add("From the leaf", "flame-from-leaf");
        root.setTooltip(new Tooltip("What was called by whom: callers are merged"));
        leaf.setTooltip(new Tooltip("Bottom up: the innermost calls are merged, and lead to their callers"));
        ToggleButton upwards = new ToggleButton("Root below");
        upwards.setId("flame-upwards");
        upwards.getStyleClass().add(Styles.SMALL);
        upwards.setMinWidth(Region.USE_PREF_SIZE);
        upwards.setTooltip(new Tooltip("Grow from the bottom, like a flame, instead of from the top"));
        upwards.selectedProperty().bindBidirectional(code.flameUpwards());
        leaf.selectedProperty().bindBidirectional(code.flameFromLeaf());
        root.setSelected(!code.flameFromLeaf().get());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox tools = new HBox(12, new MeasurePicker(code.measure()), direction, upwards, gap, search);
        tools.getStyleClass().add("code-tools");
        return tools;
    }

    @Override
    void show(Scope scope, CallTimes times) {
        shown = scope;
        search.show((text, measure) -> CodeSearch.shareOf(times, text, measure));
        flame.show(times, scope.who());
    }

    private void pictureShown() {
        FlamePicture<CallNode, FlameView.Question> picture = flame.picture().get();
        Scope scope = shown;
        if (picture == null || scope == null) {
            return;
        }
        empty.setVisible(picture.isEmpty());
        String measure = picture.question().measure().name();
        empty.setText("No " + measure + " here: " + scope.text() + ", " + scope.who() + ".");
        int folded = picture.layout().foldedCalls();
        way.show(scope.who(), picture.zoom(), scope.text() + "   ·   " + TimeFormat.length(picture.all()) + " " + measure
                + (folded == 0 ? "" : "   ·   " + folded + (folded == 1 ? " call" : " calls") + " narrower than a pixel folded"));
    }

    boolean isWhole() {
        return isSettled() && (!isSelected() || flame.isSettled());
    }

    @Override
    public void close() {
        super.close();
        flame.close();
        search.close();
    }
}

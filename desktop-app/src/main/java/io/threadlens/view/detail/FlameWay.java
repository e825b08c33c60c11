package io.threadlens.view.detail;

import io.threadlens.analysis.Function;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The way from everything to the widest box of a flame graph, back along which one can go, and beside it what the graph is of. */
public final class FlameWay extends HBox {
    /** Of a long way, only its end is shown. */
    private static final int MOST_STEPS = 6;

    private static final double MARGIN = 12;

    private final Consumer<List<Function>> zoom;
    private final HBox way = new HBox();
    private final Label summary = new Label();

    /**
     * @param id   what the ids of its parts begin with
     * @param zoom makes the box at the end of a path the widest
     */
    public FlameWay(String id, Consumer<List<Function>> zoom) {
        super(16);
        this.zoom = zoom;
        way.setAlignment(Pos.CENTER_LEFT);
        way.setId(id + "-way");
        summary.setId(id + "-summary");
        summary.getStyleClass().add("caption");
        HBox.setHgrow(way, Priority.ALWAYS);
        summary.setMinWidth(0);
        getChildren().addAll(way, summary);
        widthProperty().addListener(o -> makeWay());
        getStyleClass().add("code-way");
    }

    /**
     * @param everything what the box of everything is called
     * @param path       the functions down to the widest box
     */
    public void show(String everything, List<Function> path, String what) {
        summary.setText(what);
        way.getChildren().setAll(step(everything, List.of(), path.isEmpty()));
        int first = Math.max(0, path.size() - MOST_STEPS);
        for (int i = first; i < path.size(); i++) {
            Label arrow = new Label(i == first && first > 0 ? " › … › " : " › ");
            arrow.getStyleClass().add("caption");
            arrow.setMinWidth(Region.USE_PREF_SIZE);
            way.getChildren().addAll(arrow, step(Calls.function(path.get(i).frame()), path.subList(0, i + 1), i + 1 == path.size()));
        }
        way.applyCss();
        makeWay();
    }

    /** Where room is short, the summary goes before the way. */
    private void makeWay() {
        way.setMinWidth(Math.clamp(getWidth() - 2 * MARGIN, 0, Math.ceil(way.prefWidth(-1))));
    }

    private Node step(String text, List<Function> path, boolean last) {
        if (last) {
            Label here = new Label(text);
            here.getStyleClass().add("way-end");
            return here;
        }
        Hyperlink link = new Hyperlink(text);
        link.setOnAction(e -> zoom.accept(path));
        return link;
    }
}

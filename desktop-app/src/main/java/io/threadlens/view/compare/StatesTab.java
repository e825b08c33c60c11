package io.threadlens.view.compare;

import io.threadlens.model.ThreadState;
import io.threadlens.model.TimeRange;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.StateSwatch;
import javafx.beans.InvalidationListener;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The time of all threads together in each state, on both sides, within the selected range. */
final class StatesTab extends VBox {
    private final LinkedTimelines links;
    private final Label summary = new Label();
    private final GridPane grid = new GridPane();

    StatesTab(LinkedTimelines links) {
        this.links = links;
        summary.setId("states-summary");
        summary.getStyleClass().add("detail-summary");
        grid.setId("states");
        grid.getStyleClass().add("states-grid");
        grid.getColumnConstraints().addAll(column(130, HPos.LEFT), column(90, HPos.RIGHT), column(60, HPos.RIGHT), column(90, HPos.RIGHT), column(60, HPos.RIGHT),
                column(110, HPos.RIGHT));
        ScrollPane scroll = new ScrollPane(grid);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setFitToWidth(true);
        getChildren().addAll(summary, scroll);
        InvalidationListener changed = o -> show();
        links.a().selection().addListener(changed);
        links.b().selection().addListener(changed);
        show();
    }

    private static ColumnConstraints column(double width, HPos alignment) {
        ColumnConstraints column = new ColumnConstraints(width);
        column.setHalignment(alignment);
        return column;
    }

    private void show() {
        TimeRange a = links.a().scope();
        TimeRange b = links.b().scope();
        summary.setText((links.a().selection().get() == null ? "Whole recordings" : "Selected range") + ", " + TimeFormat.length(a.lengthNs()) + " of A and "
                + TimeFormat.length(b.lengthNs()) + " of B   ·   time of all threads together");
        long[] inA = times(links.a(), a);
        long[] inB = times(links.b(), b);
        long allA = sum(inA);
        long allB = sum(inB);
        grid.getChildren().clear();
        grid.addRow(0, head("State"), head("A"), head("of A"), head("B"), head("of B"), head("B − A"));
        int row = 1;
        for (ThreadState state : ThreadState.values()) {
            long ofA = inA[state.code()];
            long ofB = inB[state.code()];
            if (ofA > 0 || ofB > 0) {
                Label name = new Label(state.label(), new StateSwatch(state));
                name.setTooltip(new Tooltip(StateSwatch.meaning(state)));
                String change = ofB == ofA ? "0" : (ofB > ofA ? "+" : "−") + TimeFormat.length(Math.abs(ofB - ofA));
                grid.addRow(row++, name, figure(TimeFormat.length(ofA)), share(ofA, allA), figure(TimeFormat.length(ofB)), share(ofB, allB), figure(change));
            }
        }
    }

    private static long[] times(TimelineModel model, TimeRange range) {
        return model.data().get().times().livedBetweenTogether(range.startNs(), range.endNs());
    }

    private static long sum(long[] times) {
        long sum = 0;
        for (long time : times) {
            sum += time;
        }
        return sum;
    }

    private static Label head(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("caption");
        return label;
    }

    private static Label figure(String text) {
        Label label = new Label(text);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label share(long part, long whole) {
        Label label = figure(TimeFormat.percent(part, whole));
        label.getStyleClass().add("caption");
        return label;
    }
}

package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.view.detail.Pills;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** How many cores were busy at once, for both sides in one picture. Shares of the time come first, for a side that takes longer has more seconds of everything. */
final class BusyOverlay extends BorderPane {
    private static final String NOTHING_POINTED_AT = "A thread is busy that is running or native; who waits is not.";

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    BusyOverlay(Comparison comparison, int pixelScale) {
        BusyShares shares = BusyShares.of(comparison);
        Label words = new Label(NOTHING_POINTED_AT);
        words.setId("busy-words");
        words.getStyleClass().add("cores-summary");
        words.setMinWidth(0);
        BusyChart chart = new BusyChart(shares, Math.max(1, pixelScale), busy -> words.setText(busy < 0 ? NOTHING_POINTED_AT : shares.words(busy)));
        Pills unit = new Pills();
        unit.add("Share of the time", "busy-shares");
        unit.add("Seconds", "busy-seconds").selectedProperty().addListener((o, was, is) -> chart.showSeconds(is));
        unit.selectFirst();
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(10, new SideKey(), words, gap, unit);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("cores-head");
        setTop(head);
        setCenter(chart);
        setMinSize(0, 0);
    }
}

package io.threadlens.view.compare;

import io.threadlens.comparison.Comparison;
import io.threadlens.comparison.LossClass;
import io.threadlens.view.compare.Waterfall.Step;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** Where the rest of the speed-up went: a waterfall from the ideal to what was reached, and under it what the bar means that is pointed at. */
final class WaterfallView extends BorderPane {
    private static final String NOTHING_POINTED_AT = "Point at a bar, or go through them with ↑ ↓: what it is, and what A lost to the same. A click or Enter leads to its locks, functions or threads.";
    private static final double BORDERS = 2;
    /** Two lines of words, so that nothing moves when they come. */
    private static final double WORDS_HEIGHT = 44;

    private final Waterfall waterfall;
    private final Label words = new Label(NOTHING_POINTED_AT);

    /**
     * @param pixelScale device pixels per pixel; 0 takes the window's
     * @param onChoose   is told of a class that is clicked
     */
    WaterfallView(Comparison comparison, int pixelScale, Consumer<LossClass> onChoose) {
        waterfall = Waterfall.of(comparison.decomposition());
        WaterfallChart chart = new WaterfallChart(waterfall, Math.max(1, pixelScale), this::tell, onChoose);
        Label legend = new Label(SpeedupWords.line(comparison));
        legend.setId("waterfall-legend");
        legend.getStyleClass().add("detail-summary");
        legend.setMaxWidth(Double.MAX_VALUE);
        words.setId("waterfall-words");
        words.getStyleClass().add("waterfall-words");
        words.setWrapText(true);
        words.setMinHeight(WORDS_HEIGHT);
        words.setPrefHeight(WORDS_HEIGHT);
        words.setMaxWidth(Double.MAX_VALUE);
        ScrollPane scroll = new ScrollPane(chart);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(0);
        scroll.heightProperty().addListener(o -> chart.arrange(scroll.getHeight() - BORDERS));
        setTop(legend);
        setCenter(scroll);
        setBottom(words);
        setMinSize(0, 0);
    }

    private void tell(@Nullable Step step) {
        words.setText(step == null ? NOTHING_POINTED_AT : WaterfallWords.of(waterfall, step));
    }
}

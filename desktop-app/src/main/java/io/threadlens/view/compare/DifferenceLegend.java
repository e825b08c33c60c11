package io.threadlens.view.compare;

import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Theme;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** What the colours of a differential flame graph mean. */
final class DifferenceLegend extends HBox implements AutoCloseable {
    private static final double STEP = 27;
    private static final double GAP = 2;
    private static final double HEIGHT = 14;
    private static final double[] STRENGTHS = {-1, -0.5, 0, 0.5, 1};

    private final PixelCanvas scale;
    private final InvalidationListener painter;

    DifferenceLegend(int pixelScale) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        scale = new PixelCanvas(Math.max(1, pixelScale)) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                for (int i = 0; i < STRENGTHS.length; i++) {
                    DifferenceBoxes.paint(g, Theme.current().get().palette(), STRENGTHS[i], i * STEP, 0, STEP - GAP, HEIGHT, 1);
                }
            }
        };
        scale.setMinSize(STRENGTHS.length * STEP, HEIGHT);
        scale.setMaxSize(STRENGTHS.length * STEP, HEIGHT);
        painter = o -> scale.repaint();
        Theme.current().addListener(painter);
        getChildren().addAll(caption("▼ half or less"), scale, caption("▲ twice or more"));
        setMinWidth(USE_PREF_SIZE);
    }

    private static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("caption");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    @Override
    public void close() {
        Theme.current().removeListener(painter);
    }
}

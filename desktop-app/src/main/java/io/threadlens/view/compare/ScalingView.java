package io.threadlens.view.compare;

import io.threadlens.comparison.ScalingWords;
import io.threadlens.comparison.Sweep;
import io.threadlens.view.detail.Pills;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Theme;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** How much more the program does with more threads, for each configuration, and beside it what the laws say that were fitted to one of them. */
final class ScalingView extends BorderPane {
    private static final double WORDS = 330;
    private static final double LEAST_WORDS = 200;

    /** @param name of the configuration */
    record Curve(String name, Sweep sweep) {}

    private final VBox words = new VBox(8);

    /**
     * @param curves     a configuration each, at least one; the laws of the last are shown first
     * @param cores      that the machine has
     * @param pixelScale device pixels per pixel; 0 takes the window's
     */
    ScalingView(List<Curve> curves, int cores, int pixelScale) {
        ScalingChart chart = new ScalingChart(curves, cores, Math.max(1, pixelScale));
        Pills pills = new Pills();
        for (int i = 0; i < curves.size(); i++) {
            int number = i;
            ToggleButton button = pills.add(curves.get(i).name(), "scaling-" + i);
            button.setGraphic(new Dot(number));
            button.selectedProperty().addListener((o, was, is) -> {
                if (is) {
                    chart.bringToFront(number);
                    tell(curves.get(number).sweep());
                }
            });
            if (i == curves.size() - 1) {
                button.setSelected(true);
            }
        }
        HBox head = new HBox(pills);
        head.getStyleClass().add("code-tools");
        words.setId("scaling-words");
        words.getStyleClass().add("scaling-words");
        ScrollPane scroll = new ScrollPane(words);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinSize(0, 0);
        scroll.setPrefWidth(WORDS);
        widthProperty().addListener(o -> scroll.setPrefWidth(Math.clamp(getWidth() / 3, LEAST_WORDS, WORDS)));
        setTop(head);
        setCenter(chart);
        setRight(scroll);
        setMinSize(0, 0);
    }

    private void tell(Sweep sweep) {
        words.getChildren().clear();
        for (String sentence : ScalingWords.of(sweep)) {
            Label label = new Label(sentence);
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
            words.getChildren().add(label);
        }
    }

    /** A configuration's mark. */
    private static final class Dot extends Canvas {
        private static final double SIZE = 13;

        private final int number;
        /** Kept here, held weakly by the theme. */
        private final InvalidationListener repaint = o -> paint();

        Dot(int number) {
            super(SIZE, SIZE);
            this.number = number;
            Theme.current().addListener(new WeakInvalidationListener(repaint));
            paint();
        }

        private void paint() {
            Palette palette = Theme.current().get().palette();
            GraphicsContext g = getGraphicsContext2D();
            g.clearRect(0, 0, SIZE, SIZE);
            g.setStroke(palette.background());
            ScalingChart.dot(g, number, SIZE / 2, SIZE / 2, ScalingChart.color(palette, number));
        }
    }
}

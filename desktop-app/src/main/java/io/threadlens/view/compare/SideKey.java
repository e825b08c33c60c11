package io.threadlens.view.compare;

import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Theme;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Which bars are whose: a filled square for a, an outlined one for b. */
final class SideKey extends HBox {
    private static final double SIZE = 12;

    private final Canvas a = new Canvas(SIZE, SIZE);
    private final Canvas b = new Canvas(SIZE, SIZE);
    /** Kept here, held weakly by the theme. */
    private final InvalidationListener repaint = o -> paint();

    SideKey() {
        super(10);
        getStyleClass().add("side-key");
        setAlignment(Pos.CENTER_LEFT);
        setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new Label("A", a), new Label("B", b));
        Theme.current().addListener(new WeakInvalidationListener(repaint));
        paint();
    }

    private void paint() {
        Palette palette = Theme.current().get().palette();
        GraphicsContext g = a.getGraphicsContext2D();
        g.clearRect(0, 0, SIZE, SIZE);
        SidePaint.barA(g, palette, 0, 0, SIZE, SIZE);
        g = b.getGraphicsContext2D();
        g.clearRect(0, 0, SIZE, SIZE);
        SidePaint.barB(g, palette, 0, 0, SIZE, SIZE);
    }
}

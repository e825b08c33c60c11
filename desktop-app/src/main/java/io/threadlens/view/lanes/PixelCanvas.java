package io.threadlens.view.lanes;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/**
 * A canvas that is always as large as its region, in whole pixels, and is painted anew when that changes. A window paints canvases as fine as its screen is;
 * for a picture that is finer than any screen, {@code scale} says how fine.
 */
public abstract class PixelCanvas extends Region {
    private final Canvas canvas = new Canvas();

    private final int scale;

    protected PixelCanvas(int scale) {
        this.scale = scale;
        canvas.getTransforms().add(new Scale(1.0 / scale, 1.0 / scale));
        getChildren().add(canvas);
    }

    /** Paints everything; the canvas is empty. */
    protected abstract void paint(GraphicsContext g, double width, double height);

    public final void repaint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (canvas.getWidth() > 0 && canvas.getHeight() > 0) {
            g.setTransform(scale, 0, 0, scale, 0, 0);
            paint(g, canvas.getWidth() / scale, canvas.getHeight() / scale);
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth()) * scale;
        double height = Math.floor(getHeight()) * scale;
        if (width != canvas.getWidth() || height != canvas.getHeight()) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            repaint();
        }
    }
}

package io.threadlens.view.detail;

import io.threadlens.view.theme.ShareBar;
import io.threadlens.view.theme.Theme;
import javafx.scene.canvas.Canvas;

/** A bar of the states' shares in a cell. */
final class SharesCanvas extends Canvas {
    private static final double HEIGHT = 10;
    private static final double PADDING = 18;

    /**
     * @param whole     what the full width stands for
     * @param cellWidth width of the cell that it is in
     */
    void paint(long[] states, long whole, double cellWidth) {
        double width = Math.max(0, cellWidth - PADDING);
        setWidth(width);
        setHeight(HEIGHT);
        if (width > 0) {
            ShareBar.paint(getGraphicsContext2D(), Theme.current().get().palette(), states, whole, 0, 0, width, HEIGHT);
        }
    }
}

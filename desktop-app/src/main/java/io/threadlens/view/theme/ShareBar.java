package io.threadlens.view.theme;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import javafx.scene.canvas.GraphicsContext;

/** A bar that shows a thread's states as parts of a whole, work to the left, contention to the right. */
public final class ShareBar {
    private ShareBar() {}

    /** @param whole what the full width stands for */
    public static void paint(GraphicsContext g, Palette palette, long[] states, long whole, double x, double y, double width, double height) {
        g.setFill(palette.subtle());
        g.fillRect(x, y, width, height);
        if (whole <= 0) {
            return;
        }
        long before = 0;
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            long time = states[state.code()];
            if (time > 0) {
                double left = Math.round(width * Math.min(1, (double) before / whole));
                double right = Math.round(width * Math.min(1, (double) (before + time) / whole));
                g.setFill(palette.of(state));
                g.fillRect(x + left, y, right - left, height);
            }
            before += time;
        }
    }
}

package io.threadlens.view.lanes;

import io.threadlens.timeline.FlameChart;
import io.threadlens.timeline.LaneRows;
import io.threadlens.view.theme.CallColours;
import java.util.List;

/** Paints a flame chart's boxes, without the words. */
final class FlamePixels {
    /** Stripes repeat after so many pixels. */
    private static final int HATCH = 5;

    private FlamePixels() {}

    /**
     * @param width columns of the picture
     * @param top   its row of pixels at which the outermost calls begin
     */
    static void paint(FlameChart chart, int[] pixels, int width, int top, int scale, CallColours colours) {
        paint(chart.boxes(), pixels, width, top, scale, colours);
        paint(chart.folded(), pixels, width, top, scale, colours);
    }

    private static void paint(List<FlameChart.Box> boxes, int[] pixels, int width, int top, int scale, CallColours colours) {
        int height = (int) LaneRows.CALL_HEIGHT * scale;
        for (FlameChart.Box box : boxes) {
            int from = Math.clamp(Math.round(box.startPx() * scale), 0, width);
            int right = Math.clamp(Math.round(box.endPx() * scale), 0, width);
            // A line between neighbours, where there is room for one.
            int to = Math.max(Math.min(from + scale, width), right - from > 3 * scale ? right - scale : right);
            boolean hatched = box.call() == null && box.kind() != FlameChart.Kind.CALL;
            int colour = box.call() != null ? colours.argb(box.call()) : hatched ? colours.hatch() : colours.folded();
            int first = top + box.depth() * height + scale;
            for (int y = first; y < first + height - scale && (y + 1) * width <= pixels.length; y++) {
                for (int x = from; x < to; x++) {
                    if (!hatched || Math.floorMod(x - y, HATCH * scale) < scale) {
                        pixels[y * width + x] = colour;
                    }
                }
            }
        }
    }
}

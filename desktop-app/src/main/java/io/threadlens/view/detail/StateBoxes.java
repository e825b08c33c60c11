package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.StatePatterns;
import javafx.scene.canvas.GraphicsContext;

/**
 * Boxes that are divided as their time is among the states, work to the left and contention to the right: pale under the name, in full colour and with its pattern
 * along the foot.
 */
final class StateBoxes extends FlamePainter<CallNode> {
    private final GraphicsContext g;
    private final Palette palette;
    private final StatePatterns patterns;
    private final Measure measure;

    StateBoxes(GraphicsContext g, Palette palette, Measure measure, String search, String everything) {
        super(g, palette, search, everything);
        this.g = g;
        this.palette = palette;
        this.measure = measure;
        patterns = new StatePatterns(palette);
    }

    @Override
    protected void paintGround(FlameLayout.Box<CallNode> box, double x, double y, double width, boolean faint) {
        long[] times = measure.part(box.node().times());
        long before = 0;
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            long time = times[state.code()];
            if (time > 0) {
                double from = x + Math.round(width * before / box.time());
                double to = x + Math.round(width * (before + time) / box.time());
                g.setFill(onGround(palette, palette.of(state), faint ? PALE * FAINT : PALE));
                g.fillRect(from, y, to - from, HEIGHT);
                g.setFill(patterns.of(state));
                g.setGlobalAlpha(faint ? FAINT : 1);
                g.fillRect(from, y + HEIGHT - FOOT, to - from, FOOT);
                g.setGlobalAlpha(1);
            }
            before += time;
        }
    }

    @Override
    protected String note(FlameLayout.Box<CallNode> box) {
        Function function = box.node().function();
        return function == null ? "" : Calls.place(function.file(), function.firstLine());
    }
}

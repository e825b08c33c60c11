package io.threadlens.view.compare;

import io.threadlens.comparison.LossClass;
import io.threadlens.model.ThreadState;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.StatePatterns;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import org.jspecify.annotations.Nullable;

/** Classes of loss in the colours and patterns of the states that they come from. Those that come from none are striped: green for time on a core, grey for cores without work. */
final class LossPaint {
    /** Pixels from one stripe to the next. */
    private static final double STRIPES = 9;

    private final Palette palette;
    private final StatePatterns patterns;

    LossPaint(Palette palette) {
        this.palette = palette;
        patterns = new StatePatterns(palette);
    }

    Paint of(LossClass kind) {
        ThreadState state = stateOf(kind);
        if (state != null) {
            return patterns.of(state);
        }
        return switch (kind) {
            case REFCOUNT -> striped(palette.of(ThreadState.RUNNING), -STRIPES);
            case SLOWER_CODE -> striped(palette.of(ThreadState.RUNNING), STRIPES);
            case IMBALANCE -> striped(palette.others(), -STRIPES);
            default -> palette.others();
        };
    }

    private Paint striped(Color color, double rise) {
        Color lighter = color.interpolate(palette.background(), 0.55);
        return new LinearGradient(
                0, 0, STRIPES, rise, false, CycleMethod.REPEAT, new Stop(0, color), new Stop(0.5, color), new Stop(0.5, lighter), new Stop(1, lighter));
    }

    /** The state of the threads that lost it; null where threads in several states did, or none. */
    static @Nullable ThreadState stateOf(LossClass kind) {
        return switch (kind) {
            case GIL -> ThreadState.GIL;
            case LOCK, CRITICAL_SECTION, INTERPRETER_LOCK -> ThreadState.LOCK;
            case STOP_THE_WORLD -> ThreadState.PAUSED;
            case RUN_DELAY -> ThreadState.RUNNABLE;
            case IO -> ThreadState.IO;
            case IDLE -> ThreadState.IDLE;
            case UNEXPLAINED -> ThreadState.UNKNOWN;
            case REFCOUNT, SLOWER_CODE, IMBALANCE, SERIAL -> null;
        };
    }
}

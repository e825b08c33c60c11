package io.threadlens.view.theme;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;

/** A small square of a state's colour and pattern, in whatever theme is in use. */
public final class StateSwatch extends ImageView {
    private static final int SIZE = 12;

    private final ThreadState state;
    /** Kept here, held weakly by the theme: a swatch that is gone is not painted. */
    private final ChangeListener<Theme> repaint = (o, was, is) -> paint(is.palette());

    public StateSwatch(ThreadState state) {
        this.state = state;
        Theme.current().addListener(new WeakChangeListener<>(repaint));
        paint(Theme.current().get().palette());
    }

    private void paint(Palette palette) {
        WritableImage image = new WritableImage(SIZE, SIZE);
        LaneRaster.Paint paint = palette.raster(1, 0);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                boolean corner = (x == 0 || x == SIZE - 1) && (y == 0 || y == SIZE - 1);
                image.getPixelWriter().setArgb(x, y, corner ? 0 : paint.argb(state, x, y));
            }
        }
        setImage(image);
    }

    /** What a state means, in a sentence. */
    public static String meaning(ThreadState state) {
        return switch (state) {
            case UNKNOWN -> "Not seen, or not to be told apart.";
            case RUNNING -> "On a core, inside the interpreter.";
            case NATIVE -> "On a core, outside the interpreter: C code that let go of it.";
            case RUNNABLE -> "Ready to run, but no core was free.";
            case LOCK -> "Waits for a lock that another thread holds.";
            case SIGNAL -> "Waits for work or for a result: a condition, an event, a queue, a join.";
            case GIL -> "Waits for the global interpreter lock.";
            case PAUSED -> "Held still by a stop-the-world pause.";
            case IO -> "Waits for a file, a pipe or a socket.";
            case IDLE -> "Sleeps, or waits for something to happen.";
        };
    }
}

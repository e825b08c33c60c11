package io.threadlens.view.theme;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.ImagePattern;

/** Each state's colour with its pattern, to fill shapes with. Belongs to the JavaFX thread. */
public final class StatePatterns {
    private static final int TILE = 8;

    private final Map<ThreadState, ImagePattern> patterns = new EnumMap<>(ThreadState.class);

    public StatePatterns(Palette palette) {
        LaneRaster.Paint paint = palette.raster(1, 0);
        for (ThreadState state : ThreadState.values()) {
            WritableImage tile = new WritableImage(TILE, TILE);
            for (int y = 0; y < TILE; y++) {
                for (int x = 0; x < TILE; x++) {
                    tile.getPixelWriter().setArgb(x, y, paint.argb(state, x, y));
                }
            }
            patterns.put(state, new ImagePattern(tile, 0, 0, TILE, TILE, false));
        }
    }

    public ImagePattern of(ThreadState state) {
        return patterns.get(state);
    }
}

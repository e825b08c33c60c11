package io.threadlens.view.lanes;

import io.threadlens.timeline.Veil;
import io.threadlens.view.theme.Palette;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/** Dims the moments that are left out. */
public final class Veils {
    private static final double STRONGEST = 0.82;

    private Veils() {}

    public static void paint(GraphicsContext g, Palette palette, List<Veil> veils, double top, double height) {
        g.setFill(palette.background());
        for (Veil veil : veils) {
            g.setGlobalAlpha(STRONGEST * veil.strength());
            g.fillRect(veil.startPx(), top, veil.endPx() - veil.startPx(), height);
        }
        g.setGlobalAlpha(1);
    }
}

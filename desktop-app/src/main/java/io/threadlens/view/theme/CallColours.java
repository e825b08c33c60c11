package io.threadlens.view.theme;

import io.threadlens.model.Frame;
import io.threadlens.model.LibraryCode;
import java.util.Objects;
import javafx.scene.paint.Color;

/**
 * Colours of calls: quiet, so that they are not taken for states; the same for a function wherever and whenever it is drawn. Functions of a file are alike, and
 * the library's are grey.
 */
public final class CallColours {
    /** No reds: these mean contention. */
    private static final int LEAST_HUE = 35;

    private static final int HUES = 240;
    /** How far the functions of a file may differ. */
    private static final double SPREAD = 50;

    private final Palette palette;
    private final boolean dark;

    private CallColours(Palette palette) {
        this.palette = palette;
        dark = palette.background().getBrightness() < 0.5;
    }

    public static CallColours of(Palette palette) {
        return new CallColours(palette);
    }

    public Color of(Frame call) {
        int file = spread(Objects.hashCode(call.file()));
        int function = spread(Objects.hashCode(call.function()));
        double shade = Math.floorMod(function, 1_000) / 1_000.0;
        if (LibraryCode.is(call)) {
            return Color.gray(dark ? 0.27 + 0.07 * shade : 0.83 + 0.07 * shade);
        }
        double hue = LEAST_HUE + Math.floorMod(file, HUES) + SPREAD * shade;
        return dark ? Color.hsb(hue, 0.34, 0.40 + 0.10 * shade) : Color.hsb(hue, 0.20 + 0.06 * shade, 0.90 + 0.07 * shade);
    }

    public int argb(Frame call) {
        return Palette.argb(of(call));
    }

    /** For calls that are too narrow to be told apart. */
    public int folded() {
        return Palette.argb(palette.muted().interpolate(palette.background(), 0.55));
    }

    /** What stands for calls that are not known, in stripes. */
    public int hatch() {
        return Palette.argb(palette.muted().interpolate(palette.background(), 0.4));
    }

    public Color text() {
        return palette.text();
    }

    /** Neighbouring hashes are alike; these are not. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }
}

package io.threadlens.view.theme;

import javafx.scene.paint.Color;

/** What became more is red, what became less is blue: a pair that every kind of colour vision tells apart. Whoever paints with them shows the sign in another way too. */
public final class DifferenceColours {
    private static final Color MORE = Color.web("#d3431f");
    private static final Color LESS = Color.web("#1a6fc9");
    private static final Color MORE_IN_THE_DARK = Color.web("#ee6340");
    private static final Color LESS_IN_THE_DARK = Color.web("#4a9df2");

    private DifferenceColours() {}

    public static Color of(Palette palette, boolean more) {
        boolean dark = palette.background().getBrightness() < 0.5;
        return more ? (dark ? MORE_IN_THE_DARK : MORE) : dark ? LESS_IN_THE_DARK : LESS;
    }
}

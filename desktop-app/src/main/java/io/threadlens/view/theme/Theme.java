package io.threadlens.view.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/** Light or dark, in standard colours or in those that people with any kind of colour vision tell apart; for every window of the app at once. */
public enum Theme {
    LIGHT(new PrimerLight().getUserAgentStylesheet(), Palette.LIGHT),
    DARK(new PrimerDark().getUserAgentStylesheet(), Palette.DARK),
    LIGHT_SAFE(LIGHT.styleSheet, Palette.LIGHT_SAFE),
    DARK_SAFE(DARK.styleSheet, Palette.DARK_SAFE);

    private static final ObjectProperty<Theme> CURRENT = new SimpleObjectProperty<>(LIGHT);

    private final String styleSheet;
    private final Palette palette;

    Theme(String styleSheet, Palette palette) {
        this.styleSheet = styleSheet;
        this.palette = palette;
    }

    /** The theme in use; views that paint listen to it. */
    public static ObjectProperty<Theme> current() {
        return CURRENT;
    }

    static Theme of(boolean dark, boolean safe) {
        return safe ? (dark ? DARK_SAFE : LIGHT_SAFE) : dark ? DARK : LIGHT;
    }

    public void use() {
        Application.setUserAgentStylesheet(styleSheet);
        CURRENT.set(this);
    }

    public boolean isDark() {
        return this == DARK || this == DARK_SAFE;
    }

    public Palette palette() {
        return palette;
    }

    /** Adds the app's own style sheets to a window. */
    public static void dress(Scene scene) {
        scene.getStylesheets().addAll(resource("controls.css"), resource("threadlens.css"));
    }

    private static String resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource("/io/threadlens/view/" + name), name).toExternalForm();
    }
}

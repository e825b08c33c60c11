package io.threadlens.view.theme;

import io.threadlens.session.Settings;
import io.threadlens.session.SettingsStore;
import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;

/** Which theme the settings ask for. Belongs to the JavaFX thread. */
public enum Appearance {
    SYSTEM("As the desktop"),
    LIGHT("Light"),
    DARK("Dark");

    /** Settings' word for colours that people with any kind of colour vision tell apart; any other word means the standard ones. */
    private static final String SAFE = "safe";
    private static final String STANDARD = "standard";

    private final String title;

    Appearance(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public static Appearance of(Settings settings) {
        for (Appearance appearance : values()) {
            if (appearance.word().equals(settings.theme())) {
                return appearance;
            }
        }
        return SYSTEM;
    }

    public static boolean isSafe(Settings settings) {
        return settings.colours().equals(SAFE);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Uses the theme that the settings ask for, now and whenever the desktop changes its own. */
    public static void follow(SettingsStore store) {
        use(store.get());
        InvalidationListener changed = o -> use(store.get());
        Platform.getPreferences().colorSchemeProperty().addListener(changed);
    }

    private static void use(Settings settings) {
        boolean dark = switch (of(settings)) {
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
            case LIGHT -> false;
            case DARK -> true;
        };
        Theme.of(dark, isSafe(settings)).use();
    }

    public void choose(SettingsStore store) {
        store.change(settings -> settings.withTheme(word()));
        use(store.get());
    }

    public static void chooseSafe(SettingsStore store, boolean safe) {
        store.change(settings -> settings.withColours(safe ? SAFE : STANDARD));
        use(store.get());
    }
}

package io.threadlens.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the app remembers about how a person likes it. What the words stand for the window knows; one that it does not know counts as not said.
 *
 * @param theme         {@code "system"}, {@code "light"} or {@code "dark"}
 * @param colours       {@code "standard"} or {@code "safe"}
 * @param keys          name of a preset
 * @param window        where the last window was; null where none was yet
 * @param timelineShare how much of the height the timeline has, 0 to 1
 * @param tab           name of the tab that was in front
 * @param folder        where the last recording was opened or saved; null where none was
 * @param alignment     of two recordings that are compared: {@code "time"} or {@code "phase"}
 */
public record Settings(
        String theme, String colours, String keys, @Nullable Place window, double timelineShare, String tab, @Nullable Path folder, String alignment) {
    public static final Settings DEFAULT = new Settings("system", "standard", "threadlens", null, 0.59, "findings", null, "time");

    /** A window on the screen, pixels. */
    public record Place(double x, double y, double width, double height, boolean maximized) {}

    public Settings withTheme(String name) {
        return new Settings(name, colours, keys, window, timelineShare, tab, folder, alignment);
    }

    public Settings withColours(String name) {
        return new Settings(theme, name, keys, window, timelineShare, tab, folder, alignment);
    }

    public Settings withKeys(String name) {
        return new Settings(theme, colours, name, window, timelineShare, tab, folder, alignment);
    }

    /** With how a window was left. */
    public Settings withLayout(Place place, double share, String front) {
        return new Settings(theme, colours, keys, place, share, front, folder, alignment);
    }

    public Settings withWindow(Place place) {
        return new Settings(theme, colours, keys, place, timelineShare, tab, folder, alignment);
    }

    public Settings withFolder(Path path) {
        return new Settings(theme, colours, keys, window, timelineShare, tab, path, alignment);
    }

    public Settings withAlignment(String name) {
        return new Settings(theme, colours, keys, window, timelineShare, tab, folder, name);
    }
}

package io.threadlens.view.shell;

import io.threadlens.session.Settings;
import io.threadlens.session.SettingsStore;
import io.threadlens.view.data.Topic;
import java.util.Locale;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Brings a window to where the last one was left, and remembers how it is left in turn. */
final class WindowLayout {
    private WindowLayout() {}

    /** Only where some of it would be on a screen: the screen of then may be gone. */
    static void restore(Stage stage, SettingsStore store) {
        Settings.Place place = store.get().window();
        if (place == null || Screen.getScreensForRectangle(place.x(), place.y(), place.width(), place.height()).isEmpty()) {
            return;
        }
        stage.setX(place.x());
        stage.setY(place.y());
        stage.setWidth(place.width());
        stage.setHeight(place.height());
        stage.setMaximized(place.maximized());
    }

    static void restore(RecordingPage page, SettingsStore store) {
        page.setTimelineShare(store.get().timelineShare());
        for (Topic topic : Topic.values()) {
            if (word(topic).equals(store.get().tab())) {
                page.model().topic().set(topic);
            }
        }
    }

    static void remember(Stage stage, @Nullable RecordingPage page, SettingsStore store) {
        store.change(settings -> {
            // The size of a window that fills the screen is not the one to go back to.
            Settings.Place before = settings.window();
            Settings.Place place = stage.isMaximized() && before != null
                    ? new Settings.Place(before.x(), before.y(), before.width(), before.height(), true)
                    : new Settings.Place(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
            return page == null ? settings.withWindow(place) : settings.withLayout(place, page.timelineShare(), word(page.model().topic().get()));
        });
    }

    private static String word(Topic topic) {
        return topic.name().toLowerCase(Locale.ROOT);
    }
}

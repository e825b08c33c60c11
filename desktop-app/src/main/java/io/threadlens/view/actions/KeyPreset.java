package io.threadlens.view.actions;

import io.threadlens.session.SettingsStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Which keys do what: ours, or those that hands know from another viewer. A preset lists only what differs from ours. */
public enum KeyPreset {
    THREADLENS("Threadlens", Map.of()),
    /** Zooms, moves and marks as ours do. */
    PERFETTO("Perfetto", Map.of("search", keys("/", "Ctrl+P"), "palette", keys("Ctrl+Shift+P", ">"))),
    TRACY("Tracy", Map.of("search", keys("Ctrl+F", "/"))),
    /** All of W, A, S and D move. */
    FIREFOX("Firefox Profiler", Map.of(
            "zoom-in", keys("Q", "Y", "Ctrl+Up"),
            "zoom-out", keys("E", "U", "Ctrl+Down"),
            "pan-earlier", keys("A", "H"),
            "pan-later", keys("D", "L"),
            "page-up", keys("W", "K", "PageUp"),
            "page-down", keys("S", "J", "PageDown"),
            "follow", keys("Shift+L"),
            "hide-lane", keys("Ctrl+Shift+H"),
            "search", keys("Ctrl+F", "/")));

    private static final ObjectProperty<KeyPreset> CURRENT = new SimpleObjectProperty<>(THREADLENS);

    private final String title;
    private final Map<String, List<Key>> differing;
    private @Nullable Map<Key, Action> byKey;

    KeyPreset(String title, Map<String, List<Key>> differing) {
        this.title = title;
        this.differing = differing;
    }

    private static List<Key> keys(String... keys) {
        return Arrays.stream(keys).map(Key::of).toList();
    }

    /** The preset in use, for every window at once. */
    public static ObjectProperty<KeyPreset> current() {
        return CURRENT;
    }

    /** Uses the preset that the settings name. */
    public static void follow(SettingsStore store) {
        for (KeyPreset preset : values()) {
            if (preset.word().equals(store.get().keys())) {
                CURRENT.set(preset);
            }
        }
    }

    public void choose(SettingsStore store) {
        store.change(settings -> settings.withKeys(word()));
        CURRENT.set(this);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** Actions that have other keys than in our own preset. */
    Map<String, List<Key>> differing() {
        return differing;
    }

    List<Key> keysOf(Action action) {
        return differing.getOrDefault(action.id(), action.keys());
    }

    /** The keys of an action as they are shown, with blanks between; empty where it has none. */
    public String textOf(Action action) {
        return keysOf(action).stream().map(Key::toString).collect(Collectors.joining("   "));
    }

    /** The first key of an action in brackets, to stand behind its name; empty where it has none. */
    public String hintOf(Action action) {
        List<Key> keys = keysOf(action);
        return keys.isEmpty() ? "" : " (" + keys.getFirst() + ")";
    }

    /** What a key that was pressed or typed stands for; null where it stands for nothing. */
    public @Nullable Action actionOf(KeyEvent e) {
        boolean typed = e.getEventType() == KeyEvent.KEY_TYPED;
        for (Map.Entry<Key, Action> entry : byKey().entrySet()) {
            if (typed ? entry.getKey().isTyped(e) : entry.getKey().isPressed(e)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The actions by their keys, which are told from each other in every preset. */
    private Map<Key, Action> byKey() {
        Map<Key, Action> made = byKey;
        if (made == null) {
            made = new HashMap<>();
            for (Action action : Actions.ALL) {
                for (Key key : keysOf(action)) {
                    made.put(key, action);
                }
            }
            byKey = made;
        }
        return made;
    }
}

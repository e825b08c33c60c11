package io.threadlens.view.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionsTest {
    @Test
    void noTwoActionsHaveTheSameIdOrName() {
        assertThat(Actions.ALL).extracting(Action::id).doesNotHaveDuplicates();
        assertThat(Actions.ALL).extracting(Action::name).doesNotHaveDuplicates();
        for (ActionGroup group : ActionGroup.values()) {
            assertThat(Actions.of(group)).as(group.title()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyPreset.class)
    void noKeyStandsForTwoActions(KeyPreset preset) {
        Map<Key, String> taken = new HashMap<>();
        for (Action action : Actions.ALL) {
            for (Key key : preset.keysOf(action)) {
                assertThat(taken.putIfAbsent(key, action.id())).as(key + " of " + action.id()).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KeyPreset.class)
    void aPresetSpeaksOfActionsThatThereAreAndTakesNoneItsKey(KeyPreset preset) {
        preset.differing().keySet().forEach(id -> assertThat(Actions.of(id)).isNotNull());
        for (Action action : Actions.ALL) {
            if (!action.keys().isEmpty()) {
                assertThat(preset.keysOf(action)).as(action.id()).isNotEmpty();
            }
        }
    }

    /** What the mouse does is done by keys as well, in every preset. */
    @ParameterizedTest
    @EnumSource(KeyPreset.class)
    void everyGestureHasAKey(KeyPreset preset) {
        for (Gesture gesture : Gesture.values()) {
            assertThat(gesture.actions()).as(gesture.title()).isNotEmpty().allSatisfy(action -> assertThat(preset.keysOf(action)).isNotEmpty());
        }
    }

    @Test
    void keysAreReadAsTheyAreWritten() {
        assertThat(Key.of("Ctrl+Shift+P")).isEqualTo(new Key("P", true, true, false)).hasToString("Ctrl+Shift+P");
        assertThat(Key.of("+")).isEqualTo(new Key("+", false, false, false));
        assertThat(Key.of("Shift+Left")).hasToString("Shift+←");
        assertThatThrownBy(() -> Key.of("Ctrl+/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Key.of("Hyper+A")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Key.of("Nowhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyIsFoundWithExactlyWhatIsHeldDownBesideIt() {
        assertThat(idOf(KeyPreset.THREADLENS, KeyCode.Z, true, false)).isEqualTo("undo");
        assertThat(idOf(KeyPreset.THREADLENS, KeyCode.Z, true, true)).isEqualTo("redo");
        assertThat(idOf(KeyPreset.THREADLENS, KeyCode.Z, false, false)).isNull();
        assertThat(idOf(KeyPreset.THREADLENS, KeyCode.W, false, false)).isEqualTo("zoom-in");
        assertThat(idOf(KeyPreset.FIREFOX, KeyCode.W, false, false)).isEqualTo("page-up");
        KeyEvent typed = new KeyEvent(KeyEvent.KEY_TYPED, "?", "", KeyCode.UNDEFINED, true, false, false, false);
        assertThat(KeyPreset.TRACY.actionOf(typed)).isEqualTo(Actions.of("keys"));
    }

    private static @Nullable String idOf(KeyPreset preset, KeyCode code, boolean ctrl, boolean shift) {
        Action action = preset.actionOf(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, ctrl, false, false));
        return action == null ? null : action.id();
    }

    /** docs/keys.md is made of the list; {@code -Dkeys.write=true} writes it. */
    @Test
    void thePageOfKeysSaysWhatTheListSays() throws Exception {
        Path page = Path.of("../docs/keys.md");
        if (Boolean.getBoolean("keys.write")) {
            Files.writeString(page, KeysMarkdown.write());
        }
        assertThat(Files.readString(page)).isEqualTo(KeysMarkdown.write());
    }

    /** Writes docs/keys.md. */
    private static final class KeysMarkdown {
        static String write() {
            StringBuilder out = new StringBuilder("""
                    # Keys and mouse

                    Everything has a name in the palette (`Ctrl+Shift+P`); `?` shows this list in the app. Letters go by the layout of the keyboard: JavaFX does not tell where
                    a key lies. `[`, `/`, `.` and the like go by the character, wherever it is typed.

                    The *cursor* is the instant that was clicked or reached with the arrow keys, else the one under the mouse. An *event* of its lane is the beginning of a wait for what
                    another thread has, or of a pause.
                    """);
            for (ActionGroup group : ActionGroup.values()) {
                out.append("\n## ").append(group.title()).append("\n\n| keys | what |\n|---|---|\n");
                for (Action action : Actions.of(group)) {
                    out.append("| ").append(code(action.keys())).append(" | ").append(action.name()).append(" |\n");
                }
            }
            out.append("\n## Mouse\n\n| mouse | what | by keys |\n|---|---|---|\n");
            for (Gesture gesture : Gesture.values()) {
                Set<Key> keys = new HashSet<>();
                List<Key> first = gesture.actions().stream().map(action -> action.keys().getFirst()).filter(keys::add).toList();
                out.append("| ").append(gesture.title()).append(" | ").append(gesture.does()).append(" | ").append(code(first)).append(" |\n");
            }
            out.append("\n## Presets\n\nChosen in the settings. What is not listed is as above.\n");
            for (KeyPreset preset : KeyPreset.values()) {
                if (preset.differing().isEmpty()) {
                    continue;
                }
                out.append("\n### ").append(preset.title()).append("\n\n| keys | what |\n|---|---|\n");
                for (Action action : Actions.ALL) {
                    if (preset.differing().containsKey(action.id())) {
                        out.append("| ").append(code(preset.keysOf(action))).append(" | ").append(action.name()).append(" |\n");
                    }
                }
            }
            return out.toString();
        }

        private static String code(List<Key> keys) {
            return String.join(" ", keys.stream().map(key -> "`" + key + "`").toList());
        }
    }
}

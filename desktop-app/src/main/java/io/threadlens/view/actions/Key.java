package io.threadlens.view.actions;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A key with what is held down beside it, written as people write it: {@code "W"}, {@code "Ctrl+Shift+P"}, {@code "Home"}, {@code "?"}.
 *
 * <p>Letters, digits and named keys are known by their code, which JavaFX takes from the layout of the keyboard: of where a key lies it tells nothing.
 * Anything else is known by the character that was typed, with whatever it takes to type it, wherever it is on the keyboard.
 *
 * @param name   of the key: one character, or the name of a key without one
 * @param ctrl   Ctrl, or Cmd where that is in its place
 */
record Key(String name, boolean ctrl, boolean shift, boolean alt) {
    private static final Map<String, KeyCode> NAMED = Map.ofEntries(
            Map.entry("Left", KeyCode.LEFT),
            Map.entry("Right", KeyCode.RIGHT),
            Map.entry("Up", KeyCode.UP),
            Map.entry("Down", KeyCode.DOWN),
            Map.entry("Home", KeyCode.HOME),
            Map.entry("End", KeyCode.END),
            Map.entry("PageUp", KeyCode.PAGE_UP),
            Map.entry("PageDown", KeyCode.PAGE_DOWN),
            Map.entry("Enter", KeyCode.ENTER),
            Map.entry("Esc", KeyCode.ESCAPE),
            Map.entry("Comma", KeyCode.COMMA),
            Map.entry("F3", KeyCode.F3));

    private static final Map<String, String> SHOWN =
            Map.of("Left", "←", "Right", "→", "Up", "↑", "Down", "↓", "PageUp", "Page up", "PageDown", "Page down", "Comma", ",");

    Key {
        if (name.length() != 1 && !NAMED.containsKey(name)) {
            throw new IllegalArgumentException("no such key: " + name);
        }
        if (isCharacter(name) && (ctrl || shift || alt)) {
            throw new IllegalArgumentException("a character is typed with whatever it takes: " + name);
        }
    }

    static Key of(String text) {
        String rest = text;
        boolean ctrl = false;
        boolean shift = false;
        boolean alt = false;
        while (rest.length() > 1 && rest.indexOf('+') > 0) {
            String held = rest.substring(0, rest.indexOf('+'));
            switch (held) {
                case "Ctrl" -> ctrl = true;
                case "Shift" -> shift = true;
                case "Alt" -> alt = true;
                default -> throw new IllegalArgumentException("cannot be held down: " + held);
            }
            rest = rest.substring(held.length() + 1);
        }
        return new Key(rest, ctrl, shift, alt);
    }

    private static boolean isCharacter(String name) {
        return name.length() == 1 && !Character.isLetterOrDigit(name.charAt(0));
    }

    boolean isPressed(KeyEvent e) {
        boolean held = e.isShortcutDown() == ctrl && e.isShiftDown() == shift && e.isAltDown() == alt;
        return !isCharacter(name) && held && e.getCode() == code();
    }

    boolean isTyped(KeyEvent e) {
        return isCharacter(name) && !e.isShortcutDown() && e.getCharacter().equals(name);
    }

    private KeyCode code() {
        KeyCode named = NAMED.get(name);
        boolean digit = named == null && Character.isDigit(name.charAt(0));
        return named != null ? named : Objects.requireNonNull(KeyCode.getKeyCode(digit ? name : name.toUpperCase(Locale.ROOT)));
    }

    /** As it is shown: {@code "Ctrl+Shift+P"}, {@code "←"}. */
    @Override
    public String toString() {
        return (ctrl ? "Ctrl+" : "") + (alt ? "Alt+" : "") + (shift ? "Shift+" : "") + SHOWN.getOrDefault(name, name);
    }
}

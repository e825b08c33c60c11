package io.threadlens.view.actions;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Something one can do in a window: by a key, by its name in the palette, and wherever else it is offered.
 *
 * @param id   by which presets and tests speak of it
 * @param name in words, as an order
 * @param keys of the preset that is named after us
 * @param can  whether it can be done now
 * @param does what it does, where it can be done
 */
public record Action(String id, ActionGroup group, String name, List<Key> keys, Predicate<ActionWindow> can, Consumer<ActionWindow> does) {
    Action(String id, ActionGroup group, String name, Predicate<ActionWindow> can, Consumer<ActionWindow> does, String... keys) {
        this(id, group, name, Arrays.stream(keys).map(Key::of).toList(), can, does);
    }

    /** Does it where it can be done; returns whether it could. */
    public boolean run(ActionWindow window) {
        if (!can.test(window)) {
            return false;
        }
        does.accept(window);
        return true;
    }
}

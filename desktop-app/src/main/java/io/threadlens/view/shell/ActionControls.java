package io.threadlens.view.shell;

import io.threadlens.view.actions.Action;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.actions.Actions;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.theme.Icons;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;

/** Buttons and menus that do actions and tell their keys. */
final class ActionControls {
    private ActionControls() {}

    /** @param meaning what the tooltip says before the key */
    static void bind(ButtonBase button, String id, String meaning, ActionWindow window) {
        button.setOnAction(e -> Actions.of(id).run(window));
        tell(button, id, meaning);
    }

    /** Tells the key of a control that does its action by itself. */
    static void tell(Control control, String id, String meaning) {
        Action action = Actions.of(id);
        Tooltip tooltip = new Tooltip(meaning);
        tooltip.setOnShowing(e -> tooltip.setText(meaning + KeyPreset.current().get().hintOf(action)));
        control.setTooltip(tooltip);
    }

    /** Adds an item to a menu; it is disabled while its action cannot be done. */
    static void add(MenuButton menu, String id, Ikon icon, ActionWindow window) {
        Action action = Actions.of(id);
        MenuItem item = new MenuItem(action.name(), Icons.of(icon));
        item.setId("menu-" + id);
        item.setOnAction(e -> action.run(window));
        menu.getItems().add(item);
        menu.showingProperty().addListener((o, was, is) -> {
            item.setText(action.name() + KeyPreset.current().get().hintOf(action));
            item.setDisable(!action.can().test(window));
        });
    }
}

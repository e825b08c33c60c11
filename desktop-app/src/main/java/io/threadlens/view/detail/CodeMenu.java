package io.threadlens.view.detail;

import io.threadlens.analysis.Function;
import io.threadlens.view.data.CodeSelection;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;

/** Where else a function is to be seen. */
final class CodeMenu {
    private CodeMenu() {}

    static ContextMenu of(CodeSelection code, Function function) {
        String name = Calls.function(function.frame());
        return new ContextMenu(
                item("Source of " + name, () -> code.showSource(function.frame())),
                item("Callers of " + name, () -> code.showCallersOf(function)),
                item(name + " among the functions", () -> code.showFunction(function.frame())));
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }
}

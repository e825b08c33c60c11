package io.threadlens.view.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.controlsfx.control.PopOver;

/** All keys and what the mouse does. */
final class KeysHelp {
    private static final List<String[]> KEYS = List.of(
            new String[] {"W  S", "zoom in and out at the pointer"},
            new String[] {"A  D", "move earlier and later"},
            new String[] {"F", "fit the selected range; again: everything"},
            new String[] {"Home  End", "beginning; end, or the live edge"},
            new String[] {"L", "follow the live edge"},
            new String[] {"↑  ↓", "thread above, below"},
            new String[] {"←  →", "previous, next change of state"},
            new String[] {"[  ]", "from a waiter to the holder; to the next waiter"},
            new String[] {"/", "search threads"},
            new String[] {"Esc", "clear what is selected"},
            new String[] {"Ctrl+Z", "undo the last move or zoom"},
            new String[] {"Ctrl+O  Ctrl+S", "open, save as"},
            new String[] {"Click", "keep an instant: every thread's stack there; of a wait, who holds the lock"},
            new String[] {"Double click", "fit that stretch"},
            new String[] {"Drag", "select a range"},
            new String[] {"Shift+drag", "move in time (or any other button)"},
            new String[] {"Wheel", "scroll threads; Ctrl zooms, Shift moves"});

    private final PopOver popOver;

    KeysHelp() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys");
        for (int i = 0; i < KEYS.size(); i++) {
            Label key = new Label(KEYS.get(i)[0]);
            key.getStyleClass().add("key");
            grid.addRow(i, key, new Label(KEYS.get(i)[1]));
        }
        popOver = new PopOver(grid);
        popOver.setTitle("Keys and mouse");
        popOver.setArrowLocation(PopOver.ArrowLocation.TOP_RIGHT);
        popOver.setDetachable(false);
    }

    void show(Node at) {
        if (popOver.isShowing()) {
            popOver.hide();
        } else {
            popOver.show(at);
        }
    }
}

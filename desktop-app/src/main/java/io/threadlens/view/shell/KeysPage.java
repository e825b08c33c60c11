package io.threadlens.view.shell;

import atlantafx.base.theme.Styles;
import io.threadlens.view.actions.Action;
import io.threadlens.view.actions.ActionGroup;
import io.threadlens.view.actions.Actions;
import io.threadlens.view.actions.Gesture;
import io.threadlens.view.actions.KeyPreset;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All keys of the preset in use, and what the mouse does. */
final class KeysPage extends VBox {
    private static final List<List<ActionGroup>> COLUMNS = List.of(
            List.of(ActionGroup.TIME, ActionGroup.RANGE, ActionGroup.MARKS),
            List.of(ActionGroup.CURSOR, ActionGroup.TABS),
            List.of(ActionGroup.RECORDING, ActionGroup.WINDOW));

    private final ScrollPane scroll;

    /** @param settings shows where another preset is chosen */
    KeysPage(Runnable settings) {
        setId("keys-page");
        Label title = new Label("Keys and mouse");
        title.getStyleClass().add(Styles.TITLE_4);
        Label preset = new Label("as in " + KeyPreset.current().get().title());
        preset.getStyleClass().add("caption");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Hyperlink others = new Hyperlink("Other keys…");
        others.setOnAction(e -> settings.run());
        HBox head = new HBox(10, title, preset, gap, others);
        head.getStyleClass().add("sheet-head");

        HBox columns = new HBox(28);
        for (List<ActionGroup> groups : COLUMNS) {
            VBox column = new VBox(14);
            groups.forEach(group -> column.getChildren().add(part(group)));
            columns.getChildren().add(column);
        }
        ((VBox) columns.getChildren().getLast()).getChildren().add(mouse());
        scroll = new ScrollPane(columns);
        scroll.getStyleClass().addAll("edge-to-edge", "keys");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
    }

    Node first() {
        return scroll;
    }

    private static Node part(ActionGroup group) {
        GridPane grid = grid();
        int row = 0;
        for (Action action : Actions.of(group)) {
            grid.addRow(row++, key(KeyPreset.current().get().textOf(action)), words(action.name()));
        }
        return titled(group.title(), grid);
    }

    private static Node mouse() {
        GridPane grid = grid();
        for (Gesture gesture : Gesture.values()) {
            grid.addRow(gesture.ordinal(), key(gesture.title()), words(gesture.does()));
        }
        return titled("Mouse", grid);
    }

    private static Node titled(String title, Node grid) {
        Label head = new Label(title);
        head.getStyleClass().add("side-title");
        return new VBox(6, head, grid);
    }

    private static GridPane grid() {
        GridPane grid = new GridPane(14, 5);
        ColumnConstraints keys = new ColumnConstraints(104);
        ColumnConstraints words = new ColumnConstraints(180);
        grid.getColumnConstraints().addAll(keys, words);
        return grid;
    }

    private static Label key(String text) {
        Label label = words(text);
        label.getStyleClass().add("key");
        return label;
    }

    private static Label words(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        GridPane.setValignment(label, javafx.geometry.VPos.TOP);
        return label;
    }
}

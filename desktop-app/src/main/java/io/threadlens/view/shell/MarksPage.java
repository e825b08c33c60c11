package io.threadlens.view.shell;

import atlantafx.base.theme.Styles;
import io.threadlens.recording.Recording.Mark;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.theme.Icons;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The marks of a recording, to go to, to edit and to remove. */
final class MarksPage extends VBox {
    private final TimelineModel model;
    private final Runnable close;
    private final TableView<Mark> table = new TableView<>();

    /**
     * @param edit  asks for another text of a mark
     * @param close takes the page away
     */
    MarksPage(TimelineModel model, Consumer<Mark> edit, Runnable close) {
        super(12);
        this.model = model;
        this.close = close;
        setId("marks-page");
        setPrefWidth(640);
        Label title = new Label("Marks");
        title.getStyleClass().add(Styles.TITLE_4);
        table.setId("marks");
        table.getColumns().setAll(List.of(
                column("At", 120, mark -> TimeFormat.moment(model.sinceStart(mark.time()))),
                column("Length", 90, mark -> mark.isSpan() ? TimeFormat.length(mark.end() - mark.time()) : ""),
                column("Note", 380, mark -> String.valueOf(mark.text()))));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.setPlaceholder(new Label("There are none: M marks the cursor, Shift+M the selected range."));
        table.setPrefHeight(280);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                goTo(selected());
            } else if (e.getCode() == KeyCode.DELETE) {
                remove(selected());
            }
        });
        table.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                goTo(selected());
            }
        });
        Button go = new Button("Go there");
        go.setId("mark-go");
        go.getStyleClass().add(Styles.ACCENT);
        go.setOnAction(e -> goTo(selected()));
        Button change = new Button("Edit", Icons.of(MaterialDesignP.PENCIL_OUTLINE));
        change.setId("mark-edit");
        change.setOnAction(e -> edit.accept(selected()));
        Button remove = new Button("Remove", Icons.of(MaterialDesignD.DELETE_OUTLINE));
        remove.setId("mark-remove");
        remove.setOnAction(e -> remove(selected()));
        List.of(go, change, remove).forEach(button -> button.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull()));
        HBox buttons = new HBox(8, remove, change, go);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, table, buttons);
        fill();
    }

    Node first() {
        return table;
    }

    private void fill() {
        table.setItems(FXCollections.observableList(model.marks().all().get()));
        table.getSelectionModel().selectFirst();
    }

    private static TableColumn<Mark, String> column(String title, double width, Function<Mark, String> text) {
        TableColumn<Mark, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        return column;
    }

    private @Nullable Mark selected() {
        return table.getSelectionModel().getSelectedItem();
    }

    private void goTo(@Nullable Mark mark) {
        if (mark != null) {
            close.run();
            model.marks().goTo(mark);
        }
    }

    private void remove(@Nullable Mark mark) {
        if (mark != null) {
            int row = table.getSelectionModel().getSelectedIndex();
            model.marks().remove(mark);
            fill();
            table.getSelectionModel().select(Math.min(row, table.getItems().size() - 1));
        }
    }
}

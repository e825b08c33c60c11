package io.threadlens.view.shell;

import atlantafx.base.theme.Styles;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.MarkBook;
import io.threadlens.view.data.TimelineModel;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for the text of a mark. Enter keeps it. */
final class MarkEditor extends VBox {
    /** The wire has no longer ones either. */
    private static final int LONGEST = 1_000;

    private final TextField text = new TextField();

    /**
     * @param startNs when the mark begins
     * @param endNs   the same for a moment
     * @param close   takes the editor away
     */
    MarkEditor(TimelineModel model, long startNs, long endNs, Runnable close) {
        super(12);
        setId("mark-editor");
        setPrefWidth(460);
        MarkBook marks = model.marks();
        String at = TimeFormat.moment(model.sinceStart(startNs));
        Label title = new Label(startNs == endNs ? "Mark at " + at : "Mark over " + TimeFormat.length(endNs - startNs) + " from " + at);
        title.getStyleClass().add(Styles.TITLE_4);
        text.setId("mark-text");
        text.setPromptText("What is to be seen here");
        text.setTextFormatter(new TextFormatter<>(change -> change.getControlNewText().length() <= LONGEST ? change : null));
        text.setText(marks.textAt(startNs, endNs));
        text.selectAll();
        Button keep = new Button("Keep");
        keep.setId("mark-keep");
        keep.getStyleClass().add(Styles.ACCENT);
        Button cancel = new Button("Cancel");
        keep.setOnAction(e -> keep(marks, startNs, endNs, close));
        text.setOnAction(e -> keep(marks, startNs, endNs, close));
        cancel.setOnAction(e -> close.run());
        HBox buttons = new HBox(8, keep, cancel);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, text, buttons);
    }

    private void keep(MarkBook marks, long startNs, long endNs, Runnable close) {
        marks.put(startNs, endNs, text.getText().strip());
        close.run();
    }

    Node first() {
        return text;
    }
}

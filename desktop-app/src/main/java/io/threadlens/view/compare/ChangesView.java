package io.threadlens.view.compare;

import atlantafx.base.theme.Styles;
import io.threadlens.view.detail.Pills;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A table of differences with a field that filters it, one or several lists of rows to choose from, and how many of them are real. */
final class ChangesView extends BorderPane {
    /**
     * Rows that can be shown.
     *
     * @param title of the button that shows them
     * @param words what the seconds are
     */
    record Rows(String title, String words, List<Change> changes) {}

    private final ChangeTable table;
    private final Label summary = new Label();
    private final TextField field = new TextField();
    private Rows shown;

    /** @param lists at least one; the first is shown first */
    ChangesView(ChangeTable table, List<Rows> lists) {
        this.table = table;
        shown = lists.getFirst();
        summary.setId(table.getId() + "-summary");
        summary.getStyleClass().add("cores-summary");
        summary.setMinWidth(0);
        field.setId(table.getId() + "-filter");
        field.setPromptText("filter");
        field.setPrefColumnCount(14);
        field.setMinWidth(80);
        field.getStyleClass().add(Styles.SMALL);
        field.textProperty().addListener(o -> {
            table.filter(field.getText());
            describe();
        });
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                e.consume();
            }
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(10, field, summary, gap);
        if (lists.size() > 1) {
            head.getChildren().add(choice(lists));
        }
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("code-tools");
        setTop(head);
        setCenter(table);
        setMinSize(0, 0);
        if (lists.size() == 1) {
            show(shown);
        }
    }

    /** Shows only rows with a text in them. */
    void filter(String text) {
        field.setText(text);
    }

    private Pills choice(List<Rows> lists) {
        Pills pills = new Pills();
        for (Rows rows : lists) {
            pills.add(rows.title(), table.getId() + "-" + rows.title().toLowerCase(Locale.ROOT).replace(' ', '-')).selectedProperty().addListener((o, was, is) -> {
                if (is) {
                    show(rows);
                }
            });
        }
        pills.selectFirst();
        return pills;
    }

    private void show(Rows rows) {
        shown = rows;
        table.show(rows.changes());
        describe();
    }

    private void describe() {
        int all = shown.changes().size();
        String count = field.getText().isBlank() ? all + (all == 1 ? " row" : " rows") : table.shown() + " of " + all + " rows";
        summary.setText(count + certainty() + "   ·   " + shown.words());
    }

    private String certainty() {
        if (shown.changes().stream().allMatch(change -> change.seconds().significant() == null)) {
            return "";
        }
        long real = shown.changes().stream().filter(Change::isReal).count();
        return real == 0 ? ", no real difference" : real == 1 ? ", 1 real difference" : ", " + real + " real differences";
    }
}

package io.threadlens.view.compare;

import io.threadlens.view.theme.StateSwatch;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/** Seconds of both sides, row by row, the greatest change first. Rows may open into others. What is not called real is muted; what is has an arrow and a colour. */
final class ChangeTable extends TreeTableView<Change> {
    private static final PseudoClass MORE = PseudoClass.getPseudoClass("more");
    private static final PseudoClass LESS = PseudoClass.getPseudoClass("less");
    private static final PseudoClass NOISE = PseudoClass.getPseudoClass("noise");
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final double SCROLL_BAR = 16;
    private static final double NUMBERS = 88;
    /** What the names get of the room that the numbers leave. */
    private static final double NAMES = 0.56;

    private final TreeTableColumn<Change, Change> name = new TreeTableColumn<>();
    private final TreeTableColumn<Change, Change> where = new TreeTableColumn<>();
    private final TreeTableColumn<Change, Change> change = numbers("b − a", Change::size, Change::changeText, 1.25);
    private List<Change> rows = List.of();
    private String filter = "";

    /**
     * @param whereTitle of the second column
     * @param empty      what to say where there are no rows
     */
    ChangeTable(String id, String nameTitle, String whereTitle, String empty) {
        setId(id);
        getStyleClass().add("changes");
        setShowRoot(false);
        setMinSize(0, 0);
        setPlaceholder(new Label(empty));
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        text(name, nameTitle, Change::name);
        name.setCellFactory(c -> new NameCell());
        text(where, whereTitle, Change::where);
        where.setCellFactory(c -> new TextCell(Change::where));
        change.setCellFactory(c -> new ChangeCell());
        getColumns().addAll(List.of(
                name,
                where,
                numbers("A", row -> orNothing(row.seconds().a()), row -> seconds(row.seconds().a()), 1),
                numbers("B", row -> orNothing(row.seconds().b()), row -> seconds(row.seconds().b()), 1),
                change,
                numbers("B ÷ A", row -> orNothing(row.ratio()), Change::ratioText, 0.85)));
        // The root stays: with another the table would let go of its order.
        setRoot(new TreeItem<>());
        getRoot().setExpanded(true);
        getSortOrder().setAll(List.of(change));
        widthProperty().addListener(o -> shareWidth());
        setOnKeyPressed(e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            }
        });
        MenuItem copy = new MenuItem("Copy");
        copy.setAccelerator(COPY);
        copy.setOnAction(e -> copy());
        setContextMenu(new ContextMenu(copy));
    }

    private static double orNothing(double seconds) {
        return Double.isNaN(seconds) ? 0 : seconds;
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) || seconds == 0 ? "" : Numbers.seconds(seconds);
    }

    /** Replaces the rows. */
    void show(List<Change> changes) {
        rows = changes;
        fill();
    }

    /** Shows only rows with a text in them. */
    void filter(String text) {
        filter = text.strip();
        fill();
    }

    private void fill() {
        getSelectionModel().clearSelection();
        getRoot().getChildren().setAll(rows.stream().filter(row -> row.matches(filter)).map(ChangeTable::item).toList());
        sort();
    }

    private static TreeItem<Change> item(Change row) {
        TreeItem<Change> item = new TreeItem<>(row);
        row.parts().forEach(part -> item.getChildren().add(item(part)));
        return item;
    }

    int shown() {
        return getRoot().getChildren().size();
    }

    private void copy() {
        List<TreeItem<Change>> selected = getSelectionModel().getSelectedItems();
        if (!selected.isEmpty()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(text(selected.stream().map(TreeItem::getValue).toList()));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    /** Rows as text with tabs, under a line that says what is what. */
    String text(List<Change> copied) {
        String head = String.join("\t", name.getText(), where.getText(), "A, s", "B, s", "B − A, s", "B ÷ A", "real\n");
        return head + copied.stream().map(row -> row.asText() + "\n").collect(Collectors.joining());
    }

    private static void text(TreeTableColumn<Change, Change> column, String title, Function<Change, String> text) {
        column.setText(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setComparator(Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER));
    }

    private static TreeTableColumn<Change, Change> numbers(String title, Function<Change, Double> number, Function<Change, String> text, double width) {
        TreeTableColumn<Change, Change> column = new TreeTableColumn<>(title);
        column.getStyleClass().add("numbers");
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setComparator(Comparator.comparing(number));
        column.setSortType(TreeTableColumn.SortType.DESCENDING);
        column.setCellFactory(c -> new TextCell(text));
        column.setPrefWidth(NUMBERS * width);
        return column;
    }

    /** Names and places share what the numbers leave. */
    private void shareWidth() {
        double numbers = getColumns().stream().filter(column -> column != name && column != where).mapToDouble(TreeTableColumn::getPrefWidth).sum();
        double rest = getWidth() - SCROLL_BAR - numbers;
        name.setPrefWidth(Math.floor(Math.max(120, rest * NAMES)));
        where.setPrefWidth(Math.floor(Math.max(90, rest - name.getPrefWidth())));
    }

    private static class TextCell extends TreeTableCell<Change, Change> {
        private final Function<Change, String> text;

        TextCell(Function<Change, String> text) {
            this.text = text;
        }

        @Override
        protected void updateItem(@Nullable Change row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : text.apply(row));
        }
    }

    private static final class NameCell extends TextCell {
        NameCell() {
            super(Change::name);
            getStyleClass().add("names");
        }

        @Override
        protected void updateItem(@Nullable Change row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null || row.state() == null ? null : new StateSwatch(row.state()));
        }
    }

    private static final class ChangeCell extends TextCell {
        private final Tooltip tip = new Tooltip();

        ChangeCell() {
            super(Change::changeText);
        }

        @Override
        protected void updateItem(@Nullable Change row, boolean empty) {
            super.updateItem(row, empty);
            Change shown = empty ? null : row;
            pseudoClassStateChanged(MORE, shown != null && shown.isReal() && shown.seconds().by() > 0);
            pseudoClassStateChanged(LESS, shown != null && shown.isReal() && shown.seconds().by() < 0);
            pseudoClassStateChanged(NOISE, shown != null && shown.isNoise());
            setTooltip(shown == null ? null : tip);
            tip.setText(shown == null ? "" : shown.certainty());
        }
    }
}

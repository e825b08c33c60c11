package io.threadlens.view.detail;

import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** Lines of code beside their time: the hotter a line, the stronger the colour behind its number. */
final class SourceTable extends TableView<SourceLines.Line> implements AutoCloseable {
    /** So many lines are to be seen above the one that is looked at. */
    private static final int ABOVE = 4;
    /** Colour behind the number of the hottest line. */
    private static final double HOTTEST = 0.55;

    private static final double SCROLL_BAR = 16;

    private final TableColumn<SourceLines.Line, SourceLines.Line> number = column("Line", 58, cell -> new NumberCell());
    private final TableColumn<SourceLines.Line, SourceLines.Line> self = numbers("Self", SourceLines.Line::self);
    private final TableColumn<SourceLines.Line, SourceLines.Line> total = numbers("Total", SourceLines.Line::total);
    private final TableColumn<SourceLines.Line, SourceLines.Line> states = column("States in total", 130, cell -> new StatesCell());
    private final TableColumn<SourceLines.Line, SourceLines.Line> text = column("Source", 400, cell -> new CodeCell());
    private final InvalidationListener themeListener = o -> refresh();
    private long most;
    private long mostSelf;

    SourceTable() {
        setId("source-lines");
        setMinWidth(0);
        getStyleClass().add("source");
        getColumns().addAll(List.of(number, self, total, states, text));
        setPlaceholder(new Label(""));
        widthProperty().addListener(o -> text.setPrefWidth(Math.max(200, getWidth() - SCROLL_BAR - number.getPrefWidth() - self.getPrefWidth() - total.getPrefWidth() - states.getPrefWidth())));
        Theme.current().addListener(themeListener);
    }

    /** @param toPlace whether to go to the line that is looked at, or to stay */
    void show(SourceLines source, boolean toPlace) {
        most = source.lines().stream().mapToLong(SourceLines.Line::total).max().orElse(0);
        mostSelf = source.lines().stream().mapToLong(SourceLines.Line::self).max().orElse(0);
        int selected = getSelectionModel().getSelectedIndex();
        getItems().setAll(source.lines());
        int row = toPlace ? rowOf(source.lines(), source.shown()) : selected;
        if (row >= 0 && row < getItems().size()) {
            getSelectionModel().select(row);
            if (toPlace) {
                scrollTo(Math.max(0, row - ABOVE));
            }
        }
    }

    private static int rowOf(List<SourceLines.Line> lines, int line) {
        for (int row = 0; row < lines.size(); row++) {
            if (lines.get(row).number() >= line) {
                return row;
            }
        }
        return lines.size() - 1;
    }

    private static TableColumn<SourceLines.Line, SourceLines.Line> column(
            String title, double width, Function<Object, TableCell<SourceLines.Line, SourceLines.Line>> cell) {
        TableColumn<SourceLines.Line, SourceLines.Line> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(cell::apply);
        column.setPrefWidth(width);
        // Lines stay in their order.
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static TableColumn<SourceLines.Line, SourceLines.Line> numbers(String title, Function<SourceLines.Line, Long> time) {
        TableColumn<SourceLines.Line, SourceLines.Line> column = column(title, 78, c -> new TableCell<>() {
            @Override
            protected void updateItem(SourceLines.@Nullable Line line, boolean empty) {
                super.updateItem(line, empty);
                setText(empty || line == null || time.apply(line) == 0 ? null : TimeFormat.length(time.apply(line)));
            }
        });
        column.getStyleClass().add("numbers");
        return column;
    }

    @Override
    public void close() {
        Theme.current().removeListener(themeListener);
    }

    /** A line's number; behind it the heat of its own time, or where it only calls, half of that of its total. */
    private final class NumberCell extends TableCell<SourceLines.Line, SourceLines.Line> {
        NumberCell() {
            setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(SourceLines.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : line.number() == 0 ? "?" : Integer.toString(line.number()));
            double heat = line == null || empty ? 0 : Math.max(share(line.self(), mostSelf), share(line.total(), most) / 2);
            Palette palette = Theme.current().get().palette();
            Color accent = palette.accent(HOTTEST * Math.sqrt(heat));
            setBackground(heat == 0 ? null : new Background(new BackgroundFill(accent, CornerRadii.EMPTY, Insets.EMPTY)));
        }

        private static double share(long part, long whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }

    private final class StatesCell extends TableCell<SourceLines.Line, SourceLines.Line> {
        private final SharesCanvas canvas = new SharesCanvas();

        StatesCell() {
            setAlignment(Pos.CENTER_LEFT);
            widthProperty().addListener(o -> paint());
        }

        @Override
        protected void updateItem(SourceLines.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null || line.total() == 0 ? null : canvas);
            paint();
        }

        private void paint() {
            SourceLines.Line line = getItem();
            if (line != null && line.total() > 0) {
                canvas.paint(line.states(), most, getWidth());
            }
        }
    }

    private static final class CodeCell extends TableCell<SourceLines.Line, SourceLines.Line> {
        CodeCell() {
            getStyleClass().add("code");
        }

        @Override
        protected void updateItem(SourceLines.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : line.text());
        }
    }
}

package io.threadlens.view.detail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Shares a table's width among its columns: each gets what it needs, and of the rest each in proportion to what it can use. Where the room is too
 * small for all, those that can be done without go first; only then does the table scroll.
 */
final class ColumnWidths<R> {
    /** What a vertical scroll bar takes, whether or not there is one: columns that jump when it comes are worse than a gap. */
    private static final double SCROLL_BAR = 14;

    private record Room(double least, double most) {}

    private final TableView<R> table;
    private final Map<TableColumn<R, ?>, Room> rooms = new LinkedHashMap<>();
    private final List<TableColumn<R, ?>> spare = new ArrayList<>();
    private List<TableColumn<R, ?>> unused = List.of();

    ColumnWidths(TableView<R> table) {
        this.table = table;
        table.widthProperty().addListener(o -> share());
    }

    /** Adds a column with the least and the most width it can use. */
    void add(TableColumn<R, ?> column, double least, double most) {
        column.setMinWidth(Math.min(least, 40));
        rooms.put(column, new Room(least, most));
        table.getColumns().add(column);
    }

    /** Adds a column that can be done without; of several, the first added goes first. */
    void addSpare(TableColumn<R, ?> column, double least, double most) {
        add(column, least, most);
        spare.add(column);
    }

    /** Hides the columns that have nothing to say. */
    void setUnused(List<TableColumn<R, ?>> columns) {
        if (!columns.equals(unused)) {
            unused = columns;
            share();
        }
    }

    private void share() {
        double width = table.getWidth() - SCROLL_BAR;
        if (width <= 0) {
            return;
        }
        List<TableColumn<R, ?>> shown = new ArrayList<>(rooms.keySet());
        shown.removeAll(unused);
        for (TableColumn<R, ?> column : spare) {
            if (least(shown) > width) {
                shown.remove(column);
            }
        }
        double least = least(shown);
        double wanted = shown.stream().mapToDouble(column -> room(column).most()).sum() - least;
        double part = wanted <= 0 ? 0 : Math.clamp((width - least) / wanted, 0, 1);
        for (TableColumn<R, ?> column : rooms.keySet()) {
            Room room = room(column);
            column.setVisible(shown.contains(column));
            column.setPrefWidth(Math.floor(room.least() + part * (room.most() - room.least())));
        }
    }

    private double least(List<TableColumn<R, ?>> columns) {
        return columns.stream().mapToDouble(column -> room(column).least()).sum();
    }

    private Room room(TableColumn<R, ?> column) {
        Room room = rooms.get(column);
        if (room == null) {
            throw new IllegalArgumentException("not a column of this table: " + column.getText());
        }
        return room;
    }
}

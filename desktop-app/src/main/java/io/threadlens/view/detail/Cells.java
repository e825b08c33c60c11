package io.threadlens.view.detail;

import io.threadlens.analysis.FindingClass;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.StateSwatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** Columns of the tables. */
final class Cells {
    private Cells() {}

    static <R, V extends Comparable<V>> TableColumn<R, V> column(String title, Function<R, @Nullable V> value) {
        TableColumn<R, V> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setComparator(Comparator.nullsFirst(Comparator.<V>naturalOrder()));
        return column;
    }

    /** Names, cut in the middle where they are too long: the end tells the threads of a pool apart. */
    static <R> TableColumn<R, String> names(String title, Function<R, @Nullable String> value) {
        TableColumn<R, String> column = column(title, value);
        column.getStyleClass().add("names");
        return column;
    }

    /** Numbers to the right, written by {@code text}; the greatest come first when sorted. */
    static <R, V extends Comparable<V>> TableColumn<R, V> numbers(
            String title, Function<R, @Nullable V> value, Function<V, String> text) {
        TableColumn<R, V> column = column(title, value);
        column.getStyleClass().add("numbers");
        column.setSortType(TableColumn.SortType.DESCENDING);
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable V item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : text.apply(item));
            }
        });
        return column;
    }

    /** A bar of the states' shares. */
    static <R> TableColumn<R, R> shares(String title, Function<R, long[]> states) {
        TableColumn<R, R> column = new TableColumn<>(title);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(c -> new SharesCell<>(states));
        return column;
    }

    /** A state with its colour and pattern. */
    static <R> TableColumn<R, ThreadState> states(String title, Function<R, @Nullable ThreadState> value) {
        TableColumn<R, ThreadState> column = column(title, value);
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable ThreadState item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? null : item == null ? "not seen" : item.label());
                setGraphic(empty || item == null ? null : new StateSwatch(item));
            }
        });
        return column;
    }

    /** A kind of contention, with the colour and pattern that it has in the lanes. */
    static <R> TableColumn<R, FindingClass> lockKinds(String title, Function<R, FindingClass> value) {
        TableColumn<R, FindingClass> column = column(title, value);
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable FindingClass item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : item.label());
                setGraphic(empty || item == null ? null : new StateSwatch(stateOf(item)));
            }
        });
        return column;
    }

    private static ThreadState stateOf(FindingClass kind) {
        return switch (kind) {
            case GIL -> ThreadState.GIL;
            case STOP_THE_WORLD -> ThreadState.PAUSED;
            default -> ThreadState.LOCK;
        };
    }

    /** A length of time in seconds, as everywhere. */
    static String seconds(double seconds) {
        return TimeFormat.length(Math.round(seconds * 1e9));
    }

    /** A share from 0 to 1. */
    static String percent(double share) {
        return TimeFormat.percent(share, 1);
    }

    /** Replaces the rows, and keeps what was selected by what it is about. */
    static <R> void replace(TableView<R> table, List<R> rows, Function<R, Object> identity) {
        R selected = table.getSelectionModel().getSelectedItem();
        table.getItems().setAll(rows);
        table.sort();
        if (selected != null) {
            Object key = identity.apply(selected);
            for (R row : table.getItems()) {
                if (identity.apply(row).equals(key)) {
                    table.getSelectionModel().select(row);
                    return;
                }
            }
        }
    }

    private static final class SharesCell<R> extends TableCell<R, R> {
        private final Function<R, long[]> states;
        private final SharesCanvas canvas = new SharesCanvas();

        SharesCell(Function<R, long[]> states) {
            this.states = states;
            setAlignment(Pos.CENTER_LEFT);
            widthProperty().addListener(o -> paint());
        }

        @Override
        protected void updateItem(@Nullable R row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : canvas);
            paint();
        }

        private void paint() {
            R row = getItem();
            if (row != null) {
                long[] times = states.apply(row);
                canvas.paint(times, Arrays.stream(times).sum(), getWidth());
            }
        }
    }
}

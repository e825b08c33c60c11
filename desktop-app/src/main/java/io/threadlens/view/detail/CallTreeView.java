package io.threadlens.view.detail;

import io.threadlens.analysis.CallNode;
import io.threadlens.analysis.Function;
import io.threadlens.analysis.Measure;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.CodeSelection;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/** A tree of calls as a table: the function, where it is, its time, what of that is its own, and the states in it. The most time comes first. */
final class CallTreeView extends TreeTableView<CallNode> implements AutoCloseable {
    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final PseudoClass LIBRARY = PseudoClass.getPseudoClass("library");
    private static final double SCROLL_BAR = 16;

    private final CodeSelection code;
    private final TreeTableColumn<CallNode, CallNode> function = column("Function", 300);
    private final TreeTableColumn<CallNode, CallNode> where = column("Where", 150);
    private final TreeTableColumn<CallNode, CallNode> total = column("Total", 84);
    private final TreeTableColumn<CallNode, CallNode> share = column("Share", 60);
    private final TreeTableColumn<CallNode, CallNode> self = column("Self", 84);
    private final TreeTableColumn<CallNode, CallNode> states = column("States in total", 220);
    private final InvalidationListener themeListener = o -> refresh();
    private String everything = "";
    private Measure measure = Measure.WALL;
    private long all;

    CallTreeView(CodeSelection code) {
        this.code = code;
        setId("call-tree");
        setMinWidth(0);
        function.setCellFactory(c -> new NameCell());
        where.setCellFactory(c -> new TextCell(node -> node.function() == null ? "" : Calls.place(node.function().file(), node.function().firstLine())));
        numbers(total, node -> TimeFormat.length(measure.of(node.times())));
        numbers(share, node -> TimeFormat.percent(measure.of(node.times()), all));
        numbers(self, node -> length(node, n -> measure.of(n.self())));
        states.setCellFactory(c -> new StatesCell());
        getColumns().addAll(List.of(function, where, total, share, self, states));
        widthProperty().addListener(o -> shareWidth());
        setRowFactory(t -> new Row());
        setOnKeyPressed(e -> {
            TreeItem<CallNode> selected = getSelectionModel().getSelectedItem();
            if (e.getCode() == KeyCode.ENTER && selected != null) {
                showSource(selected.getValue());
                e.consume();
            }
        });
        code.search().addListener(o -> refresh());
        Theme.current().addListener(themeListener);
    }

    /**
     * Shows another tree, opened where the one before it was.
     *
     * @param inverted   whether callers are below the called
     * @param everything what the root is called
     * @param all        what all samples have of the measure, ns
     */
    void show(CallNode node, Measure newMeasure, boolean inverted, String newEverything, long newAll, boolean keepOpen) {
        measure = newMeasure;
        everything = newEverything;
        all = newAll;
        self.setVisible(!inverted);
        shareWidth();
        CallItem before = (CallItem) getRoot();
        CallItem item = new CallItem(node, measure);
        if (before != null && keepOpen) {
            TreeItem<CallNode> selected = getSelectionModel().getSelectedItem();
            List<Function> path = selected == null ? List.of() : ((CallItem) selected).path();
            item.setExpanded(before.isExpanded());
            before.open().forEach(open -> item.open(open).setExpanded(true));
            setRoot(item);
            if (selected != null) {
                getSelectionModel().select(item.open(path));
            }
        } else {
            item.setExpanded(true);
            item.openHeaviest();
            setRoot(item);
        }
    }

    /** Opens the heaviest path from the selected row on, or from the root. */
    void openHeaviest() {
        TreeItem<CallNode> from = Objects.requireNonNullElse(getSelectionModel().getSelectedItem(), getRoot());
        if (from != null) {
            select(((CallItem) from).openHeaviest());
        }
    }

    void select(List<Function> path) {
        if (getRoot() != null) {
            select(((CallItem) getRoot()).open(path));
        }
    }

    private void select(CallItem item) {
        getSelectionModel().select(item);
        scrollTo(Math.max(0, getRow(item) - 3));
    }

    private void showSource(CallNode node) {
        Function called = node.function();
        if (called != null && called.file() != null) {
            code.showSource(called.frame());
        }
    }

    private static String length(CallNode node, ToLongFunction<CallNode> time) {
        long ns = time.applyAsLong(node);
        return ns == 0 ? "" : TimeFormat.length(ns);
    }

    private static TreeTableColumn<CallNode, CallNode> column(String title, double width) {
        TreeTableColumn<CallNode, CallNode> column = new TreeTableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setPrefWidth(width);
        // The order is the measure's.
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static void numbers(TreeTableColumn<CallNode, CallNode> column, java.util.function.Function<CallNode, String> text) {
        column.getStyleClass().add("numbers");
        column.setCellFactory(c -> new TextCell(text));
    }

    /** The function gets what the others leave, and of the rest, bars as much. */
    private void shareWidth() {
        double fixed = total.getPrefWidth() + share.getPrefWidth() + (self.isVisible() ? self.getPrefWidth() : 0);
        double rest = getWidth() - SCROLL_BAR - fixed;
        if (rest > 0) {
            where.setPrefWidth(Math.floor(Math.clamp(rest * 0.2, 90, 220)));
            states.setPrefWidth(Math.floor(Math.clamp(rest * 0.28, 80, 320)));
            function.setPrefWidth(Math.max(140, Math.floor(rest - where.getPrefWidth() - states.getPrefWidth())));
        }
    }

    @Override
    public void close() {
        Theme.current().removeListener(themeListener);
    }

    private final class Row extends TreeTableRow<CallNode> {
        Row() {
            setOnMouseClicked(e -> {
                if (e.getClickCount() == 2 && !isEmpty()) {
                    showSource(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable CallNode node, boolean empty) {
            super.updateItem(node, empty);
            Function called = empty || node == null ? null : node.function();
            String wanted = code.search().get().strip();
            pseudoClassStateChanged(FOUND, called != null && !wanted.isEmpty() && called.matches(wanted));
            pseudoClassStateChanged(LIBRARY, called != null && called.isLibrary());
            setContextMenu(called == null || called.equals(Function.NOT_KNOWN) ? null : CodeMenu.of(code, called));
        }
    }

    private final class NameCell extends TreeTableCell<CallNode, CallNode> {
        @Override
        protected void updateItem(@Nullable CallNode node, boolean empty) {
            super.updateItem(node, empty);
            setText(empty || node == null ? null : node.function() == null ? everything : Calls.function(node.function().frame()));
            getStyleClass().remove("function");
            if (node != null && node.function() != null) {
                getStyleClass().add("function");
            }
        }
    }

    private static final class TextCell extends TreeTableCell<CallNode, CallNode> {
        private final java.util.function.Function<CallNode, String> text;

        TextCell(java.util.function.Function<CallNode, String> text) {
            this.text = text;
        }

        @Override
        protected void updateItem(@Nullable CallNode node, boolean empty) {
            super.updateItem(node, empty);
            setText(empty || node == null ? null : text.apply(node));
        }
    }

    private final class StatesCell extends TreeTableCell<CallNode, CallNode> {
        private final SharesCanvas canvas = new SharesCanvas();

        StatesCell() {
            setAlignment(Pos.CENTER_LEFT);
            widthProperty().addListener(o -> paint());
        }

        @Override
        protected void updateItem(@Nullable CallNode node, boolean empty) {
            super.updateItem(node, empty);
            setGraphic(empty || node == null ? null : canvas);
            paint();
        }

        private void paint() {
            CallNode node = getItem();
            if (node != null) {
                canvas.paint(measure.part(node.times()), all, getWidth());
            }
        }
    }
}

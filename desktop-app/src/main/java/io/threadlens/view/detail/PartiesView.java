package io.threadlens.view.detail;

import io.threadlens.analysis.LockContention;
import io.threadlens.model.Frame;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** The waiters and the holders of a lock, side by side. */
final class PartiesView extends SplitPane {
    private final TableView<LockContention.Waiter> waiters = new TableView<>();
    private final TableView<LockContention.Holder> holders = new TableView<>();
    private List<String> names = List.of();

    PartiesView() {
        waiters.setId("waiters");
        ColumnWidths<LockContention.Waiter> left = new ColumnWidths<>(waiters);
        left.add(Cells.names("Thread", waiter -> names.get(waiter.thread())), 80, 160);
        left.add(place(LockContention.Waiter::place), 130, 400);
        left.add(Cells.numbers("Waited", LockContention.Waiter::seconds, Cells::seconds), 66, 90);
        holders.setId("holders");
        ColumnWidths<LockContention.Holder> right = new ColumnWidths<>(holders);
        right.add(Cells.names("Thread", holder -> names.get(holder.thread()) + (holder.inferred() ? " (inferred)" : "")), 80, 160);
        right.add(place(LockContention.Holder::place), 130, 400);
        right.add(Cells.numbers("Held it", LockContention.Holder::seconds, Cells::seconds), 66, 90);
        right.addSpare(Cells.numbers("Confidence", LockContention.Holder::confidence, Cells::percent), 74, 90);
        holders.setPlaceholder(new Label("Nobody was seen to hold it."));
        getItems().addAll(titled("Who waits", waiters), titled("Who holds it meanwhile", holders));
    }

    private static <R> TableColumn<R, String> place(Function<R, @Nullable Frame> place) {
        // Cut in the middle: the line is at the end.
        return Cells.names("In", row -> place.apply(row) == null ? null : Calls.text(place.apply(row)));
    }

    private static BorderPane titled(String text, TableView<?> table) {
        Label title = new Label(text);
        title.getStyleClass().add("part-title");
        BorderPane pane = new BorderPane(table);
        pane.setTop(title);
        pane.setMinWidth(0);
        return pane;
    }

    /** @param threads names by number */
    void show(List<String> threads, LockContention lock) {
        names = threads;
        Cells.replace(waiters, lock.waiters(), waiter -> List.of(waiter.thread(), waiter.stack()));
        Cells.replace(holders, lock.holders(), holder -> List.of(holder.thread(), holder.stack()));
    }
}

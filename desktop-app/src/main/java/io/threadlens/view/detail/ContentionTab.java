package io.threadlens.view.detail;

import io.threadlens.analysis.Contention;
import io.threadlens.analysis.LockContention;
import io.threadlens.view.data.TimelineModel;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** The locks that threads waited for, most time lost first, and of the selected one who waited, who held it, where they met and when. */
final class ContentionTab extends ScopeTab<List<LockContention>> {
    private final TableView<LockContention> locks = new TableView<>();
    private final Label summary = new Label();
    private final LockPane lock;
    private Scope scope;
    private boolean showing;

    ContentionTab(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        super("Contention", "contention", model, Scope::selected, scope -> Contention.of(scope.data().recording(), scope.part()), onFailure);
        scope = Scope.selected(model);
        lock = new LockPane(model, pixelScale, onFailure);
        locks.setId("locks");
        summary.setId("contention-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        BorderPane list = new BorderPane(locks);
        list.setTop(summary);
        list.setMinWidth(0);
        SplitPane split = new SplitPane(list, lock);
        split.setDividerPositions(0.42);
        setContent(split);
        arrangeLocks();
        model.locks().selected().addListener(o -> selectRow());
    }

    private void arrangeLocks() {
        ColumnWidths<LockContention> widths = new ColumnWidths<>(locks);
        widths.add(Cells.names("Lock", LockContention::label), 110, 320);
        widths.addSpare(Cells.column("Type", LockContention::type), 108, 150);
        widths.add(Cells.lockKinds("Kind", LockContention::kind), 116, 140);
        widths.add(Cells.numbers("Time lost", LockContention::waitSeconds, Cells::seconds), 72, 90);
        widths.add(Cells.numbers("Waits", LockContention::waits, count -> Integer.toString(count)), 52, 70);
        widths.addSpare(Cells.numbers("Confidence", LockContention::confidence, Cells::percent), 74, 90);
        widths.addSpare(Cells.numbers("Longest", LockContention::longestSeconds, Cells::seconds), 66, 90);
        locks.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (!showing && is != null) {
                model().locks().selected().set(is.lock());
            }
        });
        locks.setPlaceholder(new Label("No thread was seen to wait for a lock."));
    }

    @Override
    void show(Scope shown, List<LockContention> contention) {
        scope = shown;
        showing = true;
        try {
            locks.getItems().setAll(contention);
            locks.sort();
        } finally {
            showing = false;
        }
        double lost = contention.stream().mapToDouble(LockContention::waitSeconds).sum();
        summary.setText(shown.text() + "   ·   " + (contention.isEmpty() ? "nothing lost to locks" : Cells.seconds(lost) + " lost to locks"));
        if (model().locks().selected().get() == null && !contention.isEmpty()) {
            model().locks().selected().set(contention.getFirst().lock());
        } else {
            selectRow();
        }
    }

    /** Selects the row of the selected lock; where it has none, nobody waited for it in this range. */
    private void selectRow() {
        Integer selected = model().locks().selected().get();
        LockContention row = find(selected);
        showing = true;
        try {
            if (row == null) {
                locks.getSelectionModel().clearSelection();
            } else if (locks.getSelectionModel().getSelectedItem() != row) {
                locks.getSelectionModel().select(row);
                locks.scrollTo(row);
            }
        } finally {
            showing = false;
        }
        if (row != null) {
            lock.show(scope, row);
        } else {
            lock.showNothing(selected == null ? "Select a lock to see who waits for it, and who holds it."
                    : "Nobody waited for " + scope.data().waits().locks().get(selected).name() + " in this range.");
        }
    }

    private @Nullable LockContention find(@Nullable Integer number) {
        return locks.getItems().stream().filter(row -> number != null && row.lock() == number).findFirst().orElse(null);
    }

    boolean isWhole() {
        return isSettled() && lock.isSettled();
    }

    @Override
    public void close() {
        super.close();
        lock.close();
    }
}

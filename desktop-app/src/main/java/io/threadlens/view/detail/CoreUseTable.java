package io.threadlens.view.detail;

import io.threadlens.model.ThreadInfo;
import io.threadlens.timeline.CoreUse;
import io.threadlens.timeline.CpuTimes;
import io.threadlens.timeline.LaneArranger;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.timeline.NumberRanges;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.data.TimelineModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** Each thread's use of the cores: how long, which ones, how often it moved, how long it had to wait for one. */
final class CoreUseTable {
    /** More cores than this are not told one by one. */
    private static final int MOST_TOLD = 4;

    /** @param used the kernel's own count; null where there is none, and for chosen moments, which it knows nothing of */
    record Row(ThreadInfo thread, CoreUse use, CpuTimes.@Nullable Used used) {
        @Nullable Long delayNs() {
            return used == null ? null : used.delayNs();
        }

        /** Of the time it wanted a core, how much it had none. */
        @Nullable Double delayShare() {
            return used == null || used.cpuNs() + used.delayNs() <= 0 ? null : (double) used.delayNs() / (used.cpuNs() + used.delayNs());
        }
    }

    private final TableView<Row> table = new TableView<>();
    private final TableColumn<Row, Integer> migrations;
    private final Label summary = new Label();
    private final BorderPane node = new BorderPane(table);

    CoreUseTable(TimelineModel model) {
        table.setId("core-use");
        summary.setId("core-use-summary");
        summary.getStyleClass().add("detail-summary");
        summary.setMaxWidth(Double.MAX_VALUE);
        node.setTop(summary);
        ColumnWidths<Row> widths = new ColumnWidths<>(table);
        migrations = Cells.numbers("Migrations", row -> row.use().migrations(), count -> Integer.toString(count));
        widths.add(Cells.names("Thread", row -> LaneLayout.nameOf(row.thread())), 110, 260);
        widths.add(Cells.numbers("On a core", row -> row.use().onCoreNs(), CoreUseTable::time), 78, 104);
        widths.add(Cells.column("Cores", row -> NumberRanges.text(row.use().cores())), 60, 140);
        widths.addSpare(Cells.column("Most time on", row -> byCore(row.use())), 150, 360);
        widths.add(migrations, 110, 130);
        widths.add(Cells.numbers("Run delay", Row::delayNs, CoreUseTable::time), 80, 104);
        widths.add(Cells.numbers("of its need", Row::delayShare, Cells::percent), 80, 100);
        table.setPlaceholder(new Label("No thread was seen."));
        table.setRowFactory(t -> {
            TableRow<Row> row = new TableRow<>();
            row.setOnMouseClicked(e -> {
                if (row.getItem() != null && e.getClickCount() == 2) {
                    TimelineModel.Instant at = model.pinned().get();
                    long ns = at != null ? at.ns() : model.scope().startNs() + model.scope().lengthNs() / 2;
                    model.pin(new TimelineModel.Instant(row.getItem().thread().number(), ns));
                }
            });
            return row;
        });
    }

    Node node() {
        return node;
    }

    private static String time(long ns) {
        return ns == 0 ? "" : TimeFormat.length(ns);
    }

    /** {@code "core 3 62 %, core 0 20 %"}, most time first. */
    private static String byCore(CoreUse use) {
        return use.cores().stream()
                .sorted(Comparator.comparingLong((Integer core) -> -use.coreNs()[core]).thenComparing(core -> core))
                .limit(MOST_TOLD)
                .map(core -> "core " + core + " " + TimeFormat.percent(use.coreNs()[core], use.onCoreNs()))
                .collect(Collectors.joining(", "));
    }

    void show(Scope scope, List<CoreUse> use, boolean exact) {
        List<Row> rows = new ArrayList<>();
        int moved = 0;
        for (ThreadInfo thread : LaneArranger.matching(scope.data().threads(), "")) {
            int number = thread.number();
            if (number >= use.size() || scope.part().threads() != null && !scope.part().threads().contains(number)) {
                continue;
            }
            CpuTimes.Used used = scope.part().moments() != null
                    ? null
                    : scope.data().cpu().between(number, scope.range().startNs(), scope.range().endNs());
            rows.add(new Row(thread, use.get(number), used));
            moved += use.get(number).migrations();
        }
        migrations.setText(exact ? "Migrations" : "Migrations, at least");
        Cells.replace(table, rows, row -> row.thread().number());
        summary.setText(scope.text() + "   ·   " + scope.who() + "   ·   " + (exact ? "" : "at least ") + moved + (moved == 1 ? " migration" : " migrations")
                + (scope.part().moments() == null ? "" : "   ·   run delay is not known of moments"));
    }
}

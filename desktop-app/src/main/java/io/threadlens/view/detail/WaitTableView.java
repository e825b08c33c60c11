package io.threadlens.view.detail;

import io.threadlens.analysis.LockContention;
import io.threadlens.analysis.WaitMatrix;
import io.threadlens.model.ThreadState;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Threads × threads: each row waits, each column holds, and the stronger a cell the more time the one waited for the other. */
final class WaitTableView extends ScrollPane implements AutoCloseable {
    /** More rows than this are folded into one. */
    private static final int MOST = 16;
    private static final double NAMES = 130;
    private static final double HEAD = 26;
    private static final double ROW = 22;
    private static final double NARROWEST = 58;
    private static final double WIDEST = 110;
    /** From this part of the highest on, a cell is so strong that what is written on it must be light. */
    private static final double STRONG = 0.55;

    private final Table table;
    private final Tooltip tooltip = new Tooltip();
    private final InvalidationListener themeListener;
    private WaitTable waits = WaitTable.of(List.of(), MOST);
    private List<String> names = List.of();

    WaitTableView(int pixelScale) {
        table = new Table(Math.max(1, pixelScale));
        themeListener = o -> table.repaint();
        setId("wait-matrix");
        setContent(table);
        setMinSize(0, 0);
        tooltip.setShowDelay(Duration.millis(150));
        table.setOnMouseMoved(e -> {
            String text = textAt(e.getX(), e.getY());
            tooltip.setText(text);
            if (text == null) {
                Tooltip.uninstall(table, tooltip);
            } else {
                Tooltip.install(table, tooltip);
            }
        });
        viewportBoundsProperty().addListener(o -> resize());
        Theme.current().addListener(themeListener);
    }

    /** @param threads names by number */
    void show(List<String> threads, LockContention lock) {
        names = threads;
        waits = WaitTable.of(WaitMatrix.of(List.of(lock)), MOST);
        resize();
        table.repaint();
    }

    private void resize() {
        double width = NAMES + waits.holders().size() * cellWidth() + 12;
        double height = HEAD + waits.waiters().size() * ROW + 6;
        table.setMinSize(width, height);
        table.setPrefSize(width, height);
    }

    private double cellWidth() {
        double room = (getViewportBounds().getWidth() - NAMES - 12) / Math.max(1, waits.holders().size());
        return Math.floor(Math.clamp(room, NARROWEST, WIDEST));
    }

    private String name(int thread) {
        return switch (thread) {
            case WaitTable.NOBODY -> "not seen";
            case WaitTable.REST -> "all others";
            default -> names.get(thread);
        };
    }

    private @Nullable String textAt(double x, double y) {
        int column = (int) Math.floor((x - NAMES) / cellWidth());
        int row = (int) Math.floor((y - HEAD) / ROW);
        if (column < 0 || row < 0 || row >= waits.waiters().size() || column >= waits.holders().size()) {
            return null;
        }
        double seconds = waits.seconds()[row][column];
        String holder = waits.holders().get(column) == WaitTable.NOBODY ? "nobody that was seen" : name(waits.holders().get(column));
        return name(waits.waiters().get(row)) + " waited " + (seconds > 0 ? Cells.seconds(seconds) + " for " + holder : "never for " + holder);
    }

    @Override
    public void close() {
        Theme.current().removeListener(themeListener);
    }

    private final class Table extends PixelCanvas {
        Table(int scale) {
            super(scale);
        }

        @Override
        protected void paint(GraphicsContext g, double width, double height) {
            Palette palette = Theme.current().get().palette();
            double cell = cellWidth();
            double highest = waits.highest();
            g.setFont(Texts.SMALL);
            g.setTextBaseline(VPos.CENTER);
            g.setFill(palette.muted());
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText("waits ↓    for →", 12, HEAD - 10);
            g.setTextAlign(TextAlignment.CENTER);
            for (int column = 0; column < waits.holders().size(); column++) {
                String name = Texts.fittingBothEnds(name(waits.holders().get(column)), Texts.SMALL, cell - 6);
                g.fillText(name, NAMES + (column + 0.5) * cell, HEAD - 10);
            }
            for (int row = 0; row < waits.waiters().size(); row++) {
                double middle = HEAD + (row + 0.5) * ROW;
                g.setFill(palette.text());
                g.setTextAlign(TextAlignment.LEFT);
                g.fillText(Texts.fittingBothEnds(name(waits.waiters().get(row)), Texts.SMALL, NAMES - 20), 12, middle);
                g.setTextAlign(TextAlignment.CENTER);
                for (int column = 0; column < waits.holders().size(); column++) {
                    paintCell(g, palette, waits.seconds()[row][column], highest, NAMES + column * cell, HEAD + row * ROW, cell);
                }
            }
            g.setTextAlign(TextAlignment.LEFT);
        }

        private void paintCell(GraphicsContext g, Palette palette, double seconds, double highest, double x, double y, double width) {
            double strength = highest == 0 ? 0 : seconds / highest;
            g.setFill(strength == 0 ? palette.subtle() : palette.background().interpolate(palette.of(ThreadState.LOCK), 0.08 + 0.92 * strength));
            g.fillRect(x, y, width - 1, ROW - 1);
            if (seconds > 0) {
                g.setFill(strength > STRONG ? Color.WHITE : palette.text());
                g.fillText(Cells.seconds(seconds), x + width / 2, y + ROW / 2);
            }
        }
    }
}

package io.threadlens.view.cores;

import io.threadlens.model.TimeRange;
import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.NumberRanges;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.CoreData;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.LaneImage;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.lanes.Veils;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Texts;
import io.threadlens.view.theme.Theme;
import io.threadlens.view.theme.ThreadColours;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Core × time under the lanes, at the same scale: which thread was on which core. Above, where it is known, the load of the machine. Pictures are made in the
 * background, the newest wins.
 */
public final class CoreLanesView extends BorderPane implements AutoCloseable {
    /** Width of what stands beside the lanes. */
    public static final double HEADER = 104;

    private static final double FOOT = 20;
    private static final double NAME_PADDING = 5;
    /** So many lengths of the screen back and on it is looked where a thread came from and went to. */
    private static final int SCREENS = 1;

    /** A slice under the mouse, with where its thread was before and after. */
    private record Hovered(CoreTimes.Slice slice, CoreTimes.@Nullable Slice before, CoreTimes.@Nullable Slice after) {}

    private final TimelineModel model;
    private final int forcedScale;
    private final Latest<CoreFrame.Request, CoreFrame> frames;
    private final ReadOnlyObjectWrapper<@Nullable CoreFrame> frame = new ReadOnlyObjectWrapper<>();
    private final PixelCanvas header;
    private final LaneImage image = new LaneImage();
    private final PixelCanvas overlay;
    private final StackPane body = new StackPane();
    private final ScrollBar scrollBar = new ScrollBar();
    private final Tooltip tooltip = new Tooltip();
    private final InvalidationListener asker = o -> ask();
    private final InvalidationListener painter = o -> repaintOver();
    private CoreFrame.@Nullable Request asked;
    private @Nullable Hovered hovered;
    private boolean seen;

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    public CoreLanesView(TimelineModel model, CoreData cores, int pixelScale, Consumer<Throwable> onFailure) {
        this.model = model;
        this.forcedScale = pixelScale;
        int canvasScale = Math.max(1, pixelScale);
        frames = new Latest<>("cores", request -> CoreFrame.build(request, cores.cores(request.data())), this::show, onFailure);
        setId("core-lanes");
        setMinSize(0, 0);
        header = new PixelCanvas(canvasScale) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintHeader(g, width, height);
            }
        };
        header.setMinWidth(HEADER);
        header.setPrefWidth(HEADER);
        overlay = new PixelCanvas(canvasScale) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintOver(g, width, height);
            }
        };
        image.setMouseTransparent(true);
        image.setManaged(false);
        body.setId("core-body");
        body.setMinSize(0, 0);
        body.getChildren().addAll(image, overlay);
        scrollBar.setOrientation(Orientation.VERTICAL);
        scrollBar.managedProperty().bind(scrollBar.visibleProperty());
        scrollBar.setVisible(false);
        setLeft(header);
        setCenter(body);
        setRight(scrollBar);
        tooltip.setShowDelay(Duration.millis(100));
        tooltip.setShowDuration(Duration.INDEFINITE);
        body.setOnMouseMoved(e -> pointAt(e.getX(), e.getY()));
        body.setOnMouseExited(e -> leave());
        CoreInput.install(this, body, model);
        listen();
    }

    private void listen() {
        model.data().addListener(asker);
        model.viewport().addListener(asker);
        model.moments().addListener(asker);
        Theme.current().addListener(asker);
        heightProperty().addListener(asker);
        scrollBar.valueProperty().addListener(asker);
        model.pinned().addListener(painter);
        model.hovered().addListener(painter);
        model.selection().addListener(painter);
    }

    /** Whether it is looked at; else no picture is made. */
    public void setSeen(boolean isSeen) {
        seen = isSeen;
        ask();
    }

    /** The picture on the screen; null before the first. */
    ReadOnlyObjectProperty<@Nullable CoreFrame> frame() {
        return frame.getReadOnlyProperty();
    }

    /** Where what is on the screen comes from, and what a colour stands for; null before there is any. */
    public @Nullable String legend() {
        CoreFrame shown = frame.get();
        if (shown == null) {
            return null;
        }
        return (shown.times().isExact() ? "Exact, from context switches" : "Estimated, from samples")
                + (shown.isMixed() ? "   ·   height: true share of a pixel busy, colour: the thread with most of it" : "   ·   colour: the thread");
    }

    /** To be told when there is another picture. */
    public void onFrame(Runnable action) {
        frame.addListener(o -> action.run());
    }

    private void ask() {
        int rows = (int) Math.floor((getHeight() - top() - FOOT) / CoreFrame.ROW);
        if (!seen || rows < 1 || model.viewport().get().width() <= 1) {
            return;
        }
        asked = new CoreFrame.Request(
                model.data().get(),
                model.viewport().get(),
                (int) Math.round(scrollBar.getValue()),
                rows,
                scale(),
                Theme.current().get().palette(),
                model.moments().get());
        frames.ask(asked);
    }

    private int scale() {
        if (forcedScale > 0) {
            return forcedScale;
        }
        return getScene() == null || getScene().getWindow() == null ? 1 : (int) Math.ceil(getScene().getWindow().getOutputScaleX());
    }

    private void show(CoreFrame shown) {
        frame.set(shown);
        image.show(shown.pixels(), shown.pixelWidth(), shown.pixelHeight(), shown.request().scale());
        image.relocate(0, top());
        int hidden = Math.max(0, shown.used().size() - shown.request().rows());
        scrollBar.setMax(hidden);
        scrollBar.setVisibleAmount((double) hidden * shown.request().rows() / Math.max(1, shown.used().size()));
        scrollBar.setVisible(hidden > 0);
        scrollBar.setValue(Math.min(scrollBar.getValue(), hidden));
        header.repaint();
        overlay.repaint();
    }

    void scroll(int rows) {
        scrollBar.setValue(Math.clamp(scrollBar.getValue() + rows, 0, scrollBar.getMax()));
    }

    private void repaintOver() {
        if (seen) {
            overlay.repaint();
        }
    }

    /** Whether what the model says is on the screen. */
    public boolean isSettled() {
        CoreFrame shown = frame.get();
        return !seen || (shown == null ? asked == null : shown.request() == asked);
    }

    /** Where the rows begin. */
    private double top() {
        return model.data().get().load().isKnown() ? LoadStrip.HEIGHT : 0;
    }

    // ---- the mouse

    CoreFrame.@Nullable Row rowAt(double y) {
        CoreFrame shown = frame.get();
        int row = (int) Math.floor((y - top()) / CoreFrame.ROW);
        return shown == null || row < 0 || row >= shown.rows().size() ? null : shown.rows().get(row);
    }

    /** The thread that a place stands for: that of the slice, or the one with most of the pixel; −1 where there is none. */
    int threadAt(double x, double y) {
        CoreFrame shown = frame.get();
        CoreFrame.Row row = rowAt(y);
        int px = (int) Math.floor(x);
        return shown == null || row == null || px < 0 || px >= row.shares().thread().length ? -1 : row.shares().thread()[px];
    }

    private void pointAt(double x, double y) {
        CoreFrame shown = frame.get();
        CoreFrame.Row row = rowAt(y);
        int thread = threadAt(x, y);
        if (shown == null || row == null || x < 0 || x >= row.shares().thread().length) {
            leave();
            return;
        }
        Viewport viewport = shown.request().viewport();
        long ns = viewport.timeAt(x);
        int px = (int) Math.floor(x);
        boolean single = row.shares().mostNs()[px] == row.shares().busyNs()[px];
        CoreTimes.Slice slice = single ? shown.times().at(row.core(), ns) : null;
        long length = viewport.lengthNs();
        hovered = slice == null ? null : new Hovered(
                slice,
                shown.times().before(slice, viewport.startNs() - SCREENS * length),
                shown.times().after(slice, viewport.endNs() + SCREENS * length));
        String text = hovered == null
                ? CoreTip.pixel(shown.request().data(), row, px, viewport.timeAt(px + 1) - viewport.timeAt(px))
                : CoreTip.slice(shown.request().data(), slice, ns, hovered.before, hovered.after);
        tooltip.setText(text);
        Tooltip.install(body, tooltip);
        model.hovered().set(thread < 0 ? null : new TimelineModel.Instant(thread, ns));
        overlay.repaint();
    }

    private void leave() {
        hovered = null;
        tooltip.hide();
        Tooltip.uninstall(body, tooltip);
        model.hovered().set(null);
        overlay.repaint();
    }

    // ---- painting

    private void paintHeader(GraphicsContext g, double width, double height) {
        CoreFrame shown = frame.get();
        if (shown == null) {
            return;
        }
        Palette palette = shown.request().palette();
        if (shown.load() != null) {
            LoadStrip.paintHeader(g, palette, shown.load(), 8, width);
        }
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Texts.SMALL);
        for (int i = 0; i < shown.rows().size(); i++) {
            double middle = top() + (i + 0.5) * CoreFrame.ROW;
            g.setFill(palette.text());
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText("core " + shown.rows().get(i).core(), 8, middle);
            g.setTextAlign(TextAlignment.RIGHT);
            g.fillText(TimeFormat.percent(shown.rows().get(i).share(), 1), width - 12, middle);
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.setStroke(palette.line());
        g.strokeLine(width - 0.5, 0, width - 0.5, height);
    }

    private void paintOver(GraphicsContext g, double width, double height) {
        CoreFrame shown = frame.get();
        if (shown == null) {
            return;
        }
        Palette palette = shown.request().palette();
        Viewport viewport = shown.request().viewport();
        double floor = top() + shown.rows().size() * CoreFrame.ROW;
        if (shown.load() != null) {
            LoadStrip.paint(g, palette, shown.load(), Math.max(1, shown.request().data().info().process().cores()), viewport.width());
        }
        paintNames(g, shown);
        Veils.paint(g, palette, shown.veils(), 0, floor);
        paintSelection(g, palette, viewport, floor);
        Hovered under = hovered;
        if (under != null) {
            CoreMarks.paint(g, shown, top(), under.slice(), under.before(), under.after());
        }
        paintCursors(g, palette, viewport, floor);
        paintUnused(g, shown, floor, width);
    }

    private void paintNames(GraphicsContext g, CoreFrame shown) {
        Viewport viewport = shown.request().viewport();
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        for (int i = 0; i < shown.rows().size(); i++) {
            double middle = top() + (i + 0.5) * CoreFrame.ROW;
            for (CoreTimes.Slice slice : shown.rows().get(i).wide()) {
                double from = Math.max(0, viewport.pxOf(slice.startNs()));
                double to = Math.min(viewport.width(), viewport.pxOf(slice.endNs()));
                String name = Texts.fittingBothEnds(CoreTip.name(shown.request().data(), slice.thread()), Texts.SMALL, to - from - 2 * NAME_PADDING);
                double wide = Texts.width(name, Texts.SMALL);
                if (wide > to - from - 2 * NAME_PADDING) {
                    continue;
                }
                // A plain ground under the name: patterns behind letters are hard to read.
                g.setFill(ThreadColours.of(slice.thread()));
                g.fillRect(from + NAME_PADDING - 2, middle - 7, wide + 4, 14);
                g.setFill(ThreadColours.textOn(slice.thread()));
                g.fillText(name, Math.round(from + NAME_PADDING), middle);
            }
        }
    }

    private void paintSelection(GraphicsContext g, Palette palette, Viewport viewport, double floor) {
        TimeRange selected = model.selection().get();
        if (selected == null) {
            return;
        }
        double left = Math.clamp(viewport.pxOf(selected.startNs()), -1, viewport.width() + 1);
        double right = Math.clamp(viewport.pxOf(selected.endNs()), -1, viewport.width() + 1);
        g.setFill(palette.background());
        g.setGlobalAlpha(0.5);
        g.fillRect(0, 0, Math.max(0, left), floor);
        g.fillRect(right, 0, Math.max(0, viewport.width() - right), floor);
        g.setGlobalAlpha(1);
        g.setStroke(palette.accent());
        g.strokeLine(Math.round(left) + 0.5, 0, Math.round(left) + 0.5, floor);
        g.strokeLine(Math.round(right) - 0.5, 0, Math.round(right) - 0.5, floor);
    }

    /** The pinned instant and the one under the mouse, as in the lanes. */
    private void paintCursors(GraphicsContext g, Palette palette, Viewport viewport, double floor) {
        TimelineModel.Instant pinned = model.pinned().get();
        if (pinned != null) {
            g.setStroke(palette.accent());
            double x = Math.floor(viewport.pxOf(pinned.ns())) + 0.5;
            g.strokeLine(x, 0, x, floor);
        }
        TimelineModel.Instant at = model.hovered().get();
        if (at != null) {
            g.setStroke(palette.text());
            g.setGlobalAlpha(0.55);
            double x = Math.floor(viewport.pxOf(at.ns())) + 0.5;
            g.strokeLine(x, 0, x, floor);
            g.setGlobalAlpha(1);
        }
    }

    private static void paintUnused(GraphicsContext g, CoreFrame shown, double floor, double width) {
        List<Integer> unused = shown.unused();
        if (unused.isEmpty()) {
            return;
        }
        String text = shown.used().isEmpty()
                ? "On which cores the program was is not known."
                : (unused.size() == 1 ? "Core " : "Cores ") + NumberRanges.text(unused) + (unused.size() == 1 ? " was" : " were") + " never used by the program.";
        g.setFont(Texts.SMALL);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(shown.request().palette().muted());
        g.fillText(Texts.fitting(text, Texts.SMALL, width - 12), 6, floor + FOOT / 2);
    }

    @Override
    public void close() {
        frames.close();
        Theme.current().removeListener(asker);
    }
}

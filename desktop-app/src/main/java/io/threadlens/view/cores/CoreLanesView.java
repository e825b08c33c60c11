package io.threadlens.view.cores;

import io.threadlens.timeline.CoreTimes;
import io.threadlens.timeline.Viewport;
import io.threadlens.view.data.CoreData;
import io.threadlens.view.data.Latest;
import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.LaneImage;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Theme;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Core × time under the lanes, at the same scale: which thread was on which core. Above, where it is known, the load of the machine. Pictures are made in the
 * background, the newest wins.
 */
public final class CoreLanesView extends BorderPane implements AutoCloseable {
    /** Width of what stands beside the lanes. */
    public static final double HEADER = 104;

    /** So many lengths of the screen back and on it is looked where a thread came from and went to. */
    private static final int SCREENS = 1;

    /** A slice under the mouse, with where its thread was before and after. */
    private record Hovered(CoreTimes.Slice slice, CoreTimes.@Nullable Slice before, CoreTimes.@Nullable Slice after) {}

    private final TimelineModel model;
    private final int forcedScale;
    private final Latest<CoreFrame.Request, CoreFrame> frames;
    private final ObjectProperty<@Nullable CoreFrame> frame = new SimpleObjectProperty<>();
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
    private double foot = CorePainter.FOOT;

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
                CoreFrame shown = frame.get();
                if (shown != null) {
                    new CorePainter(g, shown, top()).paintHeader(width, height);
                }
            }
        };
        header.setMinWidth(HEADER);
        header.setPrefWidth(HEADER);
        overlay = new PixelCanvas(canvasScale) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintOver(g, width);
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

    /** Where what is on the screen comes from; null before there is anything. */
    public @Nullable String source() {
        CoreFrame shown = frame.get();
        return shown == null ? null : shown.times().isExact() ? "Exact, from context switches" : "Estimated, from samples";
    }

    /** The same, and what a colour stands for. */
    public @Nullable String legend() {
        CoreFrame shown = frame.get();
        return shown == null ? null : source()
                + (shown.isMixed() ? "   ·   height: true share of a pixel busy, colour: the thread with most of it" : "   ·   colour: the thread");
    }

    /** To be told when there is another picture. */
    public void onFrame(Runnable action) {
        frame.addListener(o -> action.run());
    }

    private void ask() {
        double height = getHeight() - top() - foot;
        if (!seen || height < CoreFrame.LEAST_ROW || model.viewport().get().width() <= 1) {
            return;
        }
        asked = new CoreFrame.Request(
                model.data().get(),
                model.viewport().get(),
                (int) Math.round(scrollBar.getValue()),
                height,
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
        body.setAccessibleText(shown.inWords());
        int hidden = shown.used().size() - shown.rows().size();
        scrollBar.setMax(hidden);
        scrollBar.setVisibleAmount((double) hidden * shown.rows().size() / Math.max(1, shown.used().size()));
        scrollBar.setVisible(hidden > 0);
        scrollBar.setValue(Math.min(scrollBar.getValue(), hidden));
        header.repaint();
        overlay.repaint();
        double needed = shown.unused().isEmpty() ? 0 : CorePainter.FOOT;
        if (needed != foot) {
            foot = needed;
            ask();
        }
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
        int row = shown == null ? -1 : (int) Math.floor((y - top()) / shown.rowHeight());
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
        if (shown != null && shown.load() != null && y < top() && x >= 0 && x < shown.load().own().length) {
            forget();
            tell(LoadStrip.text(shown.load(), (int) Math.floor(x), BusyBrush.machineCores(shown.request().data())));
            return;
        }
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
        tell(text);
        model.hovered().set(thread < 0 ? null : new TimelineModel.Instant(thread, ns));
        overlay.repaint();
    }

    private void tell(String text) {
        tooltip.setText(text);
        Tooltip.install(body, tooltip);
    }

    private void leave() {
        tooltip.hide();
        Tooltip.uninstall(body, tooltip);
        forget();
    }

    private void forget() {
        hovered = null;
        model.hovered().set(null);
        overlay.repaint();
    }

    private void paintOver(GraphicsContext g, double width) {
        CoreFrame shown = frame.get();
        if (shown == null) {
            return;
        }
        CorePainter painter = new CorePainter(g, shown, top());
        painter.paintLoad();
        painter.paintNames();
        painter.paintVeils();
        painter.paintSelection(model.selection().get());
        Hovered under = hovered;
        if (under != null) {
            CoreMarks.paint(g, shown, top(), under.slice(), under.before(), under.after());
        }
        painter.paintCursors(model.pinned().get(), model.hovered().get());
        painter.paintUnused(width);
    }

    @Override
    public void close() {
        frames.close();
        Theme.current().removeListener(asker);
    }
}

package io.threadlens.view.detail;

import io.threadlens.analysis.CallPlace;
import io.threadlens.analysis.FlameLayout;
import io.threadlens.analysis.Function;
import io.threadlens.view.data.Latest;
import io.threadlens.view.lanes.PixelCanvas;
import io.threadlens.view.theme.Palette;
import io.threadlens.view.theme.Theme;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A flame graph: a click or Enter makes a box the widest, the arrows walk among the boxes. What it is of, how boxes are painted and what is said of them, those say
 * that extend it.
 *
 * @param <N> the places of the tree it shows
 * @param <Q> what is asked for a picture; each question is an object of its own
 */
public abstract class FlameGraph<N extends CallPlace<N>, Q> extends BorderPane implements AutoCloseable {
    private final PixelCanvas boxes;
    /** What the mouse is over and the keys are at: drawn anew with every move, the boxes are not. */
    private final PixelCanvas marks;

    private final StackPane graph = new StackPane();
    private final ScrollBar scroll = new ScrollBar();
    private final FlameTip tip = new FlameTip();
    private final Latest<Q, FlamePicture<N, Q>> laying;
    private final ReadOnlyObjectWrapper<@Nullable FlamePicture<N, Q>> picture = new ReadOnlyObjectWrapper<>();
    private final InvalidationListener themeListener = o -> repaint();
    private List<Function> zoom = List.of();
    private @Nullable Q asked;
    private int hovered = -1;
    private int focused;
    private @Nullable ContextMenu menu;

    /**
     * @param id         of the graph, and the name of the thread that lays it out
     * @param answer     not on the JavaFX thread
     * @param pixelScale device pixels per pixel
     */
    protected FlameGraph(String id, java.util.function.Function<Q, FlamePicture<N, Q>> answer, int pixelScale, Consumer<Throwable> onFailure) {
        laying = new Latest<>(id, answer, this::arrived, onFailure);
        boxes = new PixelCanvas(Math.max(1, pixelScale)) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintBoxes(g, height);
            }
        };
        marks = new PixelCanvas(Math.max(1, pixelScale)) {
            @Override
            protected void paint(GraphicsContext g, double width, double height) {
                paintMarks(g, height);
            }
        };
        graph.setId(id);
        graph.getStyleClass().add("flame");
        graph.getChildren().addAll(boxes, marks);
        graph.setMinSize(0, 0);
        graph.setFocusTraversable(true);
        graph.setAccessibleRole(AccessibleRole.PARENT);
        graph.setCursor(Cursor.HAND);
        scroll.setOrientation(Orientation.VERTICAL);
        setCenter(graph);
        setMargin(graph, new Insets(0, 0, 0, 12));
        setRight(scroll);
        setMinSize(0, 0);
        graph.widthProperty().addListener(o -> ask());
        graph.heightProperty().addListener(o -> arrangeScroll());
        graph.focusedProperty().addListener(o -> marks.repaint());
        scroll.valueProperty().addListener(o -> repaint());
        Theme.current().addListener(themeListener);
        graph.setOnMouseMoved(this::moved);
        graph.setOnMouseExited(e -> leave());
        graph.setOnMouseClicked(this::clicked);
        graph.setOnScroll(e -> {
            leave();
            scroll.setValue(Math.clamp(scroll.getValue() - e.getDeltaY(), 0, scroll.getMax()));
            e.consume();
        });
        graph.setOnKeyPressed(this::pressed);
        graph.setOnContextMenuRequested(this::menuRequested);
    }

    /** What to ask for; null as long as there is nothing to show. */
    protected abstract @Nullable Q question(List<Function> path, double width);

    /** Paints boxes and folds with it. */
    protected abstract FlamePainter<N> painter(GraphicsContext g, Palette palette, FlamePicture<N, Q> shown);

    /** What is said of a box, as one text, for those who do not see it. */
    protected abstract String text(FlamePicture<N, Q> shown, int box);

    /** The same to be seen, beside the mouse. */
    protected abstract Node tip(FlamePicture<N, Q> shown, int box);

    /** Where else a function is to be seen; null for nowhere. */
    protected @Nullable ContextMenu menuOf(Function function) {
        return null;
    }

    /** Whether the root is below. */
    protected boolean isUpwards() {
        return false;
    }

    /** What is on the screen. */
    public final ReadOnlyObjectProperty<@Nullable FlamePicture<N, Q>> picture() {
        return picture.getReadOnlyProperty();
    }

    public final boolean isSettled() {
        FlamePicture<N, Q> shown = picture.get();
        return asked == null || shown != null && shown.question() == asked;
    }

    /** Makes the box at the end of a path of functions the widest; of no path, that of everything. */
    public final void zoomTo(List<Function> path) {
        if (!path.equals(zoom)) {
            zoom = path;
            focused = 0;
            scroll.setValue(0);
        }
        ask();
    }

    /** Asks for a picture of what it is of now. */
    protected final void ask() {
        Q question = graph.getWidth() >= 1 ? question(zoom, Math.floor(graph.getWidth())) : null;
        if (question != null) {
            asked = question;
            laying.ask(question);
        }
    }

    private void arrived(FlamePicture<N, Q> next) {
        FlamePicture<N, Q> before = picture.get();
        boolean sameRoot = before != null && before.zoom().equals(next.zoom()) && focused < before.layout().boxes().size();
        focused = sameRoot && !next.isEmpty() ? next.layout().find(before.layout().path(focused)) : 0;
        leave();
        picture.set(next);
        arrangeScroll();
        repaint();
        tell();
    }

    // ---- drawing

    /** Paints the same boxes anew. */
    protected final void repaint() {
        boxes.repaint();
        marks.repaint();
    }

    /** Turns it over. */
    protected final void turned() {
        arrangeScroll();
        repaint();
    }

    private void arrangeScroll() {
        FlamePicture<N, Q> shown = picture.get();
        double height = shown == null ? 0 : shown.layout().rows() * FlamePainter.ROW;
        double room = graph.getHeight();
        double max = Math.max(0, height - room);
        scroll.setMax(max);
        scroll.setVisibleAmount(height <= 0 ? max : max * Math.min(1, room / height));
        scroll.setUnitIncrement(FlamePainter.ROW);
        scroll.setBlockIncrement(room);
        scroll.setValue(Math.min(scroll.getValue(), max));
        scroll.setVisible(max > 0);
    }

    private double top(int row, double height) {
        double fromRoot = row * FlamePainter.ROW - Math.round(scroll.getValue());
        return isUpwards() ? height - FlamePainter.ROW - fromRoot : fromRoot;
    }

    private void paintBoxes(GraphicsContext g, double height) {
        FlamePicture<N, Q> shown = picture.get();
        if (shown == null) {
            return;
        }
        FlamePainter<N> painter = painter(g, palette(), shown);
        for (FlameLayout.Box<N> box : shown.layout().boxes()) {
            double y = top(box.depth(), height);
            if (y > -FlamePainter.ROW && y < height) {
                painter.paint(box, y);
            }
        }
        shown.layout().folds().forEach(fold -> painter.paint(fold, top(fold.depth(), height)));
    }

    private void paintMarks(GraphicsContext g, double height) {
        FlamePicture<N, Q> shown = picture.get();
        if (shown == null || shown.isEmpty()) {
            return;
        }
        if (hovered >= 0) {
            FlamePainter.mark(g, shown.box(hovered), top(shown.box(hovered).depth(), height), palette().text(), 1);
        }
        if (graph.isFocused()) {
            FlamePainter.mark(g, shown.box(focused), top(shown.box(focused).depth(), height), palette().accent(), 2);
        }
    }

    private static Palette palette() {
        return Theme.current().get().palette();
    }

    // ---- mouse

    private int boxAt(double x, double y) {
        FlamePicture<N, Q> shown = picture.get();
        if (shown == null) {
            return -1;
        }
        double fromRoot = isUpwards() ? graph.getHeight() - y : y;
        return shown.layout().at((int) Math.floor((fromRoot + Math.round(scroll.getValue())) / FlamePainter.ROW), x);
    }

    private void moved(MouseEvent e) {
        int box = boxAt(e.getX(), e.getY());
        FlamePicture<N, Q> shown = picture.get();
        if (box < 0 || shown == null || menu != null && menu.isShowing()) {
            leave();
            return;
        }
        if (box != hovered) {
            hovered = box;
            marks.repaint();
        }
        tip.show(graph, text(shown, box), tip(shown, box), e.getScreenX(), e.getScreenY());
    }

    private void leave() {
        tip.hide();
        if (hovered >= 0) {
            hovered = -1;
            marks.repaint();
        }
    }

    private void clicked(MouseEvent e) {
        graph.requestFocus();
        int box = boxAt(e.getX(), e.getY());
        FlamePicture<N, Q> shown = picture.get();
        if (e.getButton() == MouseButton.PRIMARY && box >= 0 && shown != null && e.isStillSincePress()) {
            focus(box);
            zoomTo(shown.pathTo(box));
        }
    }

    private void menuRequested(ContextMenuEvent e) {
        FlamePicture<N, Q> shown = picture.get();
        int box = e.isKeyboardTrigger() ? focused : boxAt(e.getX(), e.getY());
        if (shown == null || shown.isEmpty() || box < 0) {
            return;
        }
        leave();
        focus(box);
        Function function = shown.box(box).node().function();
        ContextMenu next = function == null || function.equals(Function.NOT_KNOWN) ? null : menuOf(function);
        if (next == null) {
            return;
        }
        if (menu != null) {
            menu.hide();
        }
        menu = next;
        if (e.isKeyboardTrigger()) {
            Point2D place = graph.localToScreen(shown.box(box).x(), top(shown.box(box).depth(), graph.getHeight()) + FlamePainter.ROW);
            next.show(graph, place.getX(), place.getY());
        } else {
            next.show(graph, e.getScreenX(), e.getScreenY());
        }
        e.consume();
    }

    // ---- keys

    private void pressed(KeyEvent e) {
        FlamePicture<N, Q> shown = picture.get();
        if (shown == null || shown.isEmpty() || e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        FlameLayout<N> layout = shown.layout();
        boolean up = isUpwards();
        switch (e.getCode()) {
            case DOWN -> focus(up ? layout.boxes().get(focused).parent() : layout.firstChild(focused));
            case UP -> focus(up ? layout.firstChild(focused) : layout.boxes().get(focused).parent());
            case LEFT -> focus(layout.beside(focused, -1));
            case RIGHT -> focus(layout.beside(focused, 1));
            case ENTER -> zoomTo(shown.pathTo(focused));
            case BACK_SPACE, ESCAPE -> {
                if (shown.zoom().isEmpty()) {
                    return;
                }
                zoomTo(shown.zoom().subList(0, shown.zoom().size() - 1));
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    /** Goes to a box, and brings it onto the screen; nowhere for −1. */
    private void focus(int box) {
        FlamePicture<N, Q> shown = picture.get();
        if (box < 0 || shown == null) {
            return;
        }
        focused = box;
        double from = shown.box(box).depth() * FlamePainter.ROW;
        double room = graph.getHeight();
        scroll.setValue(Math.clamp(scroll.getValue(), Math.max(0, Math.min(scroll.getMax(), from + FlamePainter.ROW - room)), Math.max(0, Math.min(scroll.getMax(), from))));
        marks.repaint();
        tell();
    }

    private void tell() {
        FlamePicture<N, Q> shown = picture.get();
        graph.setAccessibleText(shown == null || shown.isEmpty() ? "Flame graph, empty" : text(shown, focused));
        graph.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    @Override
    public void close() {
        leave();
        laying.close();
        Theme.current().removeListener(themeListener);
    }
}

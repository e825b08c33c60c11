package io.threadlens.view.shell;

import io.threadlens.view.theme.Theme;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/** What every window of the app has: a bar, banners, a page in the middle, sheets in front, keys, files that are dropped, and work that one waits for. */
final class WindowFrame {
    private static final String APP = "Threadlens";

    private final Stage stage;
    private final Desk desk;
    private final BorderPane root = new BorderPane();
    private final WindowHands hands;
    private final Banners banners = new Banners();
    private WindowBar bar = new WindowBar();
    private @Nullable Waiting waiting;

    /** @param dropped told of the files that are dropped onto the window */
    WindowFrame(Stage stage, Desk desk, AppWindow window, Consumer<List<Path>> dropped) {
        this.stage = stage;
        this.desk = desk;
        this.hands = new WindowHands(window, this, desk.settings());
        // A window that is too small cuts off what is to the right and below, and nothing else.
        root.setMinSize(0, 0);
        Scene scene = new Scene(new StackPane(root, hands.sheet()), 1200, 780);
        Theme.dress(scene);
        new WindowKeys(window, this, hands).install(scene);
        scene.setOnDragOver(e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY);
            }
        });
        scene.setOnDragDropped(e -> {
            dropped.accept(e.getDragboard().getFiles().stream().map(File::toPath).toList());
            e.setDropCompleted(true);
        });
        stage.setScene(scene);
        // Less, and the status line and the list of processes would be cut off.
        stage.setMinWidth(900);
        stage.setMinHeight(520);
        WindowLayout.restore(stage, desk.settings());
        setBar(bar);
        String damage = desk.settings().damage();
        if (damage != null) {
            banners.warn("Settings", damage);
        }
    }

    Stage stage() {
        return stage;
    }

    Banners banners() {
        return banners;
    }

    WindowBar bar() {
        return bar;
    }

    void setBar(WindowBar shown) {
        bar = shown;
        root.setTop(new VBox(shown, banners));
        shown.bind(hands);
    }

    void setPage(Node page) {
        root.setCenter(page);
    }

    /** @param what is shown; empty where nothing is */
    void setTitle(String what) {
        stage.setTitle(what.isEmpty() ? APP : what + " – " + APP);
    }

    /** Closes it as a person would: asks first where something would be lost. */
    void close() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    /** A stage for another window, a little beside this one. */
    Stage beside() {
        Stage other = new Stage();
        other.setX(stage.getX() + 30);
        other.setY(stage.getY() + 30);
        return other;
    }

    /** Asks for a recording; null where nobody wanted to. */
    @Nullable Path chooseOpen() {
        Path file = desk.chooseOpen(stage);
        if (file != null) {
            rememberFolder(file);
        }
        return file;
    }

    /** Asks where to save; null where nobody wanted to. */
    @Nullable Path chooseSave(String name) {
        Path file = desk.chooseSave(stage, name);
        if (file != null) {
            rememberFolder(file);
        }
        return file;
    }

    private void rememberFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            desk.settings().change(settings -> settings.withFolder(folder));
        }
    }

    /** Begins to wait. Whoever has asked for something asks for nothing else meanwhile, unless {@code leaving} lets the page be used. */
    void wait(Waiting begun, boolean leaving) {
        endWaiting();
        waiting = begun;
        root.getCenter().setMouseTransparent(!leaving);
    }

    void endWaiting() {
        if (waiting != null) {
            waiting.end();
            waiting = null;
        }
    }

    /** Stops what one waits for; false where one waits for nothing. */
    boolean cancelWaiting() {
        Waiting now = waiting;
        if (now == null) {
            return false;
        }
        waiting = null;
        now.cancel();
        return true;
    }
}

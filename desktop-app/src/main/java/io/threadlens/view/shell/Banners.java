package io.threadlens.view.shell;

import atlantafx.base.controls.Message;
import atlantafx.base.theme.Styles;
import io.threadlens.view.theme.Icons;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** What the window has to say: under its bar, one at a time. Good news goes away by itself. */
final class Banners extends VBox {
    private static final Duration GOOD_NEWS = Duration.seconds(8);

    private final Timeline timer = new Timeline(new KeyFrame(GOOD_NEWS, e -> clear()));

    Banners() {
        setId("banners");
        getStyleClass().add("banners");
        managedProperty().bind(visibleProperty());
        setVisible(false);
        // Text is broken anew where the window becomes narrower.
        setMinWidth(0);
    }

    void good(String title, String text) {
        show(message(title, text, MaterialDesignC.CHECK_CIRCLE_OUTLINE, Styles.SUCCESS));
        timer.playFromStart();
    }

    void warn(String title, String text) {
        show(message(title, text, MaterialDesignA.ALERT_OUTLINE, Styles.WARNING));
    }

    void bad(String title, String text) {
        show(message(title, text, MaterialDesignA.ALERT_CIRCLE_OUTLINE, Styles.DANGER));
    }

    void bad(String title, Throwable failure) {
        System.getLogger(Banners.class.getName()).log(System.Logger.Level.DEBUG, title, failure);
        bad(title, failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /** Asks before something is done; returns the button that does it. */
    Node ask(String title, String text, String yes, Runnable action) {
        return ask(title, text, yes, action, "Cancel", () -> {});
    }

    /** Asks which of two things is to be done; returns the button that does the first. */
    Node ask(String title, String text, String yes, Runnable action, String no, Runnable otherwise) {
        Button doIt = new Button(yes);
        doIt.setId("banner-yes");
        doIt.getStyleClass().add(Styles.ACCENT);
        doIt.setMinWidth(USE_PREF_SIZE);
        Button cancel = new Button(no);
        cancel.setMinWidth(USE_PREF_SIZE);
        Message message = message(title, text, MaterialDesignA.ALERT_OUTLINE, Styles.WARNING);
        HBox.setHgrow(message, Priority.ALWAYS);
        HBox row = new HBox(8, message, doIt, cancel);
        row.getStyleClass().add("question");
        doIt.setOnAction(e -> {
            doIt.setDisable(true);
            action.run();
        });
        cancel.setOnAction(e -> {
            clear();
            otherwise.run();
        });
        show(row);
        return doIt;
    }

    void clear() {
        timer.stop();
        getChildren().clear();
        setVisible(false);
    }

    private Message message(String title, String text, Ikon icon, String style) {
        Message message = new Message(title, text, Icons.of(icon));
        message.getStyleClass().add(style);
        message.setMinWidth(0);
        message.setOnClose(e -> clear());
        return message;
    }

    void show(Node node) {
        timer.stop();
        getChildren().setAll(node);
        setVisible(true);
    }
}

package io.threadlens.view.shell;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A card in front of the window: the palette, the keys, the settings, the marks. One at a time; Escape and a click beside it take it away, and the keys go back to
 * where they went before. What is behind it gets neither mouse nor keys.
 */
final class Sheet extends StackPane {
    private static final double MARGIN = 24;

    private @Nullable Node before;
    private @Nullable Node first;

    Sheet() {
        setId("sheet");
        getStyleClass().add("sheet");
        setVisible(false);
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            if (e.getTarget() == this) {
                hide();
            }
            e.consume();
        });
        addEventHandler(KeyEvent.ANY, e -> {
            if (e.getEventType() == KeyEvent.KEY_PRESSED && e.getCode() == KeyCode.ESCAPE) {
                hide();
            }
            e.consume();
        });
        sceneProperty().addListener((o, was, is) -> is.focusOwnerProperty().addListener((p, from, to) -> keepFocus(to)));
    }

    /** @param focus what inside the card gets the keys */
    void show(Region card, Node focus) {
        if (!isVisible()) {
            before = getScene().getFocusOwner();
        }
        card.getStyleClass().add("card");
        card.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        card.maxHeightProperty().bind(heightProperty().subtract(2 * MARGIN));
        card.setMinHeight(0);
        setAlignment(card, Pos.TOP_CENTER);
        getChildren().setAll(card);
        setVisible(true);
        first = focus;
        applyCss();
        focus.requestFocus();
    }

    void hide() {
        Node back = before;
        setVisible(false);
        first = null;
        before = null;
        getChildren().clear();
        if (back != null && back.getScene() == getScene()) {
            back.requestFocus();
        }
    }

    /** The tab key goes round within the card. */
    private void keepFocus(@Nullable Node to) {
        Node inside = first;
        if (inside == null) {
            return;
        }
        for (Node at = to; at != null; at = at.getParent()) {
            if (at == this) {
                return;
            }
        }
        inside.requestFocus();
    }
}

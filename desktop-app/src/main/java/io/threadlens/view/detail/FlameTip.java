package io.threadlens.view.detail;

import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;

/** What is said of the box under the mouse; it moves along with the mouse. */
final class FlameTip extends Tooltip {
    private static final double BESIDE = 14;

    FlameTip() {
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().add("flame-tip");
    }

    /** @param text the same as the content, for those who do not see it */
    void show(Node owner, String text, Node content, double screenX, double screenY) {
        setText(text);
        setGraphic(content);
        if (isShowing()) {
            setAnchorX(screenX + BESIDE);
            setAnchorY(screenY + BESIDE);
        } else {
            show(owner, screenX + BESIDE, screenY + BESIDE);
        }
    }
}

package io.threadlens.view.detail;

import atlantafx.base.theme.Styles;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** Buttons beside each other, one of which is always pressed: a click on it does not let go of it. */
public final class Pills extends HBox {
    private final ToggleGroup group = new ToggleGroup();

    public Pills() {
        getStyleClass().add("pills");
        setMinWidth(USE_PREF_SIZE);
        group.selectedToggleProperty().addListener((o, was, is) -> {
            if (is == null && was != null) {
                was.setSelected(true);
            }
        });
    }

    /** Adds a button to the right. */
    public ToggleButton add(String text, String id) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setToggleGroup(group);
        button.getStyleClass().add(Styles.SMALL);
        button.setMinWidth(USE_PREF_SIZE);
        getChildren().add(button);
        for (int i = 0; i < getChildren().size(); i++) {
            getChildren().get(i).getStyleClass().removeAll(Styles.LEFT_PILL, Styles.CENTER_PILL, Styles.RIGHT_PILL);
            getChildren().get(i).getStyleClass().add(i == 0 ? Styles.LEFT_PILL : i == getChildren().size() - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
        }
        return button;
    }

    public void selectFirst() {
        group.getToggles().getFirst().setSelected(true);
    }
}

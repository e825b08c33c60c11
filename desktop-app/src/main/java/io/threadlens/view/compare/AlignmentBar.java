package io.threadlens.view.compare;

import atlantafx.base.theme.Styles;
import io.threadlens.timeline.TimeFormat;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/** Chooses which moments of two timelines are at the same place, and says how much of each is visible. */
final class AlignmentBar extends HBox {
    AlignmentBar(LinkedTimelines links) {
        getStyleClass().add("alignment-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label name = new Label("Aligned");
        ToggleButton time = button("by time", "align-time", "By time: both from their beginning, at one scale. The shorter one ends earlier.", Styles.LEFT_PILL);
        ToggleButton phase = button("by phase", "align-phase", "By phase: " + links.phases().words() + ".", Styles.RIGHT_PILL);
        Map<Alignment, ToggleButton> buttons = new EnumMap<>(Map.of(Alignment.TIME, time, Alignment.PHASE, phase));
        ToggleGroup group = new ToggleGroup();
        buttons.forEach((alignment, button) -> {
            button.setToggleGroup(group);
            button.setOnAction(e -> {
                links.alignment().set(alignment);
                // A click on what is chosen already chooses it still.
                button.setSelected(true);
            });
        });
        links.alignment().addListener((o, was, is) -> buttons.get(is).setSelected(true));
        buttons.get(links.alignment().get()).setSelected(true);
        HBox choice = new HBox(time, phase);
        choice.setMinWidth(USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label range = new Label();
        range.setId("pair-range");
        InvalidationListener changed = o -> range.setText(visible(links));
        links.a().viewport().addListener(changed);
        links.b().viewport().addListener(changed);
        range.setText(visible(links));
        getChildren().addAll(name, choice, gap, range);
    }

    private static ToggleButton button(String text, String id, String meaning, String pill) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.getStyleClass().add(pill);
        Tooltip tooltip = new Tooltip(meaning);
        tooltip.setShowDelay(Duration.millis(250));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        button.setTooltip(tooltip);
        return button;
    }

    private static String visible(LinkedTimelines links) {
        String a = TimeFormat.length(links.a().viewport().get().lengthNs());
        String b = TimeFormat.length(links.b().viewport().get().lengthNs());
        return a.equals(b) ? "showing " + a : "showing " + a + " of A, " + b + " of B";
    }
}

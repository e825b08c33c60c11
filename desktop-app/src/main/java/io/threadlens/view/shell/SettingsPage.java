package io.threadlens.view.shell;

import atlantafx.base.theme.Styles;
import io.threadlens.model.ThreadState;
import io.threadlens.session.SettingsStore;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.theme.Appearance;
import io.threadlens.view.theme.StateSwatch;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** How the app looks and which keys it has. What is chosen holds at once, in every window, and stays. */
final class SettingsPage extends VBox {
    private Node first = this;

    SettingsPage(SettingsStore store) {
        super(16);
        setId("settings");
        setPrefWidth(520);
        Label title = new Label("Settings");
        title.getStyleClass().add(Styles.TITLE_4);
        Node theme = choice("Theme", List.of(Appearance.values()), Appearance.of(store.get()), Appearance::title, chosen -> chosen.choose(store));
        Node colours = choice("Colours of the states", List.of(false, true), Appearance.isSafe(store.get()), SettingsPage::colours,
                safe -> Appearance.chooseSafe(store, safe));
        Node keys = choice("Keys", List.of(KeyPreset.values()), KeyPreset.current().get(), SettingsPage::keys, preset -> preset.choose(store));
        getChildren().addAll(List.of(title, theme, colours, states(), keys));
    }

    Node first() {
        return first;
    }

    private static String colours(boolean safe) {
        return safe ? "Colour-blind safe" : "Standard";
    }

    private static String keys(KeyPreset preset) {
        return preset == KeyPreset.THREADLENS ? preset.title() : "As in " + preset.title();
    }

    private <A> Node choice(String title, List<A> all, A chosen, Function<A, String> name, Consumer<A> choose) {
        Label head = new Label(title);
        head.getStyleClass().add("side-title");
        FlowPane row = new FlowPane(18, 8);
        ToggleGroup group = new ToggleGroup();
        for (A one : all) {
            RadioButton button = new RadioButton(name.apply(one));
            button.setToggleGroup(group);
            button.setSelected(one.equals(chosen));
            button.setOnAction(e -> choose.accept(one));
            row.getChildren().add(button);
            if (first == this && one.equals(chosen)) {
                first = button;
            }
        }
        return new VBox(8, head, row);
    }

    /** How the states look in the colours in use. */
    private static Node states() {
        FlowPane row = new FlowPane(14, 6);
        for (ThreadState state : LaneRaster.TOP_TO_BOTTOM) {
            Label label = new Label(state.label(), new StateSwatch(state));
            label.getStyleClass().add("caption");
            row.getChildren().add(label);
        }
        return row;
    }
}

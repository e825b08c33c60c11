package io.threadlens.view.detail;

import io.threadlens.analysis.Measure;
import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.view.theme.StateSwatch;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Side;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/** Chooses which time counts: all, that on a core, or that in some states, which a menu offers. */
public final class MeasurePicker extends HBox {
    private final ObjectProperty<Measure> measure;
    private final Pills pills = new Pills();
    private final ToggleButton wall = pills.add("Wall", "measure-wall");
    private final ToggleButton core = pills.add("On a core", "measure-core");
    private final ToggleButton some = pills.add("States …", "measure-states");
    private final ContextMenu menu = new ContextMenu();
    private final Map<ThreadState, CheckMenuItem> items = new EnumMap<>(ThreadState.class);

    public MeasurePicker(ObjectProperty<Measure> measure) {
        this.measure = measure;
        getChildren().add(pills);
        setMinWidth(USE_PREF_SIZE);
        wall.setTooltip(new Tooltip("All time, whatever the threads did in it"));
        core.setTooltip(new Tooltip("Time on a core: running and native"));
        some.setTooltip(new Tooltip("Time in states of your choice"));
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            CheckMenuItem item = new CheckMenuItem(state.label(), new StateSwatch(state));
            item.setId("measure-" + state.label());
            item.setOnAction(e -> chosen());
            items.put(state, item);
            menu.getItems().add(item);
        }
        wall.setOnAction(e -> choose(Measure.WALL));
        core.setOnAction(e -> choose(Measure.ON_CORE));
        some.setOnAction(e -> menu.show(some, Side.BOTTOM, 0, 2));
        menu.setOnHidden(e -> show());
        measure.addListener(o -> show());
        show();
    }

    private void choose(Measure chosen) {
        measure.set(chosen);
        show();
    }

    private void chosen() {
        Set<ThreadState> states = EnumSet.noneOf(ThreadState.class);
        items.forEach((state, item) -> {
            if (item.isSelected()) {
                states.add(state);
            }
        });
        measure.set(states.isEmpty() ? Measure.WALL : Measure.of(states));
    }

    private void show() {
        Measure now = measure.get();
        boolean states = now != Measure.WALL && now != Measure.ON_CORE;
        (now == Measure.WALL ? wall : now == Measure.ON_CORE ? core : some).setSelected(true);
        items.forEach((state, item) -> item.setSelected(states && now.states().contains(state)));
        some.setText(states ? EnumSet.copyOf(now.states()).stream().map(ThreadState::label).collect(Collectors.joining(", ")) : "States …");
    }
}

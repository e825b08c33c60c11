package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneRaster;
import io.threadlens.timeline.TimeFormat;
import io.threadlens.view.theme.StateSwatch;
import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** Colour, pattern and name of each state, with its share of the time on the screen, of all threads that have a lane, in sight or not. */
final class LegendView extends FlowPane {
    private final Label ofAll = new Label("Of all moments:");
    private final Map<ThreadState, Label> shares = new EnumMap<>(ThreadState.class);

    LegendView() {
        super(16, 2);
        setPrefWrapLength(1_000);
        getStyleClass().add("legend");
        setAlignment(Pos.CENTER_LEFT);
        ofAll.setTooltip(new Tooltip("The shares here and beside the lanes do not leave out the moments that are dimmed; the table of threads does."));
        ofAll.managedProperty().bind(ofAll.visibleProperty());
        getChildren().add(ofAll);
        for (int i = LaneRaster.TOP_TO_BOTTOM.length - 1; i >= 0; i--) {
            ThreadState state = LaneRaster.TOP_TO_BOTTOM[i];
            Label label = new Label(state.label(), new StateSwatch(state));
            label.setTooltip(new Tooltip(StateSwatch.meaning(state)));
            shares.put(state, label);
            getChildren().add(label);
        }
    }

    /**
     * @param states  time per state
     * @param isChosen whether only chosen moments are shown, which these times do not heed
     */
    void show(long[] states, boolean isChosen) {
        ofAll.setVisible(isChosen);
        long all = 0;
        for (long time : states) {
            all += time;
        }
        for (Map.Entry<ThreadState, Label> entry : shares.entrySet()) {
            long time = states[entry.getKey().code()];
            entry.getValue().setText(entry.getKey().label() + (time == 0 ? "" : "  " + TimeFormat.percent(time, all)));
            entry.getValue().setOpacity(time == 0 ? 0.55 : 1);
        }
    }
}

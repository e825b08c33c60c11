package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneOrder.Sorting;
import io.threadlens.view.data.TimelineModel;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/** What of the lanes is not as it is at first, each with a way back; nothing where everything is. */
final class LaneChips extends FlowPane {
    private final TimelineModel model;

    LaneChips(TimelineModel model) {
        super(6, 4);
        setPrefWrapLength(1_000);
        this.model = model;
        setId("lane-chips");
        getStyleClass().add("lane-chips");
        setAlignment(Pos.CENTER_LEFT);
        managedProperty().bind(visibleProperty());
        InvalidationListener changed = o -> update();
        model.arranging().order().addListener(changed);
        model.chosenThreads().addListener(changed);
        model.selection().addListener(changed);
        update();
    }

    private void update() {
        LaneOrder now = model.arranging().order().get();
        String when = model.selection().get() == null ? "the whole recording" : "the selected range";
        getChildren().clear();
        if (now.grouping() != Grouping.NONE) {
            chip(now.grouping() == Grouping.NAME ? "grouped by name" : "grouped by role", "One lane for each group; the arrow shows its threads",
                    () -> change(now.grouped(Grouping.NONE)));
        }
        if (!now.sorting().equals(Sorting.START)) {
            chip("sorted by " + by(now.sorting()), now.sorting().isOfTime() ? "The most comes first, of " + when : "In the order of the names",
                    () -> change(now.sorted(Sorting.START)));
        }
        if (now.spent() != null) {
            chip("only " + atLeast(now.spent().leastShare()) + " " + in(now.spent().state()), "Of a thread's life within " + when,
                    () -> change(now.spending(null)));
        }
        if (!now.function().isEmpty()) {
            chip("only callers of " + now.function(), "Threads that had it on their stack at some tick of " + when, () -> change(now.calling("")));
        }
        if (!now.hidden().isEmpty()) {
            chip(now.hidden().size() + " hidden", "Show them again", () -> change(now.hiding(Set.of())));
        }
        int chosen = model.chosenThreads().get().size();
        if (chosen > 0) {
            chip(chosen == 1 ? "1 thread chosen" : chosen + " threads chosen", "Tables and graphs are about these; take all again",
                    () -> model.chosenThreads().set(Set.of()));
        }
        setVisible(!getChildren().isEmpty());
    }

    private void change(LaneOrder to) {
        model.arranging().change(now -> to);
    }

    private void chip(String text, String tooltip, Runnable back) {
        Button chip = new Button(text + "  ×");
        chip.getStyleClass().add("lane-chip");
        chip.setTooltip(new Tooltip(tooltip));
        chip.setOnAction(e -> back.run());
        getChildren().add(chip);
    }

    private static String by(Sorting sorting) {
        return switch (sorting.by()) {
            case START -> "start";
            case NAME -> "name";
            case CPU -> "CPU time";
            case STATE -> "time " + in(sorting.state());
        };
    }

    /** Being in a state, as part of a sentence. */
    static String in(ThreadState state) {
        return switch (state) {
            case LOCK -> "waiting for locks";
            case GIL -> "waiting for the GIL";
            case RUNNABLE -> "ready without a core";
            case PAUSED -> "paused";
            case SIGNAL -> "waiting for work";
            case NATIVE -> "in native code";
            case IO -> "in io";
            case RUNNING, IDLE, UNKNOWN -> state.label();
        };
    }

    static String atLeast(double share) {
        return share == 0 ? "any time" : Math.round(100 * share) + " % or more";
    }
}

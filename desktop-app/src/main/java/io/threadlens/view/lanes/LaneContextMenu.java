package io.threadlens.view.lanes;

import io.threadlens.timeline.Lane;
import io.threadlens.view.data.LaneArranging;
import io.threadlens.view.data.TimelineModel;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What can be done with a lane. */
final class LaneContextMenu {
    private final TimelineModel model;
    private final ContextMenu menu = new ContextMenu();

    LaneContextMenu(TimelineModel model) {
        this.model = model;
    }

    void show(Node over, Lane lane, double screenX, double screenY) {
        LaneArranging lanes = model.arranging();
        Set<Integer> threads = Set.copyOf(lane.threads());
        boolean atTop = lanes.order().get().pinned().containsAll(threads);
        menu.getItems().clear();
        if (lane instanceof Lane.OfGroup of) {
            add(of.open() ? "Close group" : "Show its threads", () -> lanes.change(order -> order.opening(of.key(), !of.open())));
        } else if (lane instanceof Lane.OfThread of) {
            add(of.calls() > 0 ? "Close calls" : "Show calls over time", () -> lanes.openCalls(of.thread(), of.calls() == 0));
        }
        add(threads.size() == 1 ? "Choose for tables and graphs" : "Choose group for tables and graphs", () -> model.chosenThreads().set(threads));
        if (!model.chosenThreads().get().isEmpty()) {
            add("Choose all threads again", () -> model.chosenThreads().set(Set.of()));
        }
        menu.getItems().add(new SeparatorMenuItem());
        add(atTop ? "Let go from the top" : "Pin to the top", () -> lanes.pin(lane.threads(), !atTop));
        add("Hide", () -> lanes.hide(threads));
        add(threads.size() == 1 ? "Hide all others" : "Hide all but this group", () -> lanes.showOnly(threads));
        Set<Integer> chosen = model.chosenThreads().get();
        if (!chosen.isEmpty() && !chosen.equals(threads)) {
            add("Hide all but the chosen", () -> lanes.showOnly(chosen));
        }
        menu.show(over, screenX, screenY);
    }

    private void add(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(e -> action.run());
        menu.getItems().add(item);
    }

    void hide() {
        menu.hide();
    }
}

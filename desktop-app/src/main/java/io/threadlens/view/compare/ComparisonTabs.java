package io.threadlens.view.compare;

import io.threadlens.view.data.Settling;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** The tabs below two timelines. What works in the background in them is {@link Settling}, and is closed with the page. */
public final class ComparisonTabs extends TabPane implements Settling {
    ComparisonTabs() {
        setId("comparison-tabs");
        getStyleClass().add("detail");
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        setMinSize(0, 0);
    }

    /** Adds a tab behind those that there are. */
    public void add(String id, String title, Node content) {
        Tab tab = new Tab(title, content);
        tab.setId(id);
        getTabs().add(tab);
    }

    /** Brings a tab to the front; where there is none of that id, nothing changes. */
    public void select(String id) {
        getTabs().stream().filter(tab -> id.equals(tab.getId())).findFirst().ifPresent(getSelectionModel()::select);
    }

    /** The id of the tab in front; empty where there is none. */
    public String front() {
        Tab front = getSelectionModel().getSelectedItem();
        return front == null ? "" : front.getId();
    }

    @Override
    public boolean isSettled() {
        return getTabs().stream().allMatch(tab -> !(tab.getContent() instanceof Settling content) || content.isSettled());
    }

    @Override
    public void close() {
        for (Tab tab : getTabs()) {
            if (tab.getContent() instanceof Settling content) {
                content.close();
            }
        }
    }
}

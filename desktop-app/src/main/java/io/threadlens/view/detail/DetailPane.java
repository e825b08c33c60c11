package io.threadlens.view.detail;

import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** The tabs below the timeline, one a {@link Topic}. */
public final class DetailPane extends TabPane implements AutoCloseable {
    private final FindingsTab findings;
    private final ContentionTab contention;
    private final ThreadsTab threads;
    private final StacksTab stacks;
    private final FunctionsTab functions;

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    public DetailPane(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        getStyleClass().add("detail");
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        findings = new FindingsTab(model, onFailure);
        contention = new ContentionTab(model, pixelScale, onFailure);
        threads = new ThreadsTab(model, onFailure);
        stacks = new StacksTab(model, onFailure);
        functions = new FunctionsTab(model, onFailure);
        Map<Topic, Tab> tabs = new EnumMap<>(Topic.class);
        tabs.put(Topic.FINDINGS, findings);
        tabs.put(Topic.CONTENTION, contention);
        tabs.put(Topic.THREADS, threads);
        tabs.put(Topic.STACKS, stacks);
        tabs.put(Topic.FUNCTIONS, functions);
        getTabs().addAll(tabs.values());
        model.topic().addListener((o, was, is) -> getSelectionModel().select(tabs.get(is)));
        getSelectionModel().selectedIndexProperty().addListener((o, was, is) -> model.topic().set(Topic.values()[is.intValue()]));
        getSelectionModel().select(tabs.get(model.topic().get()));
    }

    /** Whether what the tab in front counted is on the screen. */
    public boolean isSettled() {
        return findings.isSettled() && contention.isWhole() && functions.isSettled();
    }

    @Override
    public void close() {
        findings.close();
        contention.close();
        threads.close();
        stacks.close();
        functions.close();
    }
}

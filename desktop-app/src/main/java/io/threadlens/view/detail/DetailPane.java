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
    private final CoresTab cores;
    private final ThreadsTab threads;
    private final StacksTab stacks;
    private final FunctionsTab functions;
    private final FlameTab flame;
    private final CallsTab calls;
    private final SourceTab source;

    /** @param pixelScale device pixels per pixel; 0 takes the window's */
    public DetailPane(TimelineModel model, int pixelScale, Consumer<Throwable> onFailure) {
        getStyleClass().add("detail");
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        findings = new FindingsTab(model, onFailure);
        contention = new ContentionTab(model, pixelScale, onFailure);
        cores = new CoresTab(model, pixelScale, onFailure);
        threads = new ThreadsTab(model, onFailure);
        stacks = new StacksTab(model, onFailure);
        functions = new FunctionsTab(model, onFailure);
        flame = new FlameTab(model, pixelScale, onFailure);
        calls = new CallsTab(model, onFailure);
        source = new SourceTab(model, onFailure);
        Map<Topic, Tab> tabs = new EnumMap<>(Topic.class);
        tabs.put(Topic.FINDINGS, findings);
        tabs.put(Topic.CONTENTION, contention);
        tabs.put(Topic.CORES, cores);
        tabs.put(Topic.THREADS, threads);
        tabs.put(Topic.STACKS, stacks);
        tabs.put(Topic.FUNCTIONS, functions);
        tabs.put(Topic.FLAME, flame);
        tabs.put(Topic.CALLS, calls);
        tabs.put(Topic.SOURCE, source);
        getTabs().addAll(tabs.values());
        model.topic().addListener((o, was, is) -> getSelectionModel().select(tabs.get(is)));
        getSelectionModel().selectedIndexProperty().addListener((o, was, is) -> model.topic().set(Topic.values()[is.intValue()]));
        getSelectionModel().select(tabs.get(model.topic().get()));
    }

    /** Whether what the tab in front counted is on the screen. */
    public boolean isSettled() {
        return findings.isSettled() && contention.isWhole() && functions.isSettled() && cores.isWhole() && flame.isWhole() && calls.isWhole()
                && source.isWhole();
    }

    @Override
    public void close() {
        findings.close();
        contention.close();
        cores.close();
        threads.close();
        stacks.close();
        functions.close();
        flame.close();
        calls.close();
        source.close();
    }
}

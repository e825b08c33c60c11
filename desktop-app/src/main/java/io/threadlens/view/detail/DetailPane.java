package io.threadlens.view.detail;

import io.threadlens.view.data.TimelineModel;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** The tabs below the timeline. */
public final class DetailPane extends TabPane implements AutoCloseable {
    private final ThreadsTab threads;
    private final StacksTab stacks;
    private final FunctionsTab functions;

    public DetailPane(TimelineModel model, Consumer<Throwable> onFailure) {
        getStyleClass().add("detail");
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        threads = new ThreadsTab(model, onFailure);
        stacks = new StacksTab(model, onFailure);
        functions = new FunctionsTab(model, onFailure);
        getTabs().addAll(List.of(threads, stacks, functions));
        // Whoever clicks on a lane asks what it did there.
        model.pinned().addListener((o, was, is) -> {
            if (is != null && was == null) {
                getSelectionModel().select(stacks);
            }
        });
    }

    public Tab threads() {
        return threads;
    }

    public Tab stacks() {
        return stacks;
    }

    public Tab functions() {
        return functions;
    }

    @Override
    public void close() {
        threads.close();
        stacks.close();
        functions.close();
    }
}

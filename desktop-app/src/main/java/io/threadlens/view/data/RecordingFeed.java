package io.threadlens.view.data;

import io.threadlens.recording.Recording;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** Reads a recording in the background, again whenever it has grown, and hands what it read to the JavaFX thread. */
public final class RecordingFeed implements AutoCloseable {
    /** Batches come ten times a second; asking twice as often shows each without a noticeable wait. */
    private static final long EVERY_MS = 50;

    private final Recording recording;
    private final Consumer<RecordingData> onData;
    private final Consumer<Throwable> onFailure;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("threadlens-feed").factory());
    private @Nullable RecordingData last;

    public RecordingFeed(Recording recording, Consumer<RecordingData> onData, Consumer<Throwable> onFailure) {
        this.recording = recording;
        this.onData = onData;
        this.onFailure = onFailure;
    }

    public void start() {
        worker.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            RecordingData before = last;
            if (before != null && before.revision() == recording.revision()) {
                return;
            }
            RecordingData now = before == null ? RecordingData.of(recording) : before.grow();
            last = now;
            Platform.runLater(() -> onData.accept(now));
            if (!now.isLive()) {
                worker.shutdown();
            }
        } catch (RuntimeException e) {
            worker.shutdown();
            Platform.runLater(() -> onFailure.accept(e));
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}

package io.threadlens.view.shell;

import io.threadlens.view.data.TimelineModel;
import org.jspecify.annotations.Nullable;

/** A window of the app: of one recording, or of two that are compared. */
public interface AppWindow {
    void show();

    /** Of what is shown, of two the one that is meant; null where nothing is. */
    @Nullable TimelineModel model();

    boolean isComparison();

    /** Whether a recording is shown, with nothing of it on its way. */
    boolean isSettled();

    void focusTimeline();

    void chooseRecording();

    void chooseComparison();

    void chooseRuns();

    void chooseAttach();

    void chooseProgram();

    void saveAs();

    void stopRecording();
}

package io.threadlens.view.actions;

import io.threadlens.view.data.TimelineModel;
import org.jspecify.annotations.Nullable;

/** What is in a window, and what can be asked of it. */
public interface WindowContent {
    /** Of the recording in the window, of two the one that is meant; null where none is open. */
    @Nullable TimelineModel model();

    /** Whether two recordings are compared in the window. */
    boolean isComparison();

    void chooseRecording();

    /** Asks for what is to be compared: with the recording in the window, where one is open. */
    void chooseComparison();

    /** Asks for a program that is to be recorded with the GIL and without, and compared. */
    void chooseRuns();

    void chooseAttach();

    void chooseProgram();

    void saveAs();

    void stopRecording();
}

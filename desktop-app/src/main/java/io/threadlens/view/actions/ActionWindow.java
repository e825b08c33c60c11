package io.threadlens.view.actions;

import io.threadlens.view.data.TimelineModel;
import org.jspecify.annotations.Nullable;

/** A window, as actions see it. */
public interface ActionWindow {
    /** Of the recording in the window; null where none is open. */
    @Nullable TimelineModel model();

    /** Whether two recordings are compared in the window: {@link #model()} is then that of the one that is meant. */
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

    void focusSearch();

    void showPalette();

    void showKeys();

    void showSettings();

    void closeWindow();

    /** Asks for the text of a mark at the cursor. */
    void markCursor();

    /** Asks for the text of a mark over the selected range. */
    void markRange();

    void showMarks();

    void switchTheme();

    void switchColours();
}

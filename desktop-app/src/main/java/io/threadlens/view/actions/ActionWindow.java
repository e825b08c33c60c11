package io.threadlens.view.actions;

import io.threadlens.view.data.TimelineModel;
import org.jspecify.annotations.Nullable;

/** A window, as actions see it. */
public interface ActionWindow {
    /** Of the recording in the window; null where none is open. */
    @Nullable TimelineModel model();

    void chooseRecording();

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

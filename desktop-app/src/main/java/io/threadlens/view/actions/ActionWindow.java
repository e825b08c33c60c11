package io.threadlens.view.actions;

/** A window, as actions see it. */
public interface ActionWindow extends WindowContent {
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

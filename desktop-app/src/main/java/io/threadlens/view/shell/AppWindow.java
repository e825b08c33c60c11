package io.threadlens.view.shell;

import io.threadlens.view.actions.WindowContent;

/** A window of the app: of one recording, or of two that are compared. */
public interface AppWindow extends WindowContent {
    void show();

    /** Whether a recording is shown, with nothing of it on its way. */
    boolean isSettled();

    void focusTimeline();
}

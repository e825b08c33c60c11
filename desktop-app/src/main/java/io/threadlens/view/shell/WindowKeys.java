package io.threadlens.view.shell;

import io.threadlens.view.actions.Action;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.actions.KeyPreset;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Turns keys into actions wherever one is in a window; while one writes, only those that writing does not use. */
final class WindowKeys {
    private final MainWindow window;
    private final ActionWindow hands;
    /** Whether the key that was pressed last has done something. */
    private boolean done;

    WindowKeys(MainWindow window, ActionWindow hands) {
        this.window = window;
        this.hands = hands;
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.ANY, this::used);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        scene.addEventHandler(KeyEvent.KEY_TYPED, this::key);
    }

    /** What a key that has done something types belongs to nobody: least of all to the text field that it brought up. */
    private void used(KeyEvent e) {
        if (e.getEventType() == KeyEvent.KEY_PRESSED) {
            done = false;
        } else if (e.getEventType() == KeyEvent.KEY_TYPED && done) {
            e.consume();
        }
    }

    private void key(KeyEvent e) {
        boolean writing = e.getTarget() instanceof TextInputControl;
        if (writing && leavesSearch(e)) {
            e.consume();
        } else if (!writing || e.isShortcutDown()) {
            Action action = KeyPreset.current().get().actionOf(e);
            if (action != null && action.run(hands)) {
                done = e.getEventType() == KeyEvent.KEY_PRESSED;
                e.consume();
            }
        }
    }

    /** Enter keeps what was searched for, Escape forgets it; both go back to the lanes. */
    private boolean leavesSearch(KeyEvent e) {
        RecordingPage page = window.page();
        boolean leaves = e.getCode() == KeyCode.ESCAPE || e.getCode() == KeyCode.ENTER;
        if (page == null || e.getTarget() != window.bar().search() || !leaves) {
            return false;
        }
        if (e.getCode() == KeyCode.ESCAPE) {
            page.model().search().set("");
        }
        page.focusTimeline();
        return true;
    }
}

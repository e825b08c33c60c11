package io.threadlens.view.shell;

import io.threadlens.view.actions.Action;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.data.TimelineModel;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Turns keys into actions wherever one is in a window; while one writes, only those that writing does not use. */
final class WindowKeys {
    private final AppWindow window;
    private final WindowFrame frame;
    private final ActionWindow hands;
    /** Whether the key that was pressed last has done something. */
    private boolean done;

    WindowKeys(AppWindow window, WindowFrame frame, ActionWindow hands) {
        this.window = window;
        this.frame = frame;
        this.hands = hands;
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.ANY, this::before);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        scene.addEventHandler(KeyEvent.KEY_TYPED, this::key);
    }

    /**
     * What comes before everybody else: Escape stops what one waits for, wherever the focus is; and what a key that has done something types belongs to nobody, least
     * of all to the text field that it brought up.
     */
    private void before(KeyEvent e) {
        if (e.getEventType() == KeyEvent.KEY_PRESSED) {
            done = e.getCode() == KeyCode.ESCAPE && frame.cancelWaiting();
        }
        if (done && e.getEventType() != KeyEvent.KEY_RELEASED) {
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
        TimelineModel model = window.model();
        boolean leaves = e.getCode() == KeyCode.ESCAPE || e.getCode() == KeyCode.ENTER;
        if (model == null || e.getTarget() != frame.bar().search() || !leaves) {
            return false;
        }
        if (e.getCode() == KeyCode.ESCAPE) {
            model.search().set("");
        }
        window.focusTimeline();
        return true;
    }
}

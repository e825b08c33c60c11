package io.threadlens.view.shell;

import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.lanes.TimelineInput;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Keys that work wherever one is in a window, except while one writes. */
final class WindowKeys {
    private final MainWindow window;

    WindowKeys(MainWindow window) {
        this.window = window;
    }

    void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        scene.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    }

    private void pressed(KeyEvent e) {
        if (e.isShortcutDown() && e.getCode() == KeyCode.O) {
            window.chooseRecording();
            e.consume();
        } else if (e.isShortcutDown() && e.getCode() == KeyCode.S) {
            window.saveAs();
            e.consume();
        } else if (e.getTarget() instanceof TextInputControl) {
            leaveSearch(e);
        } else {
            TimelineModel model = window.model();
            if (model != null && TimelineInput.key(model, e)) {
                e.consume();
            }
        }
    }

    /** Enter keeps what was searched for, Escape forgets it; both go back to the lanes. */
    private void leaveSearch(KeyEvent e) {
        RecordingPage page = window.page();
        boolean leaves = e.getCode() == KeyCode.ESCAPE || e.getCode() == KeyCode.ENTER;
        if (page == null || e.getTarget() != window.bar().search() || !leaves) {
            return;
        }
        if (e.getCode() == KeyCode.ESCAPE) {
            page.model().search().set("");
        }
        page.focusTimeline();
        e.consume();
    }

    private void typed(KeyEvent e) {
        if (e.getTarget() instanceof TextInputControl) {
            return;
        }
        if (e.getCharacter().equals("/") && window.page() != null) {
            window.bar().search().requestFocus();
            e.consume();
        } else if (e.getCharacter().equals("?")) {
            window.showKeys();
            e.consume();
        } else if (window.page() != null && TimelineInput.typed(window.page().model(), e.getCharacter())) {
            e.consume();
        }
    }
}

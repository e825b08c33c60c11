package io.threadlens.view.actions;

import static io.threadlens.view.actions.ActionGroup.RECORDING;
import static io.threadlens.view.actions.ActionGroup.TABS;
import static io.threadlens.view.actions.ActionGroup.WINDOW;

import io.threadlens.view.data.TimelineModel;
import io.threadlens.view.data.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What can be done with the window and with recordings. One line is one action. */
final class WindowActions {
    private static final int MOST_DIGITS = 9;
    private static final Predicate<ActionWindow> ALWAYS = window -> true;
    private static final Predicate<ActionWindow> OPEN = window -> window.model() != null;
    private static final Predicate<ActionWindow> LIVE = window -> window.model() instanceof TimelineModel model && model.data().get().isLive();
    private static final Predicate<ActionWindow> ALONE = OPEN.and(window -> !window.isComparison());
    private static final Predicate<ActionWindow> SAVED = ALONE.and(LIVE.negate());

    static final List<Action> ALL = new ArrayList<>();

    static {
        for (Topic topic : Topic.values()) {
            ALL.add(tab(topic));
        }
        ALL.addAll(List.of(
                new Action("open", RECORDING, "Open a recording…", ALWAYS, ActionWindow::chooseRecording, "Ctrl+O"),
                new Action("compare", RECORDING, "Compare with another recording…", LIVE.negate(), ActionWindow::chooseComparison, "Ctrl+Shift+O"),
                new Action("runs", RECORDING, "Run with and without the GIL…", ALWAYS, ActionWindow::chooseRuns, "Ctrl+Shift+R"),
                new Action("save", RECORDING, "Save the recording as…", SAVED, ActionWindow::saveAs, "Ctrl+S"),
                new Action("attach", RECORDING, "Attach to a running process…", ALWAYS, ActionWindow::chooseAttach, "Ctrl+N"),
                new Action("start", RECORDING, "Start a program…", ALWAYS, ActionWindow::chooseProgram, "Ctrl+Shift+N"),
                new Action("stop", RECORDING, "Stop recording", LIVE, ActionWindow::stopRecording, "Ctrl+E"),

                new Action("search", WINDOW, "Search threads", OPEN, ActionWindow::focusSearch, "/"),
                new Action("palette", WINDOW, "Find a command or a thread…", ALWAYS, ActionWindow::showPalette, "Ctrl+Shift+P"),
                new Action("keys", WINDOW, "Keys and mouse", ALWAYS, ActionWindow::showKeys, "?"),
                new Action("settings", WINDOW, "Settings", ALWAYS, ActionWindow::showSettings, "Ctrl+Comma"),
                new Action("theme", WINDOW, "Switch between light and dark", ALWAYS, ActionWindow::switchTheme, "Ctrl+Shift+L"),
                new Action("colours", WINDOW, "Switch to colour-blind safe colours and back", ALWAYS, ActionWindow::switchColours, "Ctrl+Shift+B"),
                new Action("close", WINDOW, "Close the window", ALWAYS, ActionWindow::closeWindow, "Ctrl+W")));
    }

    private WindowActions() {}

    private static Action tab(Topic topic) {
        String words = topic.name().replace('_', ' ');
        String title = words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
        String[] keys = topic.ordinal() < MOST_DIGITS ? new String[] {"Ctrl+" + (topic.ordinal() + 1)} : new String[0];
        return new Action("tab-" + topic.name().toLowerCase(Locale.ROOT), TABS, "Show " + title, ALONE, window -> {
            TimelineModel model = window.model();
            if (model != null) {
                model.topic().set(topic);
            }
        }, keys);
    }
}

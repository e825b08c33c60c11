package io.threadlens.view.actions;

import java.util.List;

/** What the mouse does, and the actions that do the same by keys. */
public enum Gesture {
    CLICK("Click", "Keep an instant: every thread's stack there; of a wait, who holds the lock", "lane-down", "next-change"),
    DOUBLE_CLICK("Double click", "Fit that stretch; on the overview: everything", "fit-stretch", "fit-all"),
    CLICK_BESIDE("Click beside the lanes", "Clear what is selected", "clear"),
    DRAG("Drag", "Select a range", "range-from", "range-to", "extend-later"),
    SHIFT_DRAG("Shift+drag, or any other button", "Move in time", "pan-earlier", "pan-later"),
    WHEEL("Wheel", "Scroll the threads", "page-up", "page-down"),
    CTRL_WHEEL("Ctrl+wheel", "Zoom at the pointer", "zoom-in", "zoom-out"),
    SHIFT_WHEEL("Shift+wheel", "Move in time", "pan-earlier", "pan-later"),
    HOVER_LOCK("Hover a wait", "Light up its lock in every lane; the cursor does the same", "next-event", "previous-event"),
    HOVER_PAUSE("Hover a pause", "Tell who asked for it; the cursor goes there", "next-event", "previous-event"),
    DRAG_OVERVIEW("Drag in the overview", "Move the visible time", "pan-earlier", "pan-later"),
    DRAG_OVERVIEW_EDGE("Drag an edge in the overview", "Show more or less time", "zoom-in", "zoom-out"),
    CLICK_MARK("Click a mark", "Go there, and see its note", "next-mark", "previous-mark", "marks");

    private final String title;
    private final String does;
    private final List<String> actions;

    Gesture(String title, String does, String... actions) {
        this.title = title;
        this.does = does;
        this.actions = List.of(actions);
    }

    public String title() {
        return title;
    }

    public String does() {
        return does;
    }

    public List<Action> actions() {
        return actions.stream().map(Actions::of).toList();
    }
}

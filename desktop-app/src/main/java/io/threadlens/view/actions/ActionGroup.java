package io.threadlens.view.actions;

/** What actions are about, in the order in which they are listed. */
public enum ActionGroup {
    TIME("Move and zoom"),
    CURSOR("Cursor and threads"),
    LANES("Lanes and moments"),
    RANGE("Range"),
    MARKS("Marks"),
    CODE("Code"),
    TABS("Tabs"),
    RECORDING("Recordings"),
    WINDOW("Window");

    private final String title;

    ActionGroup(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}

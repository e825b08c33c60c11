package io.threadlens.view.actions;

import static io.threadlens.view.actions.ActionGroup.CURSOR;
import static io.threadlens.view.actions.ActionGroup.MARKS;
import static io.threadlens.view.actions.ActionGroup.RANGE;
import static io.threadlens.view.actions.ActionGroup.TIME;

import io.threadlens.view.data.TimelineModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What can be done on the timeline. One line is one action. */
final class TimelineActions {
    private static final Predicate<TimelineModel> ALWAYS = model -> true;
    private static final Predicate<TimelineModel> LIVE = model -> model.data().get().isLive();
    private static final Predicate<TimelineModel> HAS_CURSOR = model -> model.cursor() != null;
    private static final Predicate<TimelineModel> HAS_RANGE = model -> model.selection().get() != null;
    private static final Predicate<TimelineModel> HAS_LANES = model -> !model.lanes().get().threads().isEmpty();
    private static final Predicate<TimelineModel> HAS_MARKS = model -> !model.marks().all().get().isEmpty();

    static final List<Action> ALL = List.of(
            action("zoom-in", TIME, "Zoom in at the pointer", ALWAYS, TimelineMoves::zoomIn, "W", "+", "="),
            action("zoom-out", TIME, "Zoom out at the pointer", ALWAYS, TimelineMoves::zoomOut, "S", "-"),
            action("pan-earlier", TIME, "Move earlier", ALWAYS, m -> TimelineMoves.pan(m, -1), "A"),
            action("pan-later", TIME, "Move later", ALWAYS, m -> TimelineMoves.pan(m, 1), "D"),
            action("fit", TIME, "Fit the selected range; again: everything", ALWAYS, TimelineModel::fit, "F"),
            action("fit-all", TIME, "Fit everything", ALWAYS, TimelineModel::fitAll, "Ctrl+0"),
            action("home", TIME, "Go to the beginning", ALWAYS, TimelineModel::home, "Home"),
            action("end", TIME, "Go to the end, or the live edge", ALWAYS, TimelineModel::end, "End"),
            action("follow", TIME, "Follow the live edge", LIVE, TimelineModel::end, "L"),
            action("undo", TIME, "Undo the last move or zoom", ALWAYS, TimelineModel::undo, "Ctrl+Z"),
            action("redo", TIME, "Redo the move or zoom that was undone", ALWAYS, TimelineModel::redo, "Ctrl+Shift+Z", "Ctrl+Y"),

            action("lane-up", CURSOR, "Thread above", HAS_LANES, m -> TimelineMoves.moveLane(m, -1), "Up"),
            action("lane-down", CURSOR, "Thread below", HAS_LANES, m -> TimelineMoves.moveLane(m, 1), "Down"),
            action("page-up", CURSOR, "Scroll the threads up", ALWAYS, m -> TimelineMoves.scrollPage(m, -1), "PageUp"),
            action("page-down", CURSOR, "Scroll the threads down", ALWAYS, m -> TimelineMoves.scrollPage(m, 1), "PageDown"),
            action("previous-change", CURSOR, "Previous change of state", HAS_LANES, m -> TimelineMoves.step(m, -1), "Left"),
            action("next-change", CURSOR, "Next change of state", HAS_LANES, m -> TimelineMoves.step(m, 1), "Right"),
            action("previous-event", CURSOR, "Previous event: a wait for a lock, or a pause", HAS_LANES, m -> TimelineMoves.event(m, -1), ","),
            action("next-event", CURSOR, "Next event: a wait for a lock, or a pause", HAS_LANES, m -> TimelineMoves.event(m, 1), "."),
            action("holder", CURSOR, "From a waiter to the holder", HAS_CURSOR, TimelineMoves::jumpToHolder, "["),
            action("waiter", CURSOR, "To the next waiter", HAS_CURSOR, TimelineMoves::jumpToWaiter, "]"),
            action("next-found", CURSOR, "Next thread that was found", HAS_LANES, m -> TimelineMoves.nextFound(m, 1), "F3", "Ctrl+G"),
            action("previous-found", CURSOR, "Previous thread that was found", HAS_LANES, m -> TimelineMoves.nextFound(m, -1), "Shift+F3", "Ctrl+Shift+G"),
            action("clear", CURSOR, "Clear what is selected", ALWAYS, TimelineModel::clear, "Esc"),

            action("range-from", RANGE, "Begin the range at the cursor", HAS_CURSOR, TimelineMoves::selectFrom, "I"),
            action("range-to", RANGE, "End the range at the cursor", HAS_CURSOR, TimelineMoves::selectTo, "O"),
            action("extend-earlier", RANGE, "Extend the range to the previous change", HAS_LANES, m -> TimelineMoves.extend(m, -1), "Shift+Left"),
            action("extend-later", RANGE, "Extend the range to the next change", HAS_LANES, m -> TimelineMoves.extend(m, 1), "Shift+Right"),
            action("range-visible", RANGE, "Select what is visible", ALWAYS, TimelineMoves::selectVisible, "R"),
            action("range-all", RANGE, "Select everything", ALWAYS, TimelineMoves::selectAll, "Ctrl+A"),
            action("fit-stretch", RANGE, "Select and fit the stretch at the cursor", HAS_CURSOR, TimelineMoves::fitStretch, "Shift+F"),

            new Action("mark", MARKS, "Mark the cursor", of(HAS_CURSOR), ActionWindow::markCursor, "M"),
            new Action("mark-range", MARKS, "Mark the selected range", of(HAS_RANGE), ActionWindow::markRange, "Shift+M"),
            action("next-mark", MARKS, "Next mark", HAS_MARKS, m -> m.marks().step(1), "N"),
            action("previous-mark", MARKS, "Previous mark", HAS_MARKS, m -> m.marks().step(-1), "Shift+N"),
            new Action("marks", MARKS, "List the marks", of(HAS_MARKS), ActionWindow::showMarks, "Ctrl+M"));

    private TimelineActions() {}

    static Action action(String id, ActionGroup group, String name, Predicate<TimelineModel> can, Consumer<TimelineModel> does, String... keys) {
        return new Action(id, group, name, of(can), window -> {
            TimelineModel model = window.model();
            if (model != null) {
                does.accept(model);
            }
        }, keys);
    }

    private static Predicate<ActionWindow> of(Predicate<TimelineModel> can) {
        return window -> {
            TimelineModel model = window.model();
            return model != null && can.test(model);
        };
    }
}

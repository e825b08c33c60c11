package io.threadlens.view.actions;

import static io.threadlens.view.actions.ActionGroup.CODE;
import static io.threadlens.view.actions.ActionGroup.LANES;

import io.threadlens.analysis.Function;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.view.data.LaneArranging;
import io.threadlens.view.data.TimelineModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/** What can be done with lanes, and with what is seen of the code of their threads. One line is one action. */
final class LaneActions {
    private static final Predicate<TimelineModel> ALWAYS = model -> true;
    private static final Predicate<TimelineModel> HAS_CURSOR = model -> model.cursor() != null;
    private static final Predicate<TimelineModel> HAS_CHOICE = model -> !model.chosenThreads().get().isEmpty();
    private static final Predicate<TimelineModel> HAS_FUNCTION = model -> model.function().get() != null;

    static final List<Action> ALL = List.of(
            atCursor("calls-in-lane", "Open the thread's calls over time, or close them", LaneActions::toggleCalls, "C"),
            atCursor("choose-thread", "Choose the thread for tables and graphs, or no longer", LaneActions::toggleChosen, "T"),
            atCursor("pin-lane", "Keep the thread at the top, or no longer", LaneActions::togglePinned, "P"),
            atCursor("hide-lane", "Hide the thread", (m, thread) -> m.arranging().hide(Set.of(thread)), "H"),
            TimelineActions.action("show-chosen", LANES, "Show only the chosen threads", HAS_CHOICE, m -> m.arranging().showOnly(m.chosenThreads().get()), "Shift+H"),
            TimelineActions.action("show-all", LANES, "Show all threads as they were", ALWAYS, m -> m.arranging().reset(), "Ctrl+H"),
            TimelineActions.action("no-groups", LANES, "A lane for each thread", ALWAYS, group(Grouping.NONE)),
            TimelineActions.action("group-names", LANES, "Group threads by name", ALWAYS, group(Grouping.NAME), "G"),
            TimelineActions.action("group-roles", LANES, "Group threads by the function they began with", ALWAYS, group(Grouping.ROLE), "Shift+G"),
            TimelineActions.action("second-cursor", LANES, "Compare other instants with this one", HAS_CURSOR, TimelineModel::compareFromHere, "X"),
            TimelineActions.action("one-core", LANES, "Only the moments with one busy core", ALWAYS, m -> m.busyChoice().choose(new TreeSet<>(Set.of(1))), "B"),
            TimelineActions.action("all-moments", LANES, "All moments", m -> m.moments().get() != null, m -> m.busyChoice().clear(), "Shift+B"),

            TimelineActions.action("callers", CODE, "Callers of the selected function", HAS_FUNCTION, m -> m.code().showCallersOf(Function.of(m.function().get()))),
            TimelineActions.action("source", CODE, "Source of the selected function", HAS_FUNCTION, m -> m.code().showSource(m.function().get())),
            TimelineActions.action("flame-direction", CODE, "Flame graph from the innermost call, or from the first", ALWAYS,
                    m -> m.code().flameFromLeaf().set(!m.code().flameFromLeaf().get())),
            TimelineActions.action("flame-up", CODE, "Flame graph upwards, or downwards", ALWAYS, m -> m.code().flameUpwards().set(!m.code().flameUpwards().get())));

    private LaneActions() {}

    /** Something for the thread at the cursor. */
    private static Action atCursor(String id, String name, ObjIntConsumer<TimelineModel> does, String key) {
        return TimelineActions.action(id, LANES, name, HAS_CURSOR, model -> {
            TimelineModel.Instant at = model.cursor();
            if (at != null) {
                does.accept(model, at.thread());
            }
        }, key);
    }

    private static Consumer<TimelineModel> group(Grouping how) {
        return model -> model.arranging().change(order -> order.grouped(how));
    }

    private static void toggleCalls(TimelineModel model, int thread) {
        LaneArranging arranging = model.arranging();
        arranging.openCalls(thread, !arranging.isOpen(thread));
    }

    private static void toggleChosen(TimelineModel model, int thread) {
        Set<Integer> chosen = new HashSet<>(model.chosenThreads().get());
        if (!chosen.remove(thread)) {
            chosen.add(thread);
        }
        model.chosenThreads().set(Set.copyOf(chosen));
    }

    private static void togglePinned(TimelineModel model, int thread) {
        LaneOrder order = model.arranging().order().get();
        model.arranging().pin(List.of(thread), !order.pinned().contains(thread));
    }
}

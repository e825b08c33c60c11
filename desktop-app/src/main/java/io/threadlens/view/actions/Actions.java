package io.threadlens.view.actions;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything one can do in a window. Keys, the palette, the page of keys, menus and buttons are made from this list, so that none of them says what another does
 * not.
 */
public final class Actions {
    public static final List<Action> ALL = Stream.of(TimelineActions.ALL, LaneActions.ALL, WindowActions.ALL).flatMap(List::stream).toList();

    private static final Map<String, Action> BY_ID = ALL.stream().collect(Collectors.toMap(Action::id, Function.identity()));

    private Actions() {}

    public static Action of(String id) {
        Action action = BY_ID.get(id);
        if (action == null) {
            throw new IllegalArgumentException("no such action: " + id);
        }
        return action;
    }

    public static List<Action> of(ActionGroup group) {
        return ALL.stream().filter(action -> action.group() == group).toList();
    }
}

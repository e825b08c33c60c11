package io.threadlens.view.lanes;

import io.threadlens.model.ThreadState;
import io.threadlens.timeline.LaneOrder;
import io.threadlens.timeline.LaneOrder.Grouping;
import io.threadlens.timeline.LaneOrder.Sorting;
import io.threadlens.timeline.LaneOrder.Spent;
import io.threadlens.view.data.LaneArranging;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;

/** Which threads have a lane, in what order, together with which others: the choices, as a menu that says what is chosen. */
public final class LaneMenu {
    private static final List<ThreadState> STATES = List.of(
            ThreadState.LOCK,
            ThreadState.GIL,
            ThreadState.RUNNABLE,
            ThreadState.PAUSED,
            ThreadState.RUNNING,
            ThreadState.NATIVE,
            ThreadState.IO,
            ThreadState.SIGNAL,
            ThreadState.IDLE);
    private static final double[] SHARES = {0, 0.01, 0.1, 0.5};

    private LaneMenu() {}

    /** The items as they are now; to be made again when the order has changed. */
    public static List<MenuItem> items(LaneArranging lanes) {
        LaneOrder now = lanes.order().get();
        List<MenuItem> items = new ArrayList<>();
        items.add(menu("Group by", grouping(lanes, now)));
        if (now.grouping() != Grouping.NONE) {
            items.add(action("Open all groups", () -> lanes.openGroups(true)));
            items.add(action("Close all groups", () -> lanes.openGroups(false)));
        }
        items.add(menu("Sort by", sorting(lanes, now)));
        items.add(menu("Only threads that spent time in", states(lanes, now)));
        items.add(menu("Only threads that called", List.of(function(lanes, now))));
        items.add(new SeparatorMenuItem());
        MenuItem hidden = action("Show hidden (" + now.hidden().size() + ")", () -> lanes.change(order -> order.hiding(Set.of())));
        hidden.setDisable(now.hidden().isEmpty());
        items.add(hidden);
        items.add(action("All threads, as they were started", lanes::reset));
        return items;
    }

    private static MenuItem action(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(e -> action.run());
        return item;
    }

    private static Menu menu(String title, List<MenuItem> items) {
        Menu menu = new Menu(title);
        menu.getItems().addAll(items);
        return menu;
    }

    private static List<MenuItem> grouping(LaneArranging lanes, LaneOrder now) {
        return List.of(
                choice(lanes, "Nothing", now.grouping() == Grouping.NONE, order -> order.grouped(Grouping.NONE)),
                choice(lanes, "Name, but for the number", now.grouping() == Grouping.NAME, order -> order.grouped(Grouping.NAME)),
                choice(lanes, "Role: the function they were started with", now.grouping() == Grouping.ROLE, order -> order.grouped(Grouping.ROLE)));
    }

    private static List<MenuItem> sorting(LaneArranging lanes, LaneOrder now) {
        List<MenuItem> items = new ArrayList<>(List.of(
                sorting(lanes, now, "Start", Sorting.START), sorting(lanes, now, "Name", Sorting.NAME), sorting(lanes, now, "CPU time", Sorting.CPU)));
        items.add(new SeparatorMenuItem());
        for (ThreadState state : STATES) {
            items.add(sorting(lanes, now, "Time " + LaneChips.in(state), Sorting.by(state)));
        }
        return items;
    }

    private static MenuItem sorting(LaneArranging lanes, LaneOrder now, String text, Sorting by) {
        return choice(lanes, text, now.sorting().equals(by), order -> order.sorted(by));
    }

    private static List<MenuItem> states(LaneArranging lanes, LaneOrder now) {
        List<MenuItem> items = new ArrayList<>();
        items.add(choice(lanes, "Any state", now.spent() == null, order -> order.spending(null)));
        items.add(new SeparatorMenuItem());
        for (ThreadState state : STATES) {
            List<MenuItem> shares = new ArrayList<>();
            for (double share : SHARES) {
                Spent spent = new Spent(state, share);
                shares.add(choice(lanes, LaneChips.atLeast(share), spent.equals(now.spent()), order -> order.spending(spent)));
            }
            items.add(menu(state.label(), shares));
        }
        return items;
    }

    private static MenuItem choice(LaneArranging lanes, String text, boolean chosen, UnaryOperator<LaneOrder> how) {
        CheckMenuItem item = new CheckMenuItem(text);
        item.setSelected(chosen);
        item.setOnAction(e -> lanes.change(how));
        return item;
    }

    private static MenuItem function(LaneArranging lanes, LaneOrder now) {
        TextField name = new TextField(now.function());
        name.setId("lane-function");
        name.setPromptText("a function, or part of its name");
        name.setPrefColumnCount(22);
        CustomMenuItem item = new CustomMenuItem(name, false);
        name.setOnAction(e -> {
            lanes.change(order -> order.calling(name.getText().strip()));
            item.getParentMenu().getParentPopup().hide();
        });
        return item;
    }
}

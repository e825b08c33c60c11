package io.threadlens.view.shell;

import io.threadlens.model.ThreadInfo;
import io.threadlens.timeline.LaneLayout;
import io.threadlens.view.actions.Action;
import io.threadlens.view.actions.ActionWindow;
import io.threadlens.view.actions.Actions;
import io.threadlens.view.actions.FuzzyMatch;
import io.threadlens.view.actions.KeyPreset;
import io.threadlens.view.data.TimelineModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Everything one can do, and every thread, found by a few letters of its name. */
final class CommandPalette extends VBox {
    private static final int SHOWN = 11;
    private static final double ROW = 30;

    /** One line. */
    private record Command(String title, String about, String keys, boolean can, Runnable run) {}

    private record Found(Command command, int score) {}

    private final ActionWindow window;
    private final Runnable close;
    private final TextField typed = new TextField();
    private final ListView<Command> list = new ListView<>();
    private final List<Command> actions = new ArrayList<>();
    private final List<Command> threads = new ArrayList<>();

    /** @param close takes the palette away; called before what was chosen is done */
    CommandPalette(ActionWindow window, Runnable close) {
        this.window = window;
        this.close = close;
        setId("palette");
        typed.setId("palette-typed");
        typed.setPromptText("A command or a thread");
        typed.textProperty().addListener(o -> find());
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        list.setId("palette-list");
        list.setFocusTraversable(false);
        list.setCellFactory(view -> new Cell());
        list.setFixedCellSize(ROW);
        list.setPrefHeight(SHOWN * ROW + 2);
        list.setPlaceholder(new Label("Nothing is called that."));
        setPrefWidth(600);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(typed, list);
        gather();
        find();
    }

    Node first() {
        return typed;
    }

    private void gather() {
        for (Action action : Actions.ALL) {
            if (!action.id().equals("palette")) {
                actions.add(new Command(
                        action.name(), action.group().title(), KeyPreset.current().get().textOf(action), action.can().test(window), () -> action.run(window)));
            }
        }
        actions.sort(Comparator.comparing((Command command) -> !command.can()));
        TimelineModel model = window.model();
        if (model == null) {
            return;
        }
        for (ThreadInfo thread : model.data().get().threads()) {
            threads.add(new Command("Go to " + LaneLayout.nameOf(thread), "Thread " + thread.tid(), "", true, () -> model.goToThread(thread.number())));
        }
    }

    /** Everything one can do while nothing is typed; then what fits, the best first, and what cannot be done now after what can. */
    private void find() {
        String text = typed.getText();
        if (text.isBlank()) {
            list.getItems().setAll(actions);
        } else {
            List<Found> found = new ArrayList<>();
            actions.forEach(command -> add(found, command, text));
            threads.forEach(command -> add(found, command, text));
            found.sort(Comparator.comparing((Found one) -> !one.command.can).thenComparing(one -> -one.score));
            list.getItems().setAll(found.stream().map(Found::command).toList());
        }
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private static void add(List<Found> found, Command command, String text) {
        int score = Math.max(FuzzyMatch.score(text, command.title), FuzzyMatch.score(text, command.title + " " + command.about));
        if (score != FuzzyMatch.NONE) {
            found.add(new Found(command, score));
        }
    }

    private void pressed(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> select(-1);
            case DOWN -> select(1);
            case PAGE_UP -> select(1 - SHOWN);
            case PAGE_DOWN -> select(SHOWN - 1);
            case ENTER -> run(list.getSelectionModel().getSelectedItem());
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void select(int by) {
        int size = list.getItems().size();
        if (size == 0) {
            return;
        }
        int to = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, size - 1);
        list.getSelectionModel().select(to);
        list.scrollTo(Math.max(0, to - SHOWN / 2));
    }

    private void run(@Nullable Command command) {
        if (command != null && command.can) {
            close.run();
            command.run.run();
        }
    }

    private final class Cell extends ListCell<Command> {
        private final Label title = new Label();
        private final Label about = new Label();
        private final Label keys = new Label();
        private final HBox row;

        Cell() {
            about.getStyleClass().add("caption");
            about.setMinWidth(Region.USE_PREF_SIZE);
            keys.getStyleClass().add("key");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            row = new HBox(10, title, about, gap, keys);
            row.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            setOnMouseClicked(e -> run(getItem()));
        }

        @Override
        protected void updateItem(@Nullable Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                return;
            }
            title.setText(command.title);
            about.setText(command.can ? command.about : command.about + ", not now");
            keys.setText(command.keys);
            row.setDisable(!command.can);
            setGraphic(row);
        }
    }
}

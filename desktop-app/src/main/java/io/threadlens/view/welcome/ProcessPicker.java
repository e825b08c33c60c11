package io.threadlens.view.welcome;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import io.threadlens.session.PythonProcess;
import io.threadlens.view.data.Background;
import io.threadlens.view.data.CommandText;
import io.threadlens.view.theme.Icons;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The Python processes of this machine, to attach to one. Looks again every few seconds while it is on the screen. */
public final class ProcessPicker extends BorderPane {
    private static final Duration EVERY = Duration.seconds(3);
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final Callable<List<PythonProcess>> lister;
    private final IntConsumer attach;
    private final ObservableList<PythonProcess> processes = FXCollections.observableArrayList();
    private final FilteredList<PythonProcess> matching = new FilteredList<>(processes);
    private final TableView<PythonProcess> table = new TableView<>();
    private final CustomTextField search = new CustomTextField();
    private final Button button = new Button("Attach");
    private final Label note = new Label("Looking for Python processes…");
    private final Label chosen = new Label();
    private final Timeline refresh = new Timeline(new KeyFrame(EVERY, e -> look()));
    private boolean looking;

    /** @param attach told the pid that was chosen */
    public ProcessPicker(Callable<List<PythonProcess>> lister, IntConsumer attach) {
        this.lister = lister;
        this.attach = attach;
        getStyleClass().add("process-picker");
        search.setId("process-search");
        search.setPromptText("Search by name, pid or version");
        search.setLeft(Icons.of(MaterialDesignM.MAGNIFY));
        HBox.setHgrow(search, Priority.ALWAYS);
        search.textProperty().addListener((o, was, is) -> {
            matching.setPredicate(process -> matches(process, is));
            if (table.getSelectionModel().getSelectedItem() == null) {
                table.getSelectionModel().selectFirst();
            }
        });
        search.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DOWN) {
                table.requestFocus();
            } else if (e.getCode() == KeyCode.ENTER) {
                attach();
            }
        });
        button.setId("attach-selected");
        button.getStyleClass().add(Styles.ACCENT);
        button.setOnAction(e -> attach());
        HBox top = new HBox(8, search, button);
        top.setAlignment(Pos.CENTER_LEFT);
        top.getStyleClass().add("picker-top");
        setTop(top);
        arrangeTable();
        setCenter(table);
        chosen.getStyleClass().add("picker-chosen");
        chosen.setWrapText(true);
        setBottom(chosen);
        refresh.setCycleCount(Animation.INDEFINITE);
        sceneProperty().addListener((o, was, is) -> {
            if (is == null) {
                refresh.stop();
            } else {
                look();
                refresh.play();
                Platform.runLater(search::requestFocus);
            }
        });
    }

    private void arrangeTable() {
        table.setId("processes");
        table.setPlaceholder(note);
        SortedList<PythonProcess> sorted = new SortedList<>(matching);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        TableColumn<PythonProcess, Double> cpu = column("CPU", 68, PythonProcess::cpuPercent, percent -> Math.round(percent) + " %", true);
        TableColumn<PythonProcess, String> command = column("Command", 360, process -> CommandText.brief(process.command()), text -> text, false);
        table.getColumns().add(column("pid", 72, PythonProcess::pid, pid -> Integer.toString(pid), true));
        table.getColumns().add(command);
        table.getColumns().add(column("Python", 70, PythonProcess::python, text -> text, false));
        table.getColumns().add(column("Build", 100, ProcessPicker::build, text -> text, false));
        table.getColumns().add(column("GIL", 46, ProcessPicker::gil, text -> text, false));
        table.getColumns().add(column("Threads", 64, PythonProcess::threads, count -> count == 0 ? "" : Integer.toString(count), true));
        table.getColumns().add(cpu);
        // The rest keep their width, and the command has what is left.
        command.setMinWidth(120);
        command.setMaxWidth(Double.MAX_VALUE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setRowFactory(t -> new Row());
        table.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            button.setDisable(!canAttach(is));
            explain();
        });
        button.setDisable(true);
        table.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                attach();
            }
        });
        cpu.setSortType(TableColumn.SortType.DESCENDING);
        table.getSortOrder().add(cpu);
    }

    private static <V extends Comparable<V>> TableColumn<PythonProcess, V> column(
            String title, double width, Function<PythonProcess, @Nullable V> value,
            Function<V, String> text, boolean number) {
        TableColumn<PythonProcess, V> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(width);
        if (number) {
            column.getStyleClass().add("numbers");
        }
        column.setComparator(Comparator.nullsFirst(Comparator.<V>naturalOrder()));
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        column.setCellFactory(c -> new TableCell<>() {
            {
                setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            }

            @Override
            protected void updateItem(@Nullable V item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : text.apply(item));
            }
        });
        return column;
    }

    /** Says below the table all of the chosen command, or why it cannot be recorded. */
    private void explain() {
        PythonProcess process = table.getSelectionModel().getSelectedItem();
        if (process != null) {
            chosen.setText(process.refused() != null ? "Cannot be recorded: " + process.refused() : command(process));
            return;
        }
        long refused = processes.stream().filter(p -> p.refused() != null).count();
        chosen.setText(refused == 0 ? "" : refused + " of " + processes.size() + " cannot be recorded: select one to read why.");
    }

    private final class Row extends TableRow<PythonProcess> {
        Row() {
            setOnMouseClicked(e -> {
                if (e.getClickCount() == 2 && !isEmpty()) {
                    attach();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable PythonProcess process, boolean empty) {
            super.updateItem(process, empty);
            boolean refused = process != null && process.refused() != null;
            pseudoClassStateChanged(REFUSED, refused);
            setTooltip(process == null ? null : new Tooltip(refused ? "Cannot be recorded: " + process.refused() : command(process)));
        }
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        Background.run(lister, this::show, failure -> {
            looking = false;
            note.setText("The processes could not be listed: " + failure.getMessage());
            processes.clear();
        });
    }

    private void show(List<PythonProcess> found) {
        looking = false;
        note.setText(found.isEmpty() ? "No Python process is running. Start a program, or record the sample." : "No process matches.");
        PythonProcess selected = table.getSelectionModel().getSelectedItem();
        if (!found.equals(processes)) {
            processes.setAll(found);
            explain();
        }
        if (selected != null) {
            table.getItems().stream().filter(p -> p.pid() == selected.pid()).findFirst().ifPresent(table.getSelectionModel()::select);
        }
    }

    private void attach() {
        PythonProcess chosen = table.getSelectionModel().getSelectedItem();
        if (chosen != null && canAttach(chosen)) {
            attach.accept(chosen.pid());
        }
    }

    private static boolean canAttach(@Nullable PythonProcess process) {
        return process != null && process.refused() == null;
    }

    private static boolean matches(PythonProcess process, String search) {
        String text = (process.pid() + " " + command(process) + " " + process.python() + " " + build(process)).toLowerCase(Locale.ROOT);
        for (String word : search.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static String command(PythonProcess process) {
        return String.join(" ", process.command());
    }

    private static @Nullable String build(PythonProcess process) {
        return process.freeThreadedBuild() == null ? null : process.freeThreadedBuild() ? "free-threaded" : "GIL build";
    }

    private static @Nullable String gil(PythonProcess process) {
        return process.gilEnabled() == null ? null : process.gilEnabled() ? "on" : "off";
    }
}
